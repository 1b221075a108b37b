import { type Kysely, sql } from 'kysely';

/** What a board told of a posting and no reader understood, by field; null where it was stored before that was kept. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table postings add column not_understood jsonb`.execute(db);
}
