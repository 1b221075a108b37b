import { strict } from 'chrono-node/en';
import type { DateFact } from './posting.ts';

/** A date as the board wrote it. `value` is its string or epoch milliseconds; `from` names the field. */
type DateWords = { value: string | number; from: string };

const DAY = 86_400_000;
const OLDEST = Date.UTC(2000, 0, 1);
const LABEL =
  /^(?:(?:date )?posted(?: on| date)?|published|created|updated|(?:application )?(?:closes|closing date|deadline|apply by|open until|expires)(?: on)?)\s*[:\-–]?\s*/i;

type Read = { at: number; value: string; precision: DateFact['precision'] };

/**
 * Reads a date and how precise it is. A time counts only with its zone (and not when it is midnight as written, which is how systems write
 * a day); `30+ days ago`, weeks and months ago, days without a year and impossible dates are null. American order where `05/06/2025` leaves it
 * open. Relative words count from the UTC day of `fetchedAt` (ISO 8601).
 *
 * A posted date ahead of the fetch by up to a day is a zone's doing and becomes the fetch; further ahead it is no posting date: null. So is one
 * before 2000. A closing date more than ten years ahead is a system's way to say never: null.
 */
export function readDate(date: DateWords | null | undefined, fetchedAt: string, kind: 'posted' | 'closes'): DateFact | null {
  const fetched = Date.parse(fetchedAt);
  if (!date || Number.isNaN(fetched)) return null;
  const read = readValue(date.value, fetched);
  if (read === null || read.at < OLDEST) return null;
  const { value, precision } = read;
  if (kind === 'closes') return read.at > fetched + 3653 * DAY ? null : { value, precision, from: date.from };
  if (read.at <= fetched) return { value, precision, from: date.from };
  if (read.at > fetched + DAY) return null;
  const clamped = new Date(fetched).toISOString();
  return { value: precision === 'time' ? clamped : clamped.slice(0, precision === 'day' ? 10 : 7), precision, from: date.from };
}

/** True for words that say a date by its distance from today, so that they change daily without news. */
export function isRelativeDate(words: string): boolean {
  return /\b(?:today|yesterday|just (?:now|posted)|ago)\b/i.test(words);
}

/**
 * True when a board told a day that cannot be read at all. Words without a figure (`Open until filled`) and those that only say about when
 * (`30+ days ago`, `2 weeks ago`) tell none; a day that is read and not believed was understood.
 */
export function isUnreadDate(value: string | number): boolean {
  const words = String(value);
  if (!/[1-9]/.test(words) || /\d\+|\b(?:weeks?|months?|years?) ago\b/i.test(words)) return false;
  return readValue(value, Date.UTC(2000, 0, 1)) === null;
}

function readValue(value: string | number, fetched: number): Read | null {
  if (typeof value === 'number') return epoch(value);
  const words = value.trim().replace(/\s+/g, ' ').slice(0, 80).replace(LABEL, '').trim();
  if (words === '') return null;
  if (/^\d{10}(?:\d{3})?$/.test(words)) return epoch(Number(words));
  return iso(words) ?? slashes(words) ?? rfc822(words) ?? relative(words, fetched) ?? prose(words, fetched);
}

/** Seconds when too small to be milliseconds of this century. */
function epoch(value: number): Read | null {
  if (!Number.isFinite(value) || value <= 0) return null;
  return instant(value < 1e11 ? value * 1000 : value);
}

function instant(at: number): Read | null {
  const date = new Date(at);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999) return null;
  const midnight = at % DAY === 0;
  const value = date.toISOString();
  return { at, value: midnight ? value.slice(0, 10) : value, precision: midnight ? 'day' : 'time' };
}

function day(year: number, month: number, date: number): Read | null {
  const at = Date.UTC(year, month - 1, date);
  const read = new Date(at);
  if (year < 1000 || read.getUTCFullYear() !== year || read.getUTCMonth() !== month - 1 || read.getUTCDate() !== date) return null;
  return { at, value: read.toISOString().slice(0, 10), precision: 'day' };
}

function month(year: number, number: number): Read | null {
  const first = day(year, number, 1);
  return first && { at: first.at, value: first.value.slice(0, 7), precision: 'month' };
}

const ISO =
  /^(\d{4})-?(\d\d)(?:-?(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)? ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?(?:\[[\w/]+\])?)?)?$/i;

