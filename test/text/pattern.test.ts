import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Field, readDocument } from '../../src/text/document.ts';
import { Matcher } from '../../src/text/matcher.ts';
import { type Pattern, PatternError, readPattern } from '../../src/text/pattern.ts';

const vocabulary = new Map([['rehab', ['rehab', 'physical therapy']]]);
/** Every phrase may stand everywhere. */
const findAll = (patterns: Pattern[], field: Field) =>
  new Matcher(
    patterns,
    patterns.map(() => 1),
  ).match(field, () => 1);
const sequences = (phrase: string) => (readPattern(phrase, vocabulary).parts[0] ?? []).map(words => words.join(' '));
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
    expect(sequences('a1 [b1] c1')).toEqual(['a1 c1', 'a1 b1 c1']);
    expect(sequences('<rehab> director')).toEqual(['rehab director', 'physical therapy director']);
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
    const many = `(${Array.from({ length: 90 }, (_, at) => `w${at}`).join('|')})`;
    expect(() => readPattern(`${many} ${many}`)).toThrow('stands for more than');
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
    const word = fc.constantFrom('a1', 'b1', 'c1');
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 30 }),
        fc.array(fc.array(word, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        (text, phrases) => {
          const field = readDocument({ title: text.join(' '), text: '' }).title;
          const hits = findAll(
            phrases.map(words => readPattern(words.join(' '))),
            field,
          );
          const slow = phrases.flatMap((words, phrase) =>
            text.flatMap((_, at) => (words.every((one, offset) => text[at + offset] === one) ? [`${phrase} ${at}`] : [])),
          );
          expect(hits.map(({ phrase, first }) => `${phrase} ${first}`).sort()).toEqual(slow.sort());
        },
      ),
    );
  });
});
