import { createHash } from 'node:crypto';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database, Tag } from '../schema.ts';
import { feedTotal } from './counts.ts';
import { feedTags } from './evidence.ts';
import type { Cursor, FeedFilter } from './feed-filter.ts';
import { type Mark, type Order, ordered } from './orders.ts';
import { DEFAULT_LIMIT, FEED_PAGE, FEED_WINDOW_START, shownOfFeed } from './page-size.ts';
import { COLUMNS, type FeedPosting, postingOf, type Row } from './posting-row.ts';
import { allOf, HAS_PAGE, SHOWN } from './shown.ts';
import { testsFor } from './where.ts';

export type { FeedPosting } from './posting-row.ts';

export type FeedPage = {
  items: FeedPosting[];
  /** Where the next page begins; null on the last. */
  next: Cursor | null;
  /** Exact up to 1,000; `capped` when there are more. Null when it was not asked for. */
  total: { value: number; capped: boolean } | null;
  /** Equal to `feedRevision` of the same filter and the same stored postings. */
  revision: string;
};

/** The cursor's instant, to the microsecond, whatever the session's time zone. */
const EXACT_FIRST_SEEN = sql<string>`to_char(p.first_seen at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

type PageRow = Row & RevisionRow & { exact_first_seen: string };

/** `bodies` adds HTML and text, `total` counts; `recent`: a page that the filter sets no limit to is as long as those of feeds. */
type Wanted = { bodies?: boolean; total?: boolean; recent?: boolean };

/** One page of the postings a filter asks for, newest first. */
export async function feedPage(db: Kysely<Database>, filter: FeedFilter, want: Wanted = { total: true }): Promise<FeedPage> {
  const body = want.bodies ? sql`, t.html, t.text` : sql``;
  const bodies = want.bodies ? sql`left join posting_texts t on t.posting_id = p.id` : sql``;
  const page = await pageOf(db, filter, want.recent);
  const [{ rows }, total] = await Promise.all([
    sql<PageRow>`select ${COLUMNS}, ${EXACT_FIRST_SEEN} as exact_first_seen, p.updated_at::text as exact_updated_at, p.fresh ${body}
      from (${page}) p join sources s on s.id = p.source_id ${bodies}
      order by p.first_seen desc, p.id desc`.execute(db),
    want.total ? feedTotal(db, filter) : null,
  ]);
  const shown = rows.slice(0, shownOf(rows, filter, want.recent));
  const last = shown.at(-1);
  return {
    items: shown.map(postingOf),
    next: rows.length > shown.length && last ? { firstSeen: last.exact_first_seen, id: last.id } : null,
    total,
    revision: revisionOf(rows, shown.length, total),
  };
}

export type SortedPage = {
  items: FeedPosting[];
  /** What each posting is sorted by, by its id; null where it has no such value. */
  keys: Map<string, string | null>;
  next: Mark | null;
  total: { value: number; capped: boolean };
};

/** One page of the postings a filter asks for in an order for people; `filter.cursor`, which is of the feed's order, says nothing here. */
export async function sortedPage(db: Kysely<Database>, filter: FeedFilter, order: Order, after: Mark | null): Promise<SortedPage> {
  const { key, by, tests } = ordered(order, after);
  const limit = filter.limit ?? DEFAULT_LIMIT;
  const where = allOf([...(await testsFor(db, filter)), ...tests]);
  const [{ rows }, total] = await Promise.all([
    sql<Row & { sort_key: string | null }>`select ${COLUMNS}, p.sort_key
      from (select p.*, ${key} as sort_key from postings p where ${where} order by ${by} limit ${limit + 1}) p
      join sources s on s.id = p.source_id order by ${by}`.execute(db),
    feedTotal(db, filter),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(postingOf),
    keys: new Map(shown.map(({ id, sort_key }) => [id, sort_key])),
    next: rows.length > limit && last ? { key: last.sort_key, id: last.id } : null,
    total,
  };
}

/** What changes when a page's bytes may change, without reading more than ids and times. */
export async function feedRevision(
  db: Kysely<Database>,
  filter: FeedFilter,
  want: Omit<Wanted, 'bodies'> = {},
): Promise<{ revision: string }> {
  const page = await pageOf(db, filter, want.recent);
  const [{ rows }, total] = await Promise.all([
    sql<RevisionRow>`select p.id, p.updated_at::text as exact_updated_at, p.fresh from (${page}) p
      order by p.first_seen desc, p.id desc`.execute(db),
    want.total ? feedTotal(db, filter) : null,
  ]);
  return { revision: revisionOf(rows, shownOf(rows, filter, want.recent), total) };
}

export type PostingDetail = FeedPosting & {
  duplicate_of: string | null;
  last_seen: Date;
  text: string;
  tags: Tag[];
  rules_version: string | null;
};

/** One posting by its id with its text and tags, open or closed; null when there is none that was ever worth showing. */
export async function feedPosting(db: Kysely<Database>, id: string): Promise<PostingDetail | null> {
  const { rows } = await sql<Row & Pick<PostingDetail, 'duplicate_of' | 'last_seen' | 'rules_version'> & { text: string | null }>`
    select ${COLUMNS}, p.duplicate_of, p.last_seen, p.rules_version, t.text, t.html from postings p join sources s on s.id = p.source_id
    left join posting_texts t on t.posting_id = p.id where p.id = ${id} and ${HAS_PAGE}`.execute(db);
  const row = rows[0];
  if (!row) return null;
  const tags = (await feedTags(db, [id])).get(id) ?? [];
  const { duplicate_of, last_seen, rules_version } = row;
  return { ...postingOf(row), duplicate_of, last_seen, rules_version, text: row.text ?? '', tags };
}

/** Postings by their ids, in the order given; what is not there or not worth showing is left out. */
export async function postingsById(db: Kysely<Database>, ids: readonly string[]): Promise<FeedPosting[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`select ${COLUMNS} from postings p join sources s on s.id = p.source_id
    where p.id = any(${ids}::text[]) and ${HAS_PAGE} order by array_position(${ids}::text[], p.id)`.execute(db);
  return rows.map(postingOf);
}

/** The rows of a page and one more, if there is one, which tells that there is a next page. `fresh`: within the window of a feed. */
async function pageOf(db: Kysely<Database>, filter: FeedFilter, recent = false): Promise<RawBuilder<unknown>> {
  const tests = await testsFor(db, filter);
  const { cursor } = filter;
  if (cursor) tests.push(sql`(p.first_seen, p.id) < (${cursor.firstSeen}::timestamptz, ${cursor.id})`);
  const newest = (limit: number) => sql`from postings p where ${allOf(tests)} order by p.first_seen desc, p.id desc limit ${limit + 1}`;
  if (!recent || filter.limit !== null) return sql`select p.*, false as fresh ${newest(filter.limit ?? DEFAULT_LIMIT)}`;
  return sql`select p.* from (
    select p.*, p.first_seen >= ${FEED_WINDOW_START} as fresh, row_number() over newest as place,
      lag(p.first_seen) over newest >= ${FEED_WINDOW_START} as behind_fresh
    from (select p.* ${newest(FEED_PAGE.most)}) p window newest as (order by p.first_seen desc, p.id desc)
  ) p where p.place <= ${FEED_PAGE.limit + 1} or p.behind_fresh`;
}

function shownOf(rows: readonly { fresh: boolean }[], { limit }: FeedFilter, recent = false): number {
  if (recent && limit === null) return shownOfFeed(rows);
  return Math.min(rows.length, limit ?? DEFAULT_LIMIT);
}

type RevisionRow = { id: string; exact_updated_at: string; fresh: boolean };

function revisionOf(rows: readonly RevisionRow[], shown: number, total: FeedPage['total']): string {
  const hash = createHash('sha256');
  for (const row of rows) hash.update(`${row.id} ${row.exact_updated_at}\n`);
  return hash
    .update(`${shown} ${JSON.stringify(total)}`)
    .digest('base64url')
    .slice(0, 22);
}

type SitemapPosting = { id: string; updated_at: Date };

/** A slice of the postings that are shown, the oldest first so that slices keep their members while new ones come. */
export async function sitemapPostings(db: Kysely<Database>, offset: number, limit: number): Promise<SitemapPosting[]> {
  const { rows } = await sql<SitemapPosting>`select p.id, p.updated_at from postings p where ${SHOWN}
    order by p.first_seen, p.id limit ${limit} offset ${offset}`.execute(db);
  return rows;
}
