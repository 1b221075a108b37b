import { expect, test } from 'vitest';
import { isTakenUp } from '../../src/pipeline/left-visit.ts';

const NOW = new Date('2026-11-10T12:00:00Z');
const begun = (minutes: number) => isTakenUp(new Date(NOW.getTime() + minutes * 60_000), NOW);

test('a visit that was left within a day is taken up, an older one or one that begins in the future of a wrong clock is not', () => {
  expect(begun(-23 * 60)).toBe(true);
  expect(begun(-24 * 60)).toBe(false);
  expect(begun(4)).toBe(true);
  expect(begun(5)).toBe(false);
});
