import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ErrorCode } from '../../src/errors.ts';
import { COOL_AFTER, type EndedVisit, isConclusive, LONGEST_PAUSE_MS, nextVisit } from '../../src/pipeline/next-visit.ts';

const HOUR = 3_600_000;
const daily = { everyMinutes: 1440, failures: 0 };
const failed = (code: ErrorCode | null = 'E_NETWORK'): EndedVisit => ({ outcome: 'failed', code, askedMs: null });

test.each(['complete', 'partial'] as const)(
  'after a visit that ended %s the next one comes an interval later, and failures are forgotten',
  outcome => {
    expect(nextVisit({ everyMinutes: 60, failures: 2 }, { outcome, code: null, askedMs: null })).toEqual({
      failures: 0,
      visitMs: HOUR,
      coolMs: null,
    });
  },
);

test('a visit that failed is tried again after an hour, then after four, and then the source cools down', () => {
  expect(nextVisit(daily, failed(), 0)).toEqual({ failures: 1, visitMs: HOUR, coolMs: null });
  expect(nextVisit({ ...daily, failures: 1 }, failed(), 0)).toEqual({ failures: 2, visitMs: 4 * HOUR, coolMs: null });
  expect(nextVisit({ ...daily, failures: 2 }, failed(null), 0)).toEqual({ failures: 3, visitMs: 24 * HOUR, coolMs: 24 * HOUR });
});

test('a page that nobody understands is tried again soon too: it may be a maintenance page', () => {
  expect(nextVisit(daily, failed(null), 0).visitMs).toBe(HOUR);
});

test.each(['blocked', 'gone'] as const)('a board that is %s is not asked again before its interval is over', outcome => {
  expect(nextVisit(daily, { outcome, code: null, askedMs: null }, 0)).toEqual({ failures: 1, visitMs: 24 * HOUR, coolMs: null });
});

test('a fault of ours waits for its interval: it would only happen again', () => {
  expect(nextVisit(daily, failed('E_BUG'), 0)).toEqual({ failures: 1, visitMs: 24 * HOUR, coolMs: null });
});

test('a host that is not reached is left alone for six hours only, since its vendor may be down for many sources', () => {
  const next = nextVisit({ ...daily, failures: 7 }, failed('E_TIMEOUT'), 0);
  expect(next).toEqual({ failures: 8, visitMs: 6 * HOUR, coolMs: 6 * HOUR });
});

test.each(['E_STATUS', 'E_ROBOTS_UNREADABLE'] as const)(
  'an outage of one vendor, told by %s, puts none of its sources into the pause of a day, and they come back apart',
  code => {
    const after = [0, 0.5, 1].map(random => nextVisit({ ...daily, failures: 2 }, failed(code), random).coolMs);
    expect(after).toEqual([6 * HOUR, 7.5 * HOUR, 9 * HOUR]);
  },
);

test('sources that failed together do not come back together', () => {
  const [first, last] = [0, 1].map(random => nextVisit(daily, failed(), random).visitMs);
  expect(last! - first!).toBe(HOUR / 2);
});

test('a visit whose process died too often cools its source down at once', () => {
  expect(nextVisit(daily, failed('E_CRASHED'))).toMatchObject({ failures: COOL_AFTER, coolMs: 24 * HOUR });
});

test('a suspicious visit counts neither as a failure nor as a success', () => {
  expect(nextVisit({ ...daily, failures: 2 }, { outcome: 'suspicious', code: null, askedMs: null })).toMatchObject({
    failures: 2,
    coolMs: null,
  });
});

test('only a visit that read a listing says what is held from now on', () => {
  const outcomes = ['complete', 'partial', 'gone', 'blocked', 'suspicious', 'failed'] as const;
  expect(outcomes.filter(isConclusive)).toEqual(['complete', 'partial', 'suspicious']);
});

test('what the host asked for is kept to, up to a day', () => {
  const asked = (ms: number) => nextVisit(daily, { ...failed('E_THROTTLED'), askedMs: ms }, 0).coolMs;
  expect(asked(2 * HOUR)).toBe(2 * HOUR);
  expect(asked(400 * 24 * HOUR)).toBe(LONGEST_PAUSE_MS);
  expect(asked(-HOUR)).toBe(0);
});

test('no source is put off longer than its interval or paused longer than a day, whatever happened', () => {
  const visits = fc.record({
    outcome: fc.constantFrom('complete', 'partial', 'gone', 'blocked', 'suspicious', 'failed'),
    code: fc.constantFrom(null, 'E_NETWORK', 'E_BUG', 'E_CONTENT', 'E_CRASHED', 'E_THROTTLED'),
    askedMs: fc.option(fc.integer()),
  }) as fc.Arbitrary<EndedVisit>;
  const sources = fc.record({ everyMinutes: fc.integer({ min: 1, max: 20_000 }), failures: fc.nat(50) });
  fc.assert(
    fc.property(sources, visits, fc.double({ min: 0, max: 1, noNaN: true }), (source, visit, random) => {
      const { visitMs, coolMs } = nextVisit(source, visit, random);
      expect(visitMs).toBeGreaterThan(0);
      expect(visitMs).toBeLessThanOrEqual(source.everyMinutes * 60_000);
      expect(coolMs ?? 0).toBeLessThanOrEqual(LONGEST_PAUSE_MS);
    }),
  );
});
