import { type Kysely, sql } from 'kysely';

/**
 * The code of what ended a visit: which of the partial ones reached a limit is told from the others by it, and not by their words.
 * And an index for the texts that are kept no longer.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table visits add column code text`.execute(db);
  await sql`create index postings_closed_texts on postings (closed_at) where has_body and closed_at is not null`.execute(db);
}
