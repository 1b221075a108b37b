import type { Filter } from '../feed/filter.ts';

/** Parts of the clock that make an answer old although nothing was stored: they name what is kept in memory, and are never stored. */

/** The minute, for a filter whose window moves with the clock; for any other, nothing. */
export function minuteOf({ since, posted_since }: Pick<Filter, 'since' | 'posted_since'>): string {
  const moves = [since, posted_since].some(moment => moment !== null && 'hours' in moment);
  return moves ? String(Math.floor(Date.now() / 60_000)) : '';
}

/** The hour, for pages with marks such as "new". */
export function hour(): string {
  return String(Math.floor(Date.now() / 3_600_000));
}

/** The day (UTC, `2026-11-01`), for numbers of the last week. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
