import { expect, test } from 'vitest';
import { classify } from '../../../src/classify/classify.ts';
import { defaultRules } from '../../../src/classify/compile/compile.ts';
import { MODES_SAID, readSaidMode, sayingsFile } from '../../../src/classify/facets/said-mode.ts';
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
  const text =
    'You count bees all day.\n\nThe counting is done at the bench in our building, never from anywhere else; the hives do not travel.';
  const other = classify({ title: 'Bee Counter', text });
  expect(other.relevance).toBe('other');
  expect(MODES_SAID).toContain('nothing');
  expect(other.facetRules.work_mode ?? null).toBe(other.facets.work_mode === null ? null : other.facetRules.work_mode);
});
