import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { allOf, SHOWN, shownTests, TAKES_NONE } from './shown.ts';

export type PostingCounts = {
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
