import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Field, readDocument } from '../../../src/text/document.ts';
import { Matcher } from '../../../src/text/matching/matcher.ts';
import { type Pattern, PatternError, readPattern, spellOut } from '../../../src/text/matching/pattern.ts';

const vocabulary = new Map([['rehab', ['rehab', 'physical therapy']]]);
/** Every phrase may stand everywhere. */
function findAll(patterns: Pattern[], field: Field): { phrase: number; first: number; last: number }[] {
  const hits: { phrase: number; first: number; last: number }[] = [];
  const everywhere = patterns.map(() => 1);
  new Matcher(patterns, everywhere).match(
    field,
    () => 1,
    (phrase, _, first, last) => hits.push({ phrase, first, last }),
  );
  return hits;
}
const sequences = (phrase: string) =>
  spellOut(readPattern(phrase, vocabulary).parts[0] ?? [], 100)
    ?.map(words => words.join(' '))
    .sort();
const found = (phrase: string, text: string) => {
  const field = readDocument({ title: text, text: '' }).title;
  return findAll([readPattern(phrase, vocabulary)], field).map(({ first, last }) =>
    field.tokens
      .slice(first, last)
      .map(token => token.word)
      .join(' '),
  );
};

describe('the pattern language', () => {
  it('reads alternatives, optional words, names and hyphens', () => {
    expect(sequences('(a1|b1 c1) d1')).toEqual(['a1 d1', 'b1 c1 d1']);
    expect(sequences('a1 [b1] c1')).toEqual(['a1 b1 c1', 'a1 c1']);
    expect(sequences('<rehab> director')).toEqual(['physical therapy director', 'rehab director']);
    expect(sequences('pre-service')).toEqual(['pre service', 'preservice']);
  });

  it.each([
    ['(a|b', 'not closed'],
    ['a)', 'closes nothing'],
    ['a | b', 'outside brackets'],
    ['<nothing> a', 'vocabulary.yaml does not hold'],
    ['[a]', 'no word at all'],
    ['a ..99 b', 'gap of 99'],
    ['(a ..2 b|c)', 'bracket'],
    ['--', 'no word'],
  ])('refuses %s and says why', (phrase, why) => {
    expect(() => readPattern(phrase, vocabulary)).toThrow(PatternError);
    expect(() => readPattern(phrase, vocabulary)).toThrow(why);
  });

  it('refuses a phrase that stands for too many others', () => {
    const many = `(${Array.from({ length: 90 }, (_, at) => `w${at} x`).join('|')})`;
    expect(() => readPattern(`${many} ${many}`)).toThrow('stands for more than');
  });

  it('holds the words of a class together, so that classes side by side do not multiply', () => {
    const many = `(${Array.from({ length: 90 }, (_, at) => `w${at}`).join('|')})`;
    expect(readPattern(`${many} ${many} ${many} ${many}`).parts[0]).toHaveLength(1);
    expect(found(`${many} ${many}`, 'W1 w2 w90 w3 w89')).toEqual(['w1 w2', 'w3 w89']);
  });

  it('finds the same words once, however often a class gives them', () => {
    const classes = new Map([['twice', ['rehab', 'physical therapy', '(physical|occupational) therapy', 'rehab']]]);
    const field = readDocument({ title: 'Physical therapy and rehab', text: '' }).title;
    expect(findAll([readPattern('head <twice>', classes), readPattern('<twice>', classes)], field)).toHaveLength(2);
  });

  it('reads a figure as itself and as any number', () => {
    expect(found('(24|#) (7|hour)', '24/7, 24 hours, five hours, 7/24')).toEqual(['24 7', '24 hour', 'five hour']);
  });

  it('finds words in any case, plural or hyphenation', () => {
    expect(found('home-health aide', 'Home Health Aides, HOME-HEALTH aide, homehealth aide')).toHaveLength(3);
  });

  it('joins the parts of a phrase with a gap only within the gap', () => {
    expect(found('manager ..2 rehab', 'Manager of the rehab')).toEqual(['manager of the rehab']);
    expect(found('manager ..2 rehab', 'Manager of all the rehab')).toEqual([]);
    expect(found('medical ..1 informatics ..1 analyst', 'Medical Informatics Analyst')).toEqual(['medical informatic analyst']);
  });

  it('finds a phrase inside a longer one', () => {
    const field = readDocument({ title: 'physical therapist assistant', text: '' }).title;
    const hits = findAll([readPattern('physical therapist assistant'), readPattern('physical therapist'), readPattern('assistant')], field);
    expect(hits.map(({ phrase }) => phrase).sort()).toEqual([0, 1, 2]);
  });

  it('finds exactly what looking at every place finds', () => {
    const word = fc.constantFrom('a1', 'b1', 'c1', '2', 'five');
    const alternative = fc.array(fc.constantFrom('a1', 'b1', 'c1', '2', '#'), { minLength: 1, maxLength: 2 });
    const phrase = fc.array(fc.array(alternative, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.array(phrase, { minLength: 1, maxLength: 5 }), (text, phrases) => {
        const field = readDocument({ title: text.join(' '), text: '' }).title;
        const patterns = phrases.map(slots => readPattern(slots.map(one => `(${one.map(words => words.join(' ')).join('|')})`).join(' ')));
        const fits = (one: string, at: number) => one === text[at] || (one === '#' && (text[at] === '2' || text[at] === 'five'));
        const slow = patterns.flatMap(({ parts }, phrase) => {
          const places = (spellOut(parts[0] ?? [], 1000) ?? []).flatMap(words =>
            text.flatMap((_, at) => (words.every((one, offset) => fits(one, at + offset)) ? [`${phrase} ${at} ${at + words.length}`] : [])),
          );
          return [...new Set(places)];
        });
        expect(
          findAll(patterns, field)
            .map(({ phrase, first, last }) => `${phrase} ${first} ${last}`)
            .sort(),
        ).toEqual(slow.sort());
      }),
    );
  });
});
