import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/**
 * A text that is the same as before only if no transaction began or ended in between: then every query reads what it read before.
 * It costs no table access and also tells of transactions that commit late, which a newest `updated_at` would miss.
 */
export async function snapshotStamp(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`select pg_current_snapshot()::text as stamp`.execute(db);
  return rows[0]!.stamp;
}
