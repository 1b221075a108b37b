import { expect, test } from 'vitest';
import { classify } from '../../../src/classify/classify.ts';
import { defaultRules } from '../../../src/classify/compile/compile.ts';
import { readSaidMode, sayingsFile } from '../../../src/classify/facets/said-mode.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';

/** Knows one word of each mode. */
const learned = sayingsFile.parse({
  about: 'Three words are learned.',
  inputs: [],
  floor: 1,
  bias: 'nothing 2',
  facts: {},
  words: { hive: 'onsite 6', burrow: 'remote 6', meadow: 'hybrid 3' },
});
const read = (text: string) => readSaidMode(readPosting({ title: 'Beekeeper', text }, defaultRules()), learned);

test('the surest sentence with words of the mode tells it, and is shown', () => {
  const found = read('You may see the meadow from the office.\nAll days are spent at the hive by the office.');
  expect(found?.value).toBe('onsite');
  expect(found?.evidence.map(({ text }) => text)).toEqual(['All days are spent at the hive by the office']);
});

test('a sentence without words of the mode, and one that is not sure, tell nothing', () => {
  expect(read('The hive hums.')).toBeNull();
  expect(read('Our building stands in Tulsa; the office is quiet.')).toBeNull();
});

test('what the employer gives and is says nothing of this job', () => {
  expect(read('Benefits\n- A burrow at home for every dog')).toBeNull();
});

test('a posting of other work has no page, so only its rules are asked', () => {
  const mode = (title: string, work: string) =>
    classify({ title, text: `${work}\n\nYour hours are spent in the reading room on the third floor of our Maple Street building.` });
  const reviewer = mode('Utilization Review Specialist', 'You read requests for therapy and decide whether they meet criteria.');
  expect([reviewer.relevance, reviewer.facets.work_mode]).toEqual(['nonclinical', 'onsite']);
  expect(reviewer.facetEvidence.work_mode?.map(({ text }) => text)).toEqual([
    'Your hours are spent in the reading room on the third floor of our Maple Street building',
  ]);
  const counter = mode('Bee Counter', 'You count bees and clean hives all day.');
  expect([counter.relevance, counter.facets.work_mode]).toEqual(['other', null]);
});
