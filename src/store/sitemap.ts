import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

export type SitemapPosting = { id: string; updated_at: Date };

/** A slice of the open postings, the oldest first so that slices keep their members while new ones come. */
export async function sitemapPostings(db: Kysely<Database>, offset: number, limit: number): Promise<SitemapPosting[]> {
  const { rows } = await sql<SitemapPosting>`select id, updated_at from postings
    where relevance = 'nonclinical' and closed_at is null and duplicate_of is null
    order by first_seen, id limit ${limit} offset ${offset}`.execute(db);
  return rows;
}
