import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

export type PostingCounts = {
  /** Every posting ever stored. */
  seen: number;
  /** Open, not a duplicate, and of one of the paths: what the feed shows. */
  nonclinical: number;
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
  const shown = sql<boolean>`closed_at is null and duplicate_of is null`;
  const counts = await db
    .selectFrom('postings')
    .select(eb => [
      eb.fn.countAll<number>().as('seen'),
      sql<number>`count(*) filter (where ${shown} and relevance = 'nonclinical')`.as('nonclinical'),
      sql<number>`count(*) filter (where ${shown} and relevance = 'clinical')`.as('clinical'),
      sql<number>`count(*) filter (where ${shown} and relevance = 'other')`.as('other'),
      sql<number>`count(*) filter (where ${shown} and triage = 'drop')`.as('dropped'),
      sql<number>`count(*) filter (where duplicate_of is not null)`.as('duplicates'),
      sql<number>`count(*) filter (where closed_at is not null)`.as('closed'),
    ])
    .executeTakeFirstOrThrow();
  const paths = await db
    .selectFrom('postings')
    .select([sql<string>`unnest(paths)`.as('path'), sql<number>`count(*)`.as('open')])
    .where(shown)
    .where('relevance', '=', 'nonclinical')
    .groupBy('path')
    .orderBy('path')
    .execute();
  return { ...counts, per_path: Object.fromEntries(paths.map(row => [row.path, row.open])) };
}
