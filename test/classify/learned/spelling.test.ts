import { expect, test } from 'vitest';
import { defaultRules } from '../../../src/classify/compile/compile.ts';
import { hearSentence, hitsOfSegments } from '../../../src/classify/learned/sentences.ts';
import { spell, spellerOf } from '../../../src/classify/learned/spelling.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';
import { keepWord } from '../../../src/text/words.ts';

const word = keepWord;
const spellerFor = (...terms: string[]) => spellerOf(new Map(terms.map(term => [term, true])));

test('a term is its place and one or two words, and without a learned list every one is written out', () => {
  expect(spell('before near', word('harbor'))).toBe('before near harbor');
  expect(spell('', word('harbor'), word('master'))).toBe('harbor master');
});

test('a term that was learned is written out, and no other', () => {
  const speller = spellerFor('before near harbor', 'before harbor master', 'harbor');
  expect(speller('before near', word('harbor'))).toBe('before near harbor');
  expect(speller('before', word('harbor'), word('master'))).toBe('before harbor master');
  expect(speller('', word('harbor'))).toBe('harbor');
  expect(speller('', word('harbor'), word('master'))).toBeUndefined();
  expect(speller('before', word('harbor'))).toBeUndefined();
  expect(speller('above', word('harbor'))).toBeUndefined();
});

test('the kind of what is named is one word of a term, however many it is written with', () => {
  const speller = spellerFor('own field far <other field>', 'before <other field> or');
  expect(speller('own field far', word('<other field>'))).toBe('own field far <other field>');
  expect(speller('before', word('<other field>'), word('or'))).toBe('before <other field> or');
});

test('of a sentence the learned terms are heard where they are heard among all', () => {
  const { document, hits } = readPosting(
    { title: '', text: 'The lighthouse pays 30 dollars, and the lighthouse feeds you.' },
    defaultRules(),
  );
  const [segment] = document.text.segments;
  const hear = (speller: typeof spell) => segment && hearSentence(document.text, segment, hitsOfSegments(hits).get(segment) ?? [], speller);
  const all = hear(spell)?.words ?? new Map<string, number>();
  const terms = ['| the', 'lighthouse', 'the lighthouse', '#', 'pay #', 'gulls'];
  expect(terms.filter(term => all.has(term))).toHaveLength(5);
  expect([...(hear(spellerFor(...terms))?.words ?? [])]).toEqual([...all].filter(([term]) => terms.includes(term)));
});
