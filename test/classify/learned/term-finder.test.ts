import { expect, test } from 'vitest';
import { finderOf } from '../../../src/classify/learned/term-finder.ts';
import { keepWord } from '../../../src/text/words.ts';

const word = keepWord;
const finderFor = (...terms: string[]) => finderOf(new Map(terms.map(term => [term, `known: ${term}`])));

test('a term is its place and one or two words, and what is known of it is found, of no other', () => {
  const find = finderFor('before near harbor', 'before harbor master', 'harbor');
  expect(find('before near', word('harbor'))).toBe('known: before near harbor');
  expect(find('before', word('harbor'), word('master'))).toBe('known: before harbor master');
  expect(find('', word('harbor'))).toBe('known: harbor');
  expect(find('', word('harbor'), word('master'))).toBeUndefined();
  expect(find('before', word('harbor'))).toBeUndefined();
  expect(find('above', word('harbor'))).toBeUndefined();
});

test('the kind of what is named is one word of a term, however many it is written with', () => {
  const find = finderFor('own field far <other field>', 'before <other field> or');
  expect(find('own field far', word('<other field>'))).toBe('known: own field far <other field>');
  expect(find('before', word('<other field>'), word('or'))).toBe('known: before <other field> or');
});
