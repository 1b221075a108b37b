import { expect, test } from 'vitest';
import { defaultRules } from '../../../src/classify/compile/compile.ts';
import { type Ear, Notes, Weigher } from '../../../src/classify/learned/ear.ts';
import { hearSentence, hitsOfSegments } from '../../../src/classify/learned/sentences.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';
import { type Linear, weigh } from '../../../src/text/linear.ts';
import { keepWord } from '../../../src/text/words.ts';

const { document, hits } = readPosting(
  { title: '', text: 'The lighthouse pays 30 dollars, and the lighthouse feeds you.' },
  defaultRules(),
);
const [segment] = document.text.segments;
function hear<E extends Ear>(ear: E): E {
  if (segment) hearSentence(document.text, segment, hitsOfSegments(hits).get(segment) ?? [], ear);
  return ear;
}

const TERMS = ['| the', 'lighthouse', 'the lighthouse', '#', 'pay #', 'gulls'];
const linear: Linear = {
  floor: 2,
  bias: Float64Array.of(0.5, 0),
  facts: new Map([['in other', Float64Array.of(0, 1)]]),
  words: new Map(TERMS.map((term, at) => [term, Float64Array.of(at, 0.1)])),
};

test('whoever takes notes writes out every term, with its place', () => {
  const notes = new Notes();
  notes.word(1, 'before near', keepWord('harbor'));
  notes.word(2, 'before', keepWord('harbor'), keepWord('master'));
  notes.word(3, 'before near', keepWord('harbor'));
  notes.follow(4, keepWord('harbor'), keepWord('master'));
  expect([...notes.words]).toEqual([
    ['before near harbor', 1],
    ['before harbor master', 2],
    ['master', 4],
    ['harbor master', 4],
  ]);
});

test('a model hears the terms it has learned where they are noted first, and no others', () => {
  const noted = [...hear(new Notes()).words].filter(([term]) => TERMS.includes(term));
  const { words, tokens } = hear(new Weigher(linear));
  expect(noted).toHaveLength(5);
  expect(words).toEqual(noted.map(([term]) => linear.words.get(term)));
  expect(tokens).toEqual(noted.map(([, at]) => at));
});

test('a model scores what it hears as it scores what is noted', () => {
  expect(hear(new Weigher(linear)).scores()).toEqual(weigh(hear(new Notes()), linear));
});

test('of two things with the same words each has facts of its own', () => {
  const one = hear(new Weigher(linear));
  const other = new Weigher(linear, one);
  other.fact('in other');
  expect(other.words).toBe(one.words);
  expect(other.scores()[0]).toBe(one.scores()[0]);
  expect(new Weigher(linear, other).scores()[1]).toBeCloseTo((other.scores()[1] ?? 0) - 1);
});
