import type { Since } from '../store/feed/feed-filter.ts';

const HOURS = { h: 1, d: 24, w: 168 } as const;
const RELATIVE = /^(\d{1,6})([hdw])$/i;
const MOST_HOURS = 100 * 365 * 24;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Whether a text is a `since` at all: 24h, 7d, 2w, a day (UTC) or an instant. */
export function isMoment(text: string): boolean {
  const hours = hoursOf(text);
  if (hours !== null) return hours > 0 && hours <= MOST_HOURS;
  if (!DAY.test(text) && !INSTANT.test(text)) return false;
  const time = new Date(text);
  // A day such as 2026-02-30 rolls over in Date; it is no day.
  return !Number.isNaN(time.getTime()) && (!DAY.test(text) || time.toISOString().startsWith(text)) && time.getUTCFullYear() >= 1970;
}

/** Reads a text that `isMoment` holds for. */
export function sinceOf(text: string): Since {
  const hours = hoursOf(text);
  return hours === null ? { instant: new Date(text).toISOString() } : { hours };
}

function hoursOf(text: string): number | null {
  const [, count, unit] = RELATIVE.exec(text) ?? [];
  return count === undefined ? null : Number(count) * HOURS[unit?.toLowerCase() as keyof typeof HOURS];
}

/** The shortest text that reads as the same `since`. */
export function sinceText(since: Since): string {
  if ('hours' in since) {
    if (since.hours % HOURS.d === 0) return `${since.hours / HOURS.d}d`;
    return `${since.hours}h`;
  }
  return since.instant.endsWith('T00:00:00.000Z') ? since.instant.slice(0, 10) : since.instant;
}