function iso(words: string): Read | null {
  const match = ISO.exec(words);
  if (!match) return null;
  const [, year, monthOf, date, hour, minute, second = '0', fraction = '0', zone] = match;
  if (date === undefined) return words.includes('-') ? month(Number(year), Number(monthOf)) : null;
  const written = day(Number(year), Number(monthOf), Number(date));
  if (written === null || hour === undefined || zone === undefined) return written;
  const [hours, minutes, seconds] = [hour, minute, second].map(Number) as [number, number, number];
  if (hours > 23 || minutes > 59 || seconds > 60) return written;
  if (hours + minutes + seconds === 0) return written;
  const [, sign, ahead = '0', rest = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  const offset = sign ? (sign === '-' ? -1 : 1) * (Number(ahead) * 60 + Number(rest)) : 0;
  if (Math.abs(offset) > 18 * 60) return written;
  const at = written.at + ((hours * 60 + minutes - offset) * 60 + seconds) * 1000 + Math.trunc(Number(`0.${fraction}`) * 1000);
  return { at, value: new Date(at).toISOString(), precision: 'time' };
}

/** `05/29/2025`, `5/29/25`, `29.05.2025`, with or without a time of day, which has no zone and says nothing more. */
function slashes(words: string): Read | null {
  const match = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?:[ ,T]+\d{1,2}:\d\d.*)?$/.exec(words);
  if (!match) return null;
  const [first, second] = [Number(match[1]), Number(match[3])];
  const year = Number(match[4]) + (match[4]!.length === 2 ? 2000 : 0);
  const dayFirst = match[2] === '.' || (first > 12 && second <= 12);
  return dayFirst ? day(year, second, first) : day(year, first, second);
}

function rfc822(words: string): Read | null {
  const match = /^(?:[a-z]{3,9}, ?)?(\d{1,2}) ([a-z]{3}) (\d{4}) (\d\d):(\d\d)(?::(\d\d))? (?:GMT|UTC?|Z|[+-]\d{4}|[ECMP][SD]T)$/i.exec(
    words,
  );
  if (!match) return null;
  const at = Date.parse(words);
  if (Number.isNaN(at)) return null;
  if (Number(match[4]) + Number(match[5]) + Number(match[6] ?? 0) > 0) return instant(at);
  const written = Date.parse(`${match[1]} ${match[2]} ${match[3]} 00:00 GMT`);
  return Number.isNaN(written) ? null : instant(written);
}

function relative(words: string, fetched: number): Read | null {
  const today = Math.floor(fetched / DAY) * DAY;
  if (/^(?:today|just now|just posted)$/i.test(words)) return instant(today);
  if (/^yesterday$/i.test(words)) return instant(today - DAY);
  const match = /^(?:(?:about|over) )?(\d{1,3}|an?|one) (minute|min|hour|hr|day)s? ago$/i.exec(words);
  if (!match) return null;
  const count = /^\d/.test(match[1]!) ? Number(match[1]) : 1;
  const unit = match[2]!.toLowerCase();
  if (unit === 'day') return instant(today - count * DAY);
  const at = fetched - count * (unit.startsWith('h') ? 3_600_000 : 60_000);
  return instant(Math.floor(at / DAY) * DAY);
}

/** Dates in words, `May 29, 2025` or `29 May 2025`: only when they are the whole of the text and name the year themselves. */
function prose(words: string, fetched: number): Read | null {
  if (/\bago\b|\+/.test(words)) return null;
  const [, name, of] = /^([a-z]{3,9})\.?,? (\d{4})$/i.exec(words) ?? [];
  const first = name ? new Date(`1 ${name} ${of} GMT`) : null;
  if (first && !Number.isNaN(first.getTime())) return month(first.getUTCFullYear(), first.getUTCMonth() + 1);
  const [found, ...more] = strict.parse(words, { instant: new Date(fetched), timezone: 0 }, { forwardDate: false });
  if (!found || more.length > 0 || found.end || found.text.length < words.length * 0.7) return null;
  const { start } = found;
  const [year, number, date] = [start.get('year'), start.get('month'), start.get('day')];
  if (!start.isCertain('year') || !start.isCertain('month') || year === null || number === null) return null;
  if (!start.isCertain('day') || date === null) return month(year, number);
  if (start.isCertain('hour') && start.isCertain('timezoneOffset')) return instant(start.date().getTime());
  return day(year, number, date);
}
