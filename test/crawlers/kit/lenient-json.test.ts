import { describe, expect, test } from 'vitest';
import { parseLoosely } from '../../../src/crawlers/kit/lenient-json.ts';

const JOB = { '@type': ['JobPosting', 'Thing'], title: 'Case Manager', skills: ['OT', 'PT'] };

describe('JSON as people write it into pages', () => {
  test.each([
    [
      'a trailing comma in an object and an array',
      '{"@type": ["JobPosting", "Thing",], "title": "Case Manager", "skills": ["OT", "PT",],}',
    ],
    [
      'comments of both kinds',
      '{"@type": ["JobPosting", "Thing"], // what it is\n"title": "Case Manager", /* who "may" apply */ "skills": ["OT", "PT"]}',
    ],
    ['single quotes and bare names', "{'@type': ['JobPosting', 'Thing'], title: 'Case Manager', skills: ['OT', 'PT']}"],
    ['quotes escaped as entities', JSON.stringify(JOB).replaceAll('"', '&quot;')],
    ['an HTML comment around it', `<!-- ${JSON.stringify(JOB)} -->`],
    ['CDATA marks in line comments', `//<![CDATA[\n${JSON.stringify(JOB)}\n//]]>`],
    ['a closing semicolon', `${JSON.stringify(JOB)};`],
  ])('is read with %s', (_what, source) => {
    expect(parseLoosely(source)).toEqual({ json: JOB });
  });

  test('keeps raw line breaks and tabs of its strings, beside a trailing comma, too', () => {
    expect(parseLoosely('{"description": "One\n\ttwo",}')).toEqual({ json: { description: 'One\n\ttwo' } });
  });

  test.each([
    ['cut inside a string', '{"@type": "JobPosting", "title": "Case Man'],
    ['cut between two properties', '{"@type": "JobPosting", "title": "Case Manager",'],
    ['cut before its last bracket', '{"@type": "JobPosting", "title": "Case Manager"'],
    ['with inner quotes that are not escaped', '{"title": "Case "Manager" wanted"}'],
    ['with a missing comma', '{"title": "Case Manager" "skills": "OT"}'],
    ['twice in a row', '{"title": "a"}{"title": "b"}'],
    ['that is code', '{"title": titleOf(job)}'],
    ['that is nothing', ' <!-- --> '],
  ])('is refused %s', (_what, source) => {
    expect(parseLoosely(source)).toEqual({ why: expect.stringMatching(/\S/) });
  });

  test('sets no prototype, whatever its names are', () => {
    const parsed = parseLoosely('{"__proto__": {"polluted": true,}, }');
    expect('json' in parsed && Object.keys(parsed.json as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test.each([
    ['brackets', '['.repeat(300_000)],
    ['comments', `{${'/**/'.repeat(200_000)}`],
    ['one long string', `{"a": "${'\n'.repeat(500_000)}",}`],
  ])('is done with %s in little time', (_what, source) => {
    const before = process.cpuUsage();
    parseLoosely(source);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(5_000);
  });
});
