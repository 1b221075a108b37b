import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { FeedFilter } from './feed-filter.ts';
import { type FeedPosting, feedPage } from './postings.ts';
import { allOf } from './shown.ts';
import { testsFor } from './where.ts';

/** Postings in memory at a time: a text may have hundreds of kilobytes. */
const BATCH = 200;

/**
 * Every posting of a filter with its text, newest first, a batch at a time. No transaction is held open while somebody reads slowly; the keys
 * that pages go by never change, so that each posting comes once, whatever is stored meanwhile.
 */
export async function* allPostings(db: Kysely<Database>, filter: FeedFilter): AsyncGenerator<FeedPosting[]> {
  let cursor: FeedFilter['cursor'] = null;
  do {
    const { items, next } = await feedPage(db, { ...filter, limit: BATCH, cursor }, { bodies: true });
    if (items.length > 0) yield items;
    cursor = next;
  } while (cursor);
}

/** Another text whenever a posting of the filter is another, without reading more than ids and times. */
export async function postingsDigest(db: Kysely<Database>, filter: FeedFilter): Promise<{ digest: string }> {
  const { rows } = await sql<{ digest: string }>`
    select count(*) || ' ' || coalesce(sum(hashtextextended(p.id || extract(epoch from p.updated_at)::text, 0)), 0) as digest
    from postings p where ${allOf(await testsFor(db, filter))}`.execute(db);
  return rows[0]!;
}
