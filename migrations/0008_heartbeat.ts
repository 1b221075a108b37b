import { type Kysely, sql } from 'kysely';

/** Processes that make visits, as they tell of themselves while they work; and proxies that TRUST_PROXY does not name, as the API met them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table heartbeats (
      id uuid primary key,
      host text not null,
      pid integer not null,
      digest_key text,
      started_at timestamptz not null default now(),
      beaten_at timestamptz not null default now(),
      stopped_at timestamptz
    )`,
    sql`create table proxy_sightings (
      peer text primary key,
      header text not null,
      seen_at timestamptz not null default now()
    )`,
  ];
  for (const statement of statements) await statement.execute(db);
}
