import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/feed/filter.ts';
import { PATH_SLUGS } from '../../src/posting/taxonomy.ts';
import { answersQuery, rankPaths, readAnswers, staying } from '../../src/web/assess.ts';
import { loadGuides } from '../../src/web/guides.ts';
import { optionsOf, QUESTIONS, SKIP } from '../../src/web/questions.ts';

const guides = loadGuides();

/** Any answers, of some or all of the questions. */
const answers = fc
  .tuple(...QUESTIONS.map(question => fc.option(fc.constantFrom(SKIP, ...optionsOf(question).map(({ value }) => value)), { nil: null })))
  .map(values => values.flatMap((value, i) => (value === null ? [] : [`${QUESTIONS[i]!.name}=${value}`])).join('&'));

describe('the guides', () => {
  it('tell every path in full, in words that stand alone', () => {
    for (const path of PATH_SLUGS) {
      const { summary, day, asks, route, pros, cons, titles, employers, who, what, time, license } = guides[path];
      expect(summary).toMatch(/^You .*\.$/);
      for (const text of [what, time, license]) expect(text, path).toMatch(/^[A-Z].*\.$/);
      const told = who.map(row => row.told);
      for (const line of [...day, ...asks, ...route, ...pros, ...cons, ...titles, ...employers, ...told])
        expect(line, path).toMatch(/^[A-Z“].*[^.]$/);
    }
  });

  it('tell the paths apart by their traits', () => {
    expect(new Set(PATH_SLUGS.map(path => JSON.stringify(guides[path].traits))).size).toBeGreaterThan(14);
  });
});

describe('the self-assessment', () => {
  it('asks who is asking, then about the employer, the seven questions and the questions of others', () => {
    const names = ['credential', 'reason', 'care', 'move', 'pay', 'gap', 'certification', 'small', 'body', 'ready'];
    expect(QUESTIONS.map(({ name }) => name)).toEqual(names);
  });

  it('makes a filter that every surface takes, of any answers', () => {
    fc.assert(
      fc.property(answers, text => {
        const { query, next, answered } = readAnswers(text);
        expect(() => parseQuery(query)).not.toThrow();
        expect(next === null).toBe(answered.length === QUESTIONS.length);
        expect(readAnswers(answersQuery(answered)).query).toBe(query);
      }),
    );
  });

  it('turns the answers of a COTA who wants to work from home into a filter', () => {
    const { query, next } = readAnswers(
      'credential=OTA&reason=job&care=leave&move=remote&pay=60000&gap=beside&certification=no&small=yes&body=desk&ready=yes',
    );
    expect(next).toBeNull();
    expect(query).toBe('beside=1&credential=OTA&max_lifting=10&max_years=2&pay_min=60000&without_certification=any&work_mode=remote');
  });

  it('asks nothing of the jobs when everything is skipped', () => {
    expect(readAnswers(QUESTIONS.map(({ name }) => `${name}=${SKIP}`).join('&'))).toMatchObject({ query: '', next: null });
  });

  it('goes back to a question that was taken away', () => {
    expect(readAnswers('credential=OTA&reason=job&move=remote').next?.name).toBe('care');
  });

  it('takes answers as people write them, and names what is no question', () => {
    const { answered, unknown, query } = readAnswers('credential=cota&move=Texas&care=LEAVE&pay=60000&colour=red');
    expect(answered.map(({ value }) => value)).toEqual(['OTA', 'leave', 'TX', '60000']);
    expect([unknown, query]).toEqual([['colour'], 'credential=OTA&pay_min=60000&state=TX']);
  });

  it.each([
    ['reason=employer&care=leave', 'yes'],
    ['reason=unsure&care=some', 'maybe'],
    ['reason=unsure', 'maybe'],
    ['reason=job&care=keep', 'maybe'],
    ['care=keep', 'maybe'],
    ['reason=unsure&care=leave', null],
    ['reason=job&care=leave', null],
    ['reason=any&care=any', null],
    ['', null],
  ])('takes “%s” for %s to staying', (text, expected) => {
    expect(staying(readAnswers(text).answered)).toBe(expected);
  });

  it.each(['credential=RN', 'reason=boss', 'move=mars', 'pay=60001'])('refuses %s with what is allowed', text => {
    expect(() => readAnswers(text)).toThrow(expect.objectContaining({ code: 'E_FILTER' }));
  });

  it('ranks every path once, and first those that fit, with the reason', () => {
    const { answered } = readAnswers('credential=OTA&care=leave&move=remote&pay=same&gap=any&certification=no&small=either&body=desk');
    const ranked = rankPaths(guides, answered, new Map());
    expect(ranked.map(({ path }) => path).sort()).toEqual([...PATH_SLUGS].sort());
    const position = (path: string) => ranked.findIndex(row => row.path === path);
    expect(position('utilization-review')).toBeLessThan(position('assistive-technology'));
    expect(ranked[0]?.because).toContain('can often be done from home');
  });

  it('ranks by openings where paths fit equally', () => {
    const ranked = rankPaths(
      guides,
      [],
      new Map([
        ['sales', 3],
        ['writing', 9],
      ]),
    );
    expect(ranked.slice(0, 2).map(({ path }) => path)).toEqual(['writing', 'sales']);
  });
});
