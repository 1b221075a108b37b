import { expect, test } from 'vitest';
import { defaultRules } from '../../../src/classify/compile/compile.ts';
import { waysIn } from '../../../src/classify/facets/listed.ts';
import { readPosting } from '../../../src/classify/reading/posting.ts';

/** The lines of a text that are ways in, each with what makes it one and the number of its list. */
function listed(text: string): [string, string, number][] {
  const posting = readPosting({ title: 'Clerk', text }, defaultRules());
  return [...waysIn(posting)].map(([{ start, end }, { by, nth }]) => [posting.document.text.raw.slice(start, end), by, nth]);
}

test('what stands below "one of the following" are ways in, up to the next heading or the text behind the items', () => {
  const items = '- Five years of filing\n- A degree in records\n';
  const ways = [
    ['Five years of filing', 'one of', 1],
    ['A degree in records', 'one of', 1],
  ];
  expect(listed(`Requirements\nOne of the following:\n${items}\nPreferred\n- Tact`)).toEqual(ways);
  expect(listed(`Requirements\nOne of the following:\n${items}\nA car of your own is needed.`)).toEqual(ways);
});

test('an "or" between two lines makes them ways in, and nothing else does', () => {
  expect(listed('Requirements\n- A license as a nurse; or\n- Two years of intake\n- A car')).toEqual([
    ['A license as a nurse; or', 'or', 1],
    ['Two years of intake', 'or', 1],
  ]);
  expect(listed('Requirements\n- Two years of intake\n- Two phones\nA car is ours. A desk is yours.')).toEqual([]);
});
