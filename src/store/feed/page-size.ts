import { type RawBuilder, sql } from 'kysely';

/** Postings on a page when nobody says how many. */
export const DEFAULT_LIMIT = 50;

/**
 * A page of a feed when nobody says how many: `limit`, or everything first seen in the last `hours` if that is more, but never more than
 * `most`. Readers look at one page only, so that what comes in one visit has to be on it.
 */
export const FEED_PAGE = { limit: 100, hours: 48, most: 500 } as const;

/** Where the window of a feed begins: it moves once an hour and not with each request, and is never shorter than it says. */
export const FEED_WINDOW_START: RawBuilder<Date> = sql`date_trunc('hour', now()) - make_interval(hours => ${sql.lit(FEED_PAGE.hours)})`;

/** How many rows of a feed's page are shown; they are newest first, and one more than the page tells that there is a next one. */
export function shownOfFeed(rows: readonly { fresh: boolean }[]): number {
  const older = rows.findIndex(({ fresh }, i) => i >= FEED_PAGE.limit && !fresh);
  return Math.min(older === -1 ? rows.length : older, FEED_PAGE.most);
}
