import { expect, it } from 'vitest';
import { weigh } from '../../../src/text/linear.ts';
import { type Heard, learnLinear } from '../../../tools/linear.ts';

it('a fact and a word of the same name are two things to a fit', () => {
  const hearing = (facts: string[], words: string[]) => ({ facts: new Set(facts), words: new Map(words.map((word, at) => [word, at])) });
  const heard: Heard[] = [
    { hearing: hearing(['other'], ['nurse']), label: 1, weight: 1 },
    { hearing: hearing([], ['other', 'analyst']), label: 0, weight: 1 },
    { hearing: hearing([], ['other']), label: 0, weight: 1 },
  ];
  const learned = learnLinear(heard, { classes: 2, floor: 1, penalty: { facts: 1e-2, words: 1e-2 }, least: 1, most: 10 });
  const [read = 0, leave = 0] = weigh(hearing(['other'], []), learned);
  expect(read).toBeLessThan(leave);
  const [readWord = 0, leaveWord = 0] = weigh(hearing([], ['other']), learned);
  expect(readWord).toBeGreaterThan(leaveWord);
});
