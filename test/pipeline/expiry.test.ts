import { expect, test } from 'vitest';
import { closesExpired, datesClose, hasPassed, passedBefore, restsExpired } from '../../src/pipeline/expiry.ts';

const NOW = new Date('2026-11-10T12:00:00Z');
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

test('a closing date has passed two days after its first moment in UTC: one for its end, one for the zones', () => {
  expect(hasPassed(ago(1.9), NOW)).toBe(false);
  expect(hasPassed(ago(2), NOW)).toBe(false);
  expect(hasPassed(ago(2.1), NOW)).toBe(true);
  expect(hasPassed('2026-11-08', NOW)).toBe(true);
  expect(hasPassed(null, NOW)).toBe(false);
  expect(passedBefore(NOW)).toEqual(ago(2));
});

test('a date closes a posting everywhere but on an employer’s own board, and only when the visit read something', () => {
  expect((['ats', 'aggregator', 'general'] as const).filter(datesClose)).toEqual(['aggregator', 'general']);
  const outcomes = ['complete', 'partial', 'gone', 'blocked', 'suspicious', 'failed'] as const;
  expect(outcomes.filter(outcome => closesExpired({ outcome, code: null }))).toEqual(['complete', 'partial']);
});

test('what its date has closed is read again a week after it was last looked at', () => {
  const closed = { closed_reason: 'expired', closed_at: ago(9), looked_at: ago(6) };
  expect(restsExpired(closed, NOW)).toBe(true);
  expect(restsExpired({ ...closed, looked_at: ago(8) }, NOW)).toBe(false);
  expect(restsExpired({ ...closed, closed_reason: 'not_listed' }, NOW)).toBe(false);
});
