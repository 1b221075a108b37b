import { expect, test } from 'vitest';
import { holdAfter, judgeDoubt } from '../../src/digest/trouble.ts';

const NOW = new Date('2026-11-10T12:00:00Z');
const minutes = (n: number) => new Date(NOW.getTime() + n * 60_000);
const days = (n: number) => minutes(n * 1440);
const never = { until: NOW, rounds: 0, refusals: 0 };

test('a domain that refuses us is left alone for longer each time, up to twelve hours', () => {
  const waits = [0, 1, 2, 3, 9].map(rounds => holdAfter({ until: minutes(-1), rounds, refusals: rounds }, false, NOW));
  expect(waits.slice(1)).toEqual([
    { rounds: 2, until: minutes(60) },
    { rounds: 3, until: minutes(240) },
    { rounds: 4, until: minutes(720) },
    { rounds: 10, until: minutes(720) },
  ]);
  expect(holdAfter(never, false, NOW)).toEqual({ rounds: 1, until: minutes(15) });
});

test('where others of the domain got their mail, only the third refusal in a row holds it', () => {
  expect(holdAfter(never, true, NOW)).toMatchObject({ rounds: 0, until: NOW });
  expect(holdAfter({ ...never, refusals: 1 }, true, NOW)).toMatchObject({ rounds: 0, until: NOW });
  expect(holdAfter({ ...never, refusals: 2 }, true, NOW)).toEqual({ rounds: 1, until: minutes(15) });
});

test('a refusal while the domain is held already makes it no longer', () => {
  expect(holdAfter({ until: minutes(3), rounds: 1, refusals: 1 }, false, NOW)).toMatchObject({ until: minutes(3), rounds: 1 });
});

const doubt = { since: days(-2), others: true, refusesOthers: false, takenSince: true };

test('a doubtful mailbox is believed to be gone after two days, when its domain has taken another’s mail or has no other reader', () => {
  expect(judgeDoubt(doubt, NOW)).toBe('gone');
  expect(judgeDoubt({ ...doubt, since: days(-1.9) }, NOW)).toBe('open');
  expect(judgeDoubt({ ...doubt, takenSince: false }, NOW)).toBe('open');
  expect(judgeDoubt({ ...doubt, takenSince: false, others: false }, NOW)).toBe('gone');
});

test('a domain that doubts several mailboxes and takes nothing in between means us', () => {
  expect(judgeDoubt({ ...doubt, refusesOthers: true }, NOW)).toBe('domain');
});
