import { describe, expect, test } from 'vitest';
import { asked, inProse } from './verdicts-of.ts';

// Plain wordings that are read wrongly as yet: whoever gets one right moves it to where its kind stands.
describe('wordings that are misread so far', () => {
  test.fails.each([
    ['License and education: see job class 3310', 'uuuuu'],
    ['It is unclear whether the state will ask for an OT', 'uuuuu'],
    ['Still open: OT or SLP?', 'uuuuu'],
    ['No clinical license necessary, though PTs, OTs and athletic trainers thrive here', 'ooooo'],
  ])('as an item: %s → %s', (requirement, expected) => {
    expect(asked(requirement)).toBe(expected);
  });

  test.fails.each([['3-5 years of clinical experience as a licensed therapist', 'ibibi']])(
    'in running text: %s → %s',
    (sentences, expected) => {
      expect(inProse(sentences)).toBe(expected);
    },
  );
});
