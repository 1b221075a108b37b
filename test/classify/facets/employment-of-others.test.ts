import { describe, expect, test } from 'vitest';
import { facetsOf } from './reading-of.ts';

describe('how others are employed, and short words for how one is', () => {
  const TOLD: readonly (readonly [string, readonly string[]])[] = [
    ['You find a nurse in Reno, and you get him an eight-week assignment that suits. Full-time.', ['full_time']],
    ['You hand people a nine-week assignment and a map. Full time.', ['full_time']],
    ['Screen and present aides for contract assignments on islands. Full-time.', ['full_time']],
    ['Recruits speech pathologists for travel jobs and contract work.', []],
    ['A nine-month, teacher-contract seat in the high school. Full-time.', ['full_time']],
    ['Two counselors, a contract job coach and a clerk sit here. Full-time.', ['full_time']],
    ['This is a 12-week contract.', ['contract']],
    ['$19 an hour, F/T, lunch included.', ['full_time']],
    ['Status: F/T', ['full_time']],
    ['P/T, mornings', ['part_time']],
    ['F/T or P/T, as you like', ['full_time', 'part_time']],
    ['All appointments are temporary and end in May.', ['temporary']],
    ['Our assignments are always temporary.', ['temporary']],
  ];
  test.each(TOLD)('%j is read as %j', (text, wanted) => expect(facetsOf(text).employment_type).toEqual(wanted));
});
