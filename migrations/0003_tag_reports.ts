import { type Kysely, sql } from 'kysely';

/** What readers say is tagged wrong, for the operator. Nothing of the reader is kept: no address, no name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table tag_reports (
      id bigint generated always as identity primary key,
      posting_id text not null references postings (id),
      tag text not null,
      expected text,
      note text,
      rules_version text,
      created_at timestamptz not null default now(),
      handled_at timestamptz
    )`,
    sql`create index tag_reports_open on tag_reports (posting_id) where handled_at is null`,
  ];
  for (const statement of statements) await statement.execute(db);
}
