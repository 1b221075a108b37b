import { type Kysely, sql } from 'kysely';

/**
 * What an operator says about a posting, in the format of the project's labels, with the posting as a line of its own beside it: a label
 * teaches on when its posting is gone, so it does not refer to it. `content_hash` is that of the posting when it was labelled, `answered` what the
 * classifier had said of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table labels (
    posting_id text primary key,
    posting jsonb not null,
    label jsonb not null,
    answered jsonb not null,
    content_hash text not null,
    rules_version text,
    labelled_at timestamptz not null default now()
  )`.execute(db);
}
