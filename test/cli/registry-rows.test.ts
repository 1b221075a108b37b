import { describe, expect, test } from 'vitest';
import { type RowChange, withChangedRow } from '../../src/cli/_registry-rows.ts';

const TEXT = `# Hospitals
- slug: acme
  name: "Acme Health" # as on its own site
  system: workday
  target: { host: "acme.wd5.myworkdayjobs.com", tenant: "acme", site: "Old" }   # checked by hand
  paths: [education,   management]

# Schools
- slug: brook
  name: Brook
  system: lever
  target:
    site: brook
  notes: >
    a long
    note

- { slug: cove, name: Cove, system: lever, target: { site: cove } } # in braces
- slug: delta
  system: lever
  name: Delta
  target: { site: delta }`;

const renamed = { system: 'workday', target: { host: 'acme.wd5.myworkdayjobs.com', tenant: 'acme', site: 'New' } };
const moved = { system: 'greenhouse', target: { board: 'acmehealth' } };

describe('a row of a registry file', () => {
  test.each<[string, string, RowChange, [string, string][]]>([
    ['of the same fields changes the one value', 'acme', renamed, [['site: "Old"', 'site: "New"']]],
    [
      'of another system changes both',
      'acme',
      moved,
      [
        ['system: workday', 'system: greenhouse'],
        ['target: { host: "acme.wd5.myworkdayjobs.com", tenant: "acme", site: "Old" }', 'target: { board: "acmehealth" }'],
      ],
    ],
    [
      'written over lines changes the one value',
      'brook',
      { system: 'lever', target: { site: 'brook-2' } },
      [['    site: brook\n', '    site: brook-2\n']],
    ],
    [
      'written over lines is put into one where its fields are others',
      'brook',
      { system: 'greenhouse', target: { board: 'brook' } },
      [['name: Brook\n  system: lever\n  target:\n    site: brook\n', 'name: Brook\n  system: greenhouse\n  target: { board: "brook" }\n']],
    ],
    ['in braces changes inside them', 'cove', { system: 'lever', target: { site: 'true' } }, [['site: cove', 'site: "true"']]],
    [
      'is disabled by a line behind its last one',
      'acme',
      { disabled: 'gone: "404"' },
      [['paths: [education,   management]\n', 'paths: [education,   management]\n  disabled: "gone: \\"404\\""\n']],
    ],
    ['is disabled behind a block of text', 'brook', { disabled: 'gone' }, [['    note\n', '    note\n  disabled: "gone"\n']]],
    ['in braces is disabled inside them', 'cove', { disabled: 'gone' }, [['{ site: cove }', '{ site: cove }, disabled: "gone"']]],
    [
      'at an end without a line break is disabled',
      'delta',
      { disabled: 'gone' },
      [['{ site: delta }', '{ site: delta }\n  disabled: "gone"']],
    ],
  ])('%s, and everything else stays to the letter', (_, slug, change, edits) => {
    const expected = edits.reduce((text, [from, to]) => {
      expect(text.split(from)).toHaveLength(2);
      return text.replace(from, () => to);
    }, TEXT);
    expect(withChangedRow(TEXT, slug, change)).toEqual({ text: expected });
  });

  test('that ends with a target over several lines is disabled before the comment of the next one', () => {
    const text = '- slug: acme\n  target:\n    site: acme\n\n# Next\n- slug: other\n';
    expect(withChangedRow(text, 'acme', { disabled: 'gone' })).toEqual({
      text: text.replace('    site: acme\n', '    site: acme\n  disabled: "gone"\n'),
    });
  });

  test('keeps the line breaks of its file', () => {
    const text = '- slug: acme\r\n  system: lever\r\n  target: { site: acme } # so\r\n- slug: other\r\n';
    expect(withChangedRow(text, 'acme', { disabled: 'gone' })).toEqual({
      text: text.replace('# so\r\n', '# so\r\n  disabled: "gone"\r\n'),
    });
  });

  test.each<[string, string, string, RowChange]>([
    ['is not there', TEXT, 'nobody', moved],
    ['stands in a file that is no YAML', `${TEXT}\n- slug: "unclosed\n`, 'acme', moved],
    ['is disabled already', '- slug: acme\n  disabled: so\n', 'acme', { disabled: 'gone' }],
    [
      'has a comment inside what would be replaced',
      '- slug: acme\n  system: lever\n  target:\n    # mind\n    site: acme\n',
      'acme',
      moved,
    ],
    [
      'shares its target with another row',
      '- { slug: acme, system: lever, target: &t { site: a } }\n- { slug: b, target: *t }\n',
      'acme',
      moved,
    ],
  ])('that %s is left alone', (_, text, slug, change) => {
    expect(withChangedRow(text, slug, change)).toHaveProperty('refused');
  });

  test('whose slug another row of the file has too is left alone, and both are spoken of by it', () => {
    // The registry leaves the first one out, as its system is unknown: what was asked about is the second.
    const text = '- { slug: acme, system: unheard, target: {} }\n- { slug: b }\n- { slug: acme, system: lever, target: { site: acme } }\n';
    for (const change of [moved, { disabled: 'gone' }])
      expect(withChangedRow(text, 'acme', change)).toEqual({ refused: '2 rows have the slug acme; keep one, then run the command again' });
  });
});
