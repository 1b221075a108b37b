import { DateTime, IANAZone } from 'luxon';
import type { Rhythm } from '../store/digest/subscriptions.ts';
import { entryMistake, quoted } from './entry-mistake.ts';

/** Days by their ISO number, Monday first. */
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export const DEFAULT_RHYTHM: Rhythm = { every: 'weekly', weekday: 1, hour: 7, zone: 'America/New_York' };

/** A rhythm as a form, a program or a command gives it: texts or numbers, what is left out takes the default. Throws E_ENTRY. */
export function readRhythm(given: { every?: unknown; weekday?: unknown; hour?: unknown; zone?: unknown }): Rhythm {
  const every = said(given.every) ?? DEFAULT_RHYTHM.every;
  if (every !== 'daily' && every !== 'weekly')
    throw entryMistake('cadence', `how often (the cadence) is ${quoted(given.every)}; please choose daily or weekly`, 'daily or weekly');
  const zone = said(given.zone) ?? DEFAULT_RHYTHM.zone;
  // An offset such as +05:00 would be taken too, but knows no daylight saving time.
  if (!/^[A-Za-z]/.test(zone) || !IANAZone.isValidZone(zone))
    throw entryMistake(
      'zone',
      `the time zone ${quoted(given.zone)} is not one we know; please choose one of the list, such as America/Chicago`,
      'a time zone such as America/Chicago',
    );
  return {
    every,
    weekday: whole('weekday', given.weekday, [1, 7], DEFAULT_RHYTHM.weekday),
    hour: whole('hour', given.hour, [0, 23], DEFAULT_RHYTHM.hour),
    zone,
  };
}

/**
 * The first moment after `after` when the clock of the zone shows the hour, on the weekday where it is weekly. Where the clock skips that
 * hour, the moment it jumps to; where it shows the hour twice, the first time. So every local day has exactly one.
 */
export function nextDue({ every, weekday, hour, zone }: Rhythm, after: Date): Date {
  const today = DateTime.fromJSDate(after, { zone }).startOf('day');
  for (let day = 0; day <= 8; day++) {
    const date = today.plus({ days: day });
    if (every === 'weekly' && date.weekday !== weekday) continue;
    const due = firstAt(date, hour);
    if (due.toMillis() > after.getTime()) return due.toJSDate();
  }
  throw new RangeError(`no due time after ${after.toISOString()} in ${zone}`);
}

/** `every Monday at 7 a.m. Eastern Time`. */
export function describeRhythm({ every, weekday, hour, zone }: Rhythm): string {
  return `every ${every === 'daily' ? 'day' : WEEKDAYS[weekday - 1]} at ${clockWords(hour)} ${zoneWords(zone)}`;
}

/** An hour as Americans say it. */
export function clockWords(hour: number): string {
  if (hour % 12 === 0) return hour === 0 ? 'midnight' : 'noon';
  return `${hour % 12} ${hour < 12 ? 'a.m.' : 'p.m.'}`;
}

/** The name people know a zone by; what has none is told by its own. */
function zoneWords(zone: string): string {
  const name = DateTime.utc().setZone(zone).setLocale('en-US').toLocaleParts({ timeZoneName: 'longGeneric' });
  const words = name.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
  return /^GMT|^UTC/.test(words) ? zone.replaceAll('_', ' ') : words;
}

function firstAt(date: DateTime, hour: number): DateTime {
  const set = date.set({ hour });
  // Of an hour that is shown twice, luxon may give either.
  const earlier = set.minus({ hours: 1 });
  return earlier.hour === set.hour && earlier.hasSame(set, 'day') ? earlier : set;
}

function said(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'string' ? value.trim() : String(value);
}

function whole(field: string, value: unknown, [min, max]: readonly [number, number], fallback: number): number {
  const text = said(value);
  if (text === null) return fallback;
  const number = Number(text);
  if (!/^\d{1,2}$/.test(text) || number < min || number > max)
    throw entryMistake(
      field,
      `the ${field} is ${quoted(value)}; please choose a whole number from ${min} to ${max}`,
      `a whole number from ${min} to ${max}`,
    );
  return number;
}
