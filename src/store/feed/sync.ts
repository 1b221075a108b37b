import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { countUpToCap } from './counts.ts';
import type { FeedFilter, Since } from './feed-filter.ts';
import { COLUMNS, type FeedPosting, postingOf, type Row } from './posting-row.ts';
import { allOf, SHOWN } from './shown.ts';
import { momentOf, testsFor } from './where.ts';

/** How far back a mirror is sent again, in minutes: longer than any transaction takes from its time to its commit. */
const OVERLAP_MINUTES = 10;

/** Where a page of changes ended: when it changed, to the microsecond, and its id. */
export type ChangeKey = { changed: string; id: string };
export type ChangesPage<T> = { items: T[]; next: ChangeKey | null; total: { value: number; capped: boolean } };

/** A posting that is not shown any more: since when, and why. */
export type Tombstone = { id: string; closed_at: Date; closed_reason: string };

const EXACT_CHANGED = sql<string>`to_char(p.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * The time before which nothing can change any more, by the clock of the database: what is asked for since then misses nothing. Times are
 * taken before a transaction commits, so it lies before the oldest one under way, and ten minutes before that. To be read before any page.
 */
export async function settledBefore(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{
    at: string;
  }>`select to_char((least(now(), min(a.xact_start)) - make_interval(mins => ${sql.lit(OVERLAP_MINUTES)}))
    at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from pg_stat_activity a where a.datname = current_database()`.execute(db);
  return rows[0]!.at;
}

/** Postings of a filter that are new or changed since, the oldest change first. */
export async function changedPostings(
  db: Kysely<Database>,
  filter: FeedFilter,
  since: Since,
  { after, limit }: { after: ChangeKey | null; limit: number },
): Promise<ChangesPage<FeedPosting>> {
  const tests = [...(await testsFor(db, filter)), changedSince(since)];
  const [{ rows }, total] = await Promise.all([
    sql<Row & { changed: string }>`select ${COLUMNS}, ${EXACT_CHANGED} as changed from (${pageOf(tests, after, limit)}) p
      join sources s on s.id = p.source_id order by p.updated_at, p.id`.execute(db),
    countUpToCap(db, tests),
  ]);
  return { ...cut(rows, limit, postingOf), total };
}

/**
 * What is not shown any more since, the oldest first: closed, a duplicate by now, or judged anew. Only what changed after it was first seen: all
 * else was never shown. A posting of which the mirror has not heard may be among them.
 */
export async function closedPostings(
  db: Kysely<Database>,
  since: Since,
  { after, limit }: { after: ChangeKey | null; limit: number },
): Promise<ChangesPage<Tombstone>> {
  const tests = [sql<SqlBool>`(${SHOWN}) is not true`, sql<SqlBool>`p.updated_at > p.first_seen`, changedSince(since)];
  const [{ rows }, total] = await Promise.all([
    sql<Tombstone & { changed: string }>`select p.id, coalesce(p.closed_at, p.updated_at) as closed_at,
      case when p.closed_at is not null then coalesce(p.closed_reason, 'not_listed') when p.duplicate_of is not null then 'duplicate' else 'not_shown' end
        as closed_reason,
      ${EXACT_CHANGED} as changed from (${pageOf(tests, after, limit)}) p order by p.updated_at, p.id`.execute(db),
    countUpToCap(db, tests),
  ]);
  return { ...cut(rows, limit, ({ changed: _, ...row }) => row), total };
}

function changedSince(since: Since): RawBuilder<SqlBool> {
  return sql<SqlBool>`p.updated_at >= ${momentOf(since)}`;
}

/** The rows of a page and one more, which tells that there is a next one. */
function pageOf(tests: readonly RawBuilder<SqlBool>[], after: ChangeKey | null, limit: number): RawBuilder<unknown> {
  const beyond = after ? [sql<SqlBool>`(p.updated_at, p.id) > (${after.changed}::timestamptz, ${after.id})`] : [];
  return sql`select p.* from postings p where ${allOf([...tests, ...beyond])} order by p.updated_at, p.id limit ${limit + 1}`;
}

function cut<R extends { id: string; changed: string }, T>(rows: readonly R[], limit: number, of: (row: R) => T) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(of), next: rows.length > limit && last ? { changed: last.changed, id: last.id } : null };
}
