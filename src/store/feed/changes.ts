import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/**
 * A text that is the same as before only if no transaction began or ended in between: then every query reads what it read before.
 * It costs no table access and also tells of transactions that commit late, which a newest `updated_at` would miss.
 */
export async function snapshotStamp(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`select pg_current_snapshot()::text as stamp`.execute(db);
  return rows[0]!.stamp;
}

/** When anything a feed may show last changed, closings and reopenings included. */
export async function lastChange(db: Kysely<Database>): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`select max(updated_at) as at from postings`.execute(db);
  return rows[0]?.at ?? null;
}
