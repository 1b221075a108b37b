import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/** What Postgres knows of a table: bytes with indexes and texts, rows that count and rows that are only space, and when it was last vacuumed by anybody. */
export type TableState = { name: string; bytes: number; live: number; dead: number; vacuumedAt: Date | null };

/** The tables of Ombre and of its queue, the one with most dead rows first; and whether autovacuum is on. */
export async function tableStates(db: Kysely<Database>): Promise<{ tables: TableState[]; autovacuum: boolean }> {
  const { rows } = await sql<TableState>`
    select relname as name, pg_total_relation_size(relid)::float8 as bytes, n_live_tup::float8 as live, n_dead_tup::float8 as dead,
      greatest(last_vacuum, last_autovacuum) as "vacuumedAt"
    from pg_stat_user_tables where schemaname in (current_schema(), 'ombre_queue') order by n_dead_tup desc, relname`.execute(db);
  const setting = await sql<{
    on: boolean;
  }>`select current_setting('autovacuum')::bool and current_setting('track_counts')::bool as "on"`.execute(db);
  return { tables: rows, autovacuum: setting.rows[0]?.on === true };
}
