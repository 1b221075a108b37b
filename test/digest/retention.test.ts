import { expect, test } from 'vitest';
import { keptSince, withEnd } from '../../src/digest/retention.ts';

const NOW = new Date('2026-11-10T12:00:00Z');
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

test('what has ended is kept for the days that are promised', () => {
  expect(keptSince(NOW)).toEqual({ unconfirmed: ago(7), ended: ago(30), deliveries: ago(400), bounces: ago(90), refusals: ago(7) });
});

test('a bounced mailbox is forgotten after 90 days, a complaint and an erasure never', () => {
  const marks = (['bounce', 'complaint', 'erased'] as const).map(reason => ({ hash: reason, reason, since: ago(90) }));
  expect(withEnd(marks).map(({ until }) => until)).toEqual([NOW, null, null]);
});
