import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { SHOWN } from './shown.ts';

export type SitemapPosting = { id: string; updated_at: Date };

/** A slice of the postings that are shown, the oldest first so that slices keep their members while new ones come. */
export async function sitemapPostings(db: Kysely<Database>, offset: number, limit: number): Promise<SitemapPosting[]> {
  const { rows } = await sql<SitemapPosting>`select p.id, p.updated_at from postings p where ${SHOWN}
    order by p.first_seen, p.id limit ${limit} offset ${offset}`.execute(db);
  return rows;
}
