import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { FeedFilter } from './feed-filter.ts';

/**
 * The same filter, asking only for places that some posting has or had: all that the places besides could find is nothing, and the planner would
 * take each of them for a few postings. To be read before the postings: a transaction brings a place together with its posting.
 */
export async function withKnownPlaces(db: Kysely<Database>, filter: FeedFilter): Promise<FeedFilter> {
  const { near } = filter;
  if (!near) return filter;
  const { rows } = await sql<{ key: string }>`select distinct key from known_places where key = any(${near.keys}::text[])`.execute(db);
  return { ...filter, near: { ...near, keys: rows.map(({ key }) => key) } };
}
