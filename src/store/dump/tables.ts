import { type QueryExecutorProvider, sql } from 'kysely';

/** Tables that an export leaves out, each with the reason. Every other table is in it, also one that was added yesterday. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  kysely_migration: 'the header names the newest migration, and an import makes the tables by migrating',
  kysely_migration_lock: 'a lock of running processes',
  robots_verdicts: 'read again from the host before the next request to it',
  rules_versions: 'told anew by every worker that runs',
  heartbeats: 'of running processes',
  proxy_sightings: 'seen again with the next request',
  feed_revision: 'raised at the end of an import',
  desk_sessions: 'of browsers, whose operators log in again',
};

export type DumpTable = {
  name: string;
  /** In their order, without those that Postgres computes. */
  columns: string[];
  /** The columns of the primary key, in its order; rows are written in it. */
  key: string[];
  /** The columns that are numbered by a counter. */
  counted: string[];
};

/** The tables of an export, as the catalog has them: what a migration adds is in it without a word here. */
export async function dumpTables(db: QueryExecutorProvider): Promise<DumpTable[]> {
  const { rows } = await sql<DumpTable>`
    select c.relname as name,
      array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as columns,
      coalesce((select array_agg(k.attname::text order by array_position(i.indkey::int2[], k.attnum))
        from pg_index i join pg_attribute k on k.attrelid = i.indrelid and k.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary), '{}') as key,
      coalesce(array_agg(a.attname::text order by a.attnum) filter (where pg_get_serial_sequence(c.oid::regclass::text, a.attname) is not null), '{}')
        as counted
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    group by c.oid, c.relname
    order by c.relname`.execute(db);
  return rows.filter(({ name }) => !(name in LEFT_OUT));
}
