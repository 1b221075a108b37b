import { expect, test } from 'vitest';
import { finderOf } from '../../../src/classify/learned/term-finder.ts';
import { keepWord } from '../../../src/text/words.ts';

const word = keepWord;
const finderFor = (...terms: string[]) => finderOf(new Map(terms.map(term => [term, `known: ${term}`])));

test('a term is its place and one or two words, and what is known of it is found, of no other', () => {
  const finder = finderFor('before near harbor', 'before harbor master', 'harbor');
  expect(finder.at('before near', word('harbor'))).toBe('known: before near harbor');
  expect(finder.at('before', word('harbor'), word('master'))).toBe('known: before harbor master');
  expect(finder.word(word('harbor'))).toBe('known: harbor');
  expect(finder.pair(word('harbor'), word('master'))).toBeUndefined();
  expect(finder.at('before', word('harbor'))).toBeUndefined();
  expect(finder.at('above', word('harbor'))).toBeUndefined();
});

test('the kind of what is named is one word of a term, however many it is written with', () => {
  const finder = finderFor('own field far <other field>', 'before <other field> or');
  expect(finder.at('own field far', word('<other field>'))).toBe('known: own field far <other field>');
  expect(finder.at('before', word('<other field>'), word('or'))).toBe('known: before <other field> or');
});

test('a term of no words is found nowhere', () => {
  expect(finderFor('', 'harbor').word(word('gulls'))).toBeUndefined();
});
