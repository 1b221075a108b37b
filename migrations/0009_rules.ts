import { type Kysely, sql } from 'kysely';

/** The versions of rules and classifier that have tagged postings here, and since when each was the one in force. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table rules_versions (
    version text primary key,
    first_seen timestamptz not null default now(),
    seen_at timestamptz not null default now(),
    in_force_since timestamptz
  )`.execute(db);
}
