import { expect, test } from 'vitest';
import { confirmUntil, nextConfirmation } from '../../src/digest/confirmations.ts';

const NOW = new Date('2026-11-10T12:00:00Z');
const hours = (n: number) => new Date(NOW.getTime() + n * 3_600_000);
const next = (...ago: number[]) => nextConfirmation(ago.map(hours), NOW);

test('a mailbox is asked at once, or an hour after the last confirmation that nobody used', () => {
  expect(next()).toEqual(NOW);
  expect(next(-0.25)).toEqual(hours(0.75));
  expect(next(-5, -3)).toEqual(NOW);
});

test('a mailbox is asked three times a day at most, whatever came before that', () => {
  expect(next(-20, -10, -2)).toEqual(hours(4));
  expect(next(-2, -40, -10, -20)).toEqual(hours(4));
  expect(next(-30, -10, -2)).toEqual(NOW);
});

test('a confirmation that would have to wait for more than a day is not sent', () => {
  expect(next(0.5, -1, -2)).toEqual(hours(22));
  expect(next(12, 6, 1)).toBeNull();
});

test('a link works for two days', () => {
  expect(confirmUntil(NOW)).toEqual(hours(48));
});
