import { expect, test } from 'vitest';
import { healthOf, isVerified, medianListed, type PastVisit, type WatchedSource } from '../../src/pipeline/source-health.ts';

const now = new Date('2026-11-22T12:00:00Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const source: WatchedSource = {
  enabled: true,
  disabledReason: null,
  everyMinutes: 60,
  createdAt: hoursAgo(500),
  coolingUntil: null,
  lastComplete: hoursAgo(1),
  missing: null,
};
const visit = (hours: number, over: Partial<PastVisit> = {}): PastVisit => ({
  startedAt: hoursAgo(hours),
  outcome: 'complete',
  reason: null,
  code: null,
  listed: 100,
  details: { wanted: 0, read: 0, failed: 0 },
  ...over,
});
const well = [1, 2, 3, 4, 5].map(hours => visit(hours));

test('a source that is read whole in time is ok', () => {
  expect(healthOf(source, well, now)).toMatchObject({ state: 'ok', remedy: '' });
});

test('a source that was never visited is silent once two intervals have passed', () => {
  expect(healthOf({ ...source, createdAt: hoursAgo(1), lastComplete: null }, [], now).state).toBe('ok');
  expect(healthOf({ ...source, lastComplete: null }, [], now)).toMatchObject({ state: 'silent', since: source.createdAt });
});

test('a source is verified once a visit has read it whole, and waiting for that alone needs nobody', () => {
  expect(isVerified({ lastComplete: null, recorded: false })).toBe(false);
  expect(isVerified({ lastComplete: hoursAgo(1), recorded: false })).toBe(true);
  // What a recording holds is all that there ever will be.
  expect(isVerified({ lastComplete: null, recorded: true })).toBe(true);
  expect(healthOf({ ...source, createdAt: hoursAgo(1), lastComplete: null }, [], now)).toMatchObject({
    state: 'ok',
    remedy: 'its first visit is due',
  });
});

test('a source is silent when only partial visits have been made for two intervals', () => {
  const visits = [visit(1, { outcome: 'partial', reason: 'page 3 failed' }), visit(2, { outcome: 'partial' })];
  const health = healthOf({ ...source, lastComplete: hoursAgo(9) }, visits, now);
  expect(health).toMatchObject({ state: 'silent', since: hoursAgo(9) });
  expect(health.remedy).toContain('page 3 failed');
});

test.each([
  ['blocked', 'blocked'],
  ['gone', 'moved'],
  ['failed', 'sick'],
  ['suspicious', 'sick'],
] as const)('after a visit that ended %s it is %s, since the first of such visits in a row', (outcome, state) => {
  const visits = [visit(1, { outcome, reason: 'why' }), visit(2, { outcome, reason: 'why' }), ...well.map((_, i) => visit(3 + i))];
  const health = healthOf(source, visits, now);
  expect(health).toMatchObject({ state, since: hoursAgo(2) });
  expect(health.remedy).not.toBe('');
});

test('a source whose details mostly fail is sick although its listing is whole', () => {
  expect(healthOf(source, [visit(1, { details: { wanted: 10, read: 3, failed: 7 } }), ...well], now)).toMatchObject({ state: 'sick' });
});

test('a source that lists much less than usual is shrinking', () => {
  const health = healthOf(source, [visit(1, { listed: 60 }), ...well], now);
  expect(health.state).toBe('shrinking');
  expect(health.remedy).toContain('100 is usual');
  expect(healthOf(source, [visit(1, { listed: 80 }), ...well], now).state).toBe('ok');
});

test('a source that cools down says until when, and a disabled one why', () => {
  expect(healthOf({ ...source, coolingUntil: hoursAgo(-5) }, [visit(1, { outcome: 'failed', reason: 'HTTP 500' })], now).remedy).toContain(
    'HTTP 500',
  );
  expect(healthOf({ ...source, enabled: false, disabledReason: 'its terms' }, well, now)).toMatchObject({
    state: 'disabled',
    remedy: 'its terms',
  });
});

test('a source whose last whole listing, or last visit, has not come yet is never called well', () => {
  const ahead = hoursAgo(-400 * 24);
  for (const [watched, visits] of [
    [{ ...source, lastComplete: ahead }, well],
    [source, [visit(-400 * 24), ...well]],
  ] as const) {
    const health = healthOf(watched, visits, now);
    expect(health.state).toBe('sick');
    expect(health.remedy).toContain(`${ahead.toISOString()}, which has not come yet`);
  }
  expect(healthOf({ ...source, lastComplete: hoursAgo(-0.05) }, well, now).state).toBe('ok');
});

test('the usual number is the median of the complete visits, and unknown with fewer than three', () => {
  expect(medianListed([visit(1), visit(2)])).toBeNull();
  expect(
    medianListed([visit(1, { listed: 1 }), visit(2, { listed: 50 }), visit(3, { listed: 60 }), visit(4, { outcome: 'failed', listed: 0 })]),
  ).toBe(50);
});

test('a source without a row is missing, whatever else it is, and told what happens and what to do', () => {
  const since = hoursAgo(5);
  const missing = { since, closesAt: new Date('2026-11-25T07:00:00Z'), readAs: null };
  expect(healthOf({ ...source, enabled: false, missing }, well, now)).toMatchObject({
    state: 'missing',
    since,
    remedy: expect.stringMatching(/put it back, or ombre sources remove.*close at 2026-11-25T07:00/),
  });
  expect(healthOf({ ...source, missing: { ...missing, closesAt: null } }, well, now).remedy).toContain('HELD');
  expect(healthOf({ ...source, missing: { ...missing, readAs: 'acme' } }, well, now).remedy).toContain('read as acme now');
});
