import { type Kysely, sql } from 'kysely';

/**
 * The operator's desk: who is logged in (of the token of a session only its SHA-256, and of the password only a mark by which a changed one is
 * told), what operators changed, the postings an operator keeps open although the board does not list them, and what first contact with boards found.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table desk_sessions (
      token_hash text primary key,
      credential text not null,
      network text not null,
      created_at timestamptz not null default now(),
      used_at timestamptz not null default now()
    )`,
    sql`create table desk_audit (
      id integer generated always as identity primary key,
      at timestamptz not null default now(),
      via text not null check (via in ('desk', 'cli')),
      who text not null,
      network text,
      what text not null,
      target text,
      before jsonb,
      after jsonb
    )`,
    sql`alter table sources add column kept_keys text[]`,
    sql`create table first_contacts (
      slug text primary key,
      system text not null,
      at timestamptz not null default now(),
      result text not null,
      why text not null,
      listed integer not null,
      total integer,
      todo text not null
    )`,
  ];
  for (const statement of statements) await statement.execute(db);
}
