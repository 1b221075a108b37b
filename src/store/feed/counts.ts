import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { FeedFilter } from './feed-filter.ts';
import { allOf, SHOWN, shownTests, TAKES_NONE } from './shown.ts';
import { testsFor } from './where.ts';

const TOTAL_CAP = 1000;

type PostingCounts = {
  /** Every posting ever stored. */
  seen: number;
  /** What the feed shows: open, not a duplicate, of one of the paths, and not closed to all five. */
  nonclinical: number;
  /** The same, but all five are told that they may not apply. */
  barred: number;
  clinical: number;
  other: number;
  /** Left unread by triage. */
  dropped: number;
  duplicates: number;
  closed: number;
  per_path: Record<string, number>;
};

/** How many postings of each kind are stored. */
export async function countPostings(db: Kysely<Database>): Promise<PostingCounts> {
  const open = sql<boolean>`p.closed_at is null and p.duplicate_of is null`;
  const barred = allOf([...shownTests(['barred']), TAKES_NONE]);
  const counts = await db
    .selectFrom('postings as p')
    .select(eb => [
      eb.fn.countAll<number>().as('seen'),
      sql<number>`count(*) filter (where ${SHOWN})`.as('nonclinical'),
      sql<number>`count(*) filter (where ${barred})`.as('barred'),
      sql<number>`count(*) filter (where ${open} and relevance = 'clinical')`.as('clinical'),
      sql<number>`count(*) filter (where ${open} and relevance = 'other')`.as('other'),
      sql<number>`count(*) filter (where ${open} and triage = 'drop')`.as('dropped'),
      sql<number>`count(*) filter (where duplicate_of is not null)`.as('duplicates'),
      sql<number>`count(*) filter (where closed_at is not null)`.as('closed'),
    ])
    .executeTakeFirstOrThrow();
  const paths = await db
    .selectFrom('postings as p')
    .select([sql<string>`unnest(paths)`.as('path'), sql<number>`count(*)`.as('open')])
    .where(SHOWN)
    .groupBy('path')
    .orderBy('path')
    .execute();
  return { ...counts, per_path: Object.fromEntries(paths.map(row => [row.path, row.open])) };
}

/** All stored postings, each counted once. `unread`: triage by title dropped it, or it has not been classified; `duplicate`: told under another posting. */
export async function postingsByState(db: Kysely<Database>): Promise<{ state: 'open' | 'closed'; relevance: string; count: number }[]> {
  const { rows } = await sql<{ state: 'open' | 'closed'; relevance: string; count: number }>`select
    case when closed_at is null then 'open' else 'closed' end as state,
    case when duplicate_of is not null then 'duplicate' when triage = 'drop' then 'unread' else coalesce(relevance, 'unread') end as relevance,
    count(*) as count from postings group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}

/** Number of postings that are shown without any filter, exactly: all that take anybody or nobody, less those that take none. Both are counted in an index alone. */
export async function openPostings(db: Kysely<Database>): Promise<{ value: number }> {
  const all = allOf(shownTests(['barred']));
  const { rows } = await sql<{ value: number }>`select
    (select count(*) from postings p where ${all}) - (select count(*) from postings p where ${all} and ${TAKES_NONE}) as value`.execute(db);
  return { value: rows[0]?.value ?? 0 };
}

/** Whether anything is shown at all. */
export async function anyOpenPosting(db: Kysely<Database>): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`select exists (select from postings p where ${SHOWN}) as any`.execute(db);
  return rows[0]?.any ?? false;
}

/** Number of postings a filter asks for: exact up to 1,000, then capped. */
export async function feedTotal(db: Kysely<Database>, filter: FeedFilter): Promise<{ value: number; capped: boolean }> {
  return await countUpToCap(db, await testsFor(db, filter));
}

/** Number of postings a filter leaves out only because they take none of the five, counted as `feedTotal` does; 0 when it lets them in. */
export async function takeNoneTotal(db: Kysely<Database>, filter: FeedFilter): Promise<{ value: number; capped: boolean }> {
  const asksForOthers = filter.verdict.length > 0 && !filter.verdict.includes('barred');
  if (filter.include.includes('barred') || asksForOthers) return { value: 0, capped: false };
  const wider = await testsFor(db, { ...filter, include: [...filter.include, 'barred'] });
  return await countUpToCap(db, [...wider, TAKES_NONE]);
}

/** Number of rows of `postings p` that hold all tests: exact up to 1,000, then capped. */
export async function countUpToCap(
  db: Kysely<Database>,
  tests: readonly RawBuilder<SqlBool>[],
): Promise<{ value: number; capped: boolean }> {
  const { rows } = await sql<{ value: number }>`select count(*) as value from
    (select 1 from postings p where ${allOf(tests)} limit ${TOTAL_CAP + 1}) counted`.execute(db);
  const value = rows[0]?.value ?? 0;
  return { value: Math.min(value, TOTAL_CAP), capped: value > TOTAL_CAP };
}
