import { describe, expect, test } from 'vitest';
import { leftInWords, secondsLeft } from '../../src/app/time-left.ts';

const reading = (requestsLeft: number, secondsEach = 2) => ({ requestsLeft, secondsEach, seconds: 30 });
const listing = (seconds: number) => ({ requestsLeft: null, secondsEach: 0, seconds });

describe('the time a crawl still takes', () => {
  test('is what the one board has left to read, at its pace', () => {
    expect(secondsLeft({ underWay: [reading(120)], waiting: 0, atATime: 4, done: [] })).toBe(240);
  });

  test('is not told while the one board is still listed', () => {
    expect(secondsLeft({ underWay: [listing(300)], waiting: 0, atATime: 4, done: [] })).toBeNull();
  });

  test('is not told for boards that wait before three are done, and a tenth of all', () => {
    const ahead = { underWay: [reading(1)], atATime: 4 };
    expect(secondsLeft({ ...ahead, waiting: 10, done: [10, 10] })).toBeNull();
    expect(secondsLeft({ ...ahead, waiting: 100, done: [10, 10, 10, 10] })).toBeNull();
    expect(secondsLeft({ ...ahead, waiting: 10, done: [10, 10, 10] })).not.toBeNull();
  });

  test('counts what boards usually took for those that wait, so many at a time', () => {
    const underWay = [reading(10), reading(5)];
    expect(secondsLeft({ underWay, waiting: 9, atATime: 2, done: [20, 40, 30] })).toBe((20 + 10 + 9 * 30) / 2);
  });

  test('is never less than the longest board alone takes', () => {
    expect(secondsLeft({ underWay: [reading(900), reading(1)], waiting: 4, atATime: 4, done: [5, 5, 5] })).toBe(1800);
  });

  test('is not told while a board takes longer than any usual one and has not said how much there is', () => {
    const ahead = { waiting: 0, atATime: 4, done: [10, 10, 10] };
    expect(secondsLeft({ ...ahead, underWay: [listing(4)] })).toBe(6);
    expect(secondsLeft({ ...ahead, underWay: [listing(11)] })).toBeNull();
  });

  test.each([
    [0, 'less than a minute left'],
    [49, 'less than a minute left'],
    [50, 'about 1 min left'],
    [240, 'about 4 min left'],
    [3500, 'about 58 min left'],
    [3590, 'about 1 h left'],
    [4900, 'about 1 h 20 min left'],
    [7200, 'about 2 h left'],
  ])('of %d seconds is "%s"', (seconds, words) => {
    expect(leftInWords(seconds)).toBe(words);
  });
});
