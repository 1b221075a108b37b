import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * A text that is the same as before only if nothing that readers see was changed in between: postings and sources (not when each was last looked
 * at), and what robots.txt said. Triggers raise its number in the transaction of the change, so that it is seen with it and not before; the
 * transaction is told as well, as a database that was restored counts on from an older number.
 */
export async function feedStamp(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`select number || '.' || xmin as stamp from feed_revision`.execute(db);
  if (rows[0] === undefined) throw new Error('the table feed_revision has lost its row');
  return rows[0].stamp;
}

/** Tells of a change that no trigger saw. */
export async function raiseFeed(db: Kysely<Database>): Promise<void> {
  await sql`update feed_revision set number = number + 1`.execute(db);
}

/** When anything a feed may show last changed, closings and reopenings included. */
export async function lastChange(db: Kysely<Database>): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select max(updated_at) as at from postings`.execute(db);
  return rows[0]?.at ?? null;
}
