import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { nextDue, readRhythm } from '../../src/digest/cadence.ts';
import type { Rhythm } from '../../src/store/digest/subscriptions.ts';

/** Zones with daylight saving time in both halves of the world, without, with half hours, across the date line, and with a jump at midnight. */
const ZONES = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
  'America/St_Johns',
  'America/Santiago',
  'America/Asuncion',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'Pacific/Kiritimati',
];

const hour = fc.integer({ min: 0, max: 23 });
const zone = fc.constantFrom(...ZONES);
const day = fc.integer({ min: 1, max: 7 });

/** Every due time in a year. */
function year(rhythm: Rhythm, from = '2026-01-01T00:00:00Z'): DateTime[] {
  const end = Date.parse(from) + 366 * 86_400_000;
  const all: DateTime[] = [];
  for (let at = nextDue(rhythm, new Date(from)); at.getTime() < end; at = nextDue(rhythm, at))
    all.push(DateTime.fromJSDate(at, { zone: rhythm.zone }));
  return all;
}

describe('due times', () => {
  test.each(ZONES)('come once on every local day of a year, at the hour the clock shows, in %s', zone => {
    fc.assert(
      fc.property(hour, hour => {
        const all = year({ every: 'daily', weekday: 1, hour, zone });
        const first = all[0]!.startOf('day');
        expect(all.map(at => at.toISODate())).toEqual(all.map((_, n) => first.plus({ days: n }).toISODate()));
        // Only where the clock skips the hour is another one shown, and then the next.
        for (const at of all)
          if (at.hour !== hour) expect([at.minus({ minutes: 1 }).hour, at.hour]).toEqual([(hour + 23) % 24, (hour + 1) % 24]);
      }),
      { numRuns: 3, examples: [[0], [2]] },
    );
  });

  test.each(ZONES)('come once a week on the weekday, in %s', zone => {
    fc.assert(
      fc.property(hour, day, (hour, weekday) => {
        const all = year({ every: 'weekly', weekday, hour, zone });
        const first = all[0]!.startOf('day');
        expect(all.length).toBeGreaterThanOrEqual(52);
        expect(all[0]!.weekday).toBe(weekday);
        expect(all.map(at => at.toISODate())).toEqual(all.map((_, n) => first.plus({ weeks: n }).toISODate()));
      }),
      { numRuns: 3 },
    );
  });

  test('are after the moment asked about, whenever that is', () => {
    const any = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(zone, hour, any, fc.constantFrom('daily' as const, 'weekly' as const), (zone, hour, after, every) => {
        const due = nextDue({ every, weekday: 3, hour, zone }, after);
        expect(due.getTime()).toBeGreaterThan(after.getTime());
        expect(due.getTime() - after.getTime()).toBeLessThanOrEqual((every === 'daily' ? 1 : 7) * 86_400_000 + 2 * 3_600_000);
      }),
    );
  });

  test('skip forward where the clock does, and take the first of an hour shown twice', () => {
    const at = (hour: number, after: string) =>
      nextDue({ every: 'daily', weekday: 1, hour, zone: 'America/New_York' }, new Date(after)).toISOString();
    expect(at(2, '2026-03-08T05:30:00Z')).toBe('2026-03-08T07:00:00.000Z');
    expect(at(1, '2026-11-01T04:30:00Z')).toBe('2026-11-01T05:00:00.000Z');
    expect(at(1, '2026-11-01T05:00:00Z')).toBe('2026-11-02T06:00:00.000Z');
  });
});

test.each([
  [{ every: 'hourly' }, /cadence/],
  [{ hour: '24' }, /hour/],
  [{ hour: '7.5' }, /hour/],
  [{ weekday: 0 }, /weekday/],
  [{ zone: 'Mars/Olympus' }, /zone/],
  [{ zone: '+05:00' }, /zone/],
  [{ zone: 'America/New_York\r\nBcc: x' }, /zone/],
])('a rhythm of %j is refused', (given, told) => {
  expect(() => readRhythm(given)).toThrow(told);
});
