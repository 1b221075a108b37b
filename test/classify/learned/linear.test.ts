import { expect, test } from 'vitest';
import { linearFile } from '../../../src/classify/learned/fitted-file.ts';
import { bestOf, type Linear, shareOf, weigh } from '../../../src/text/linear.ts';

const FILE = linearFile('roles.yaml', ['talk', 'demanded']);
const file = (more: object) => ({ about: 'For a test.', inputs: [], floor: 2, bias: 'talk 1', facts: {}, words: {}, ...more });

test('facts count in full, and of more words than the floor each counts the less', () => {
  const linear: Linear = FILE.parse(file({ facts: { 'in duties': 'talk 2' }, words: { must: 'demanded 1', hold: 'demanded 1' } }));
  const words = new Map([...'abcdef'].map((word, at) => [word, at]));
  expect([...weigh({ facts: new Set(['in duties', 'unheard of']), words }, linear)]).toEqual([3, 0]);
  expect([...weigh({ facts: new Set(), words: new Map([...words, ['must', 6], ['hold', 7]]) }, linear)]).toEqual([1, 2]);
  expect(shareOf(8, 2)).toBe(0.5);
});

test('the first of the best classes wins', () => {
  expect(bestOf(Float64Array.of(0, 2, 2))).toBe(1);
});

test('a mistake in the file is told with the field and what is allowed', () => {
  const told = (more: object) => JSON.stringify(FILE.safeParse(file(more)).error?.issues.map(({ message }) => message));
  expect(told({ bias: 'talks 1' })).toMatch(/talks 1.*talk, demanded/);
  expect(told({ floor: 0 })).toMatch(/whole number from 1 to 200/);
  expect(told({ wrods: {} })).toMatch(/no field of roles.yaml; allowed: about, inputs, floor/);
});
