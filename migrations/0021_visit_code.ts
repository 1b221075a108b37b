import { type Kysely, sql } from 'kysely';

/** The code of what ended a visit: which of the partial ones reached a limit is told from the others by it, and not by their words. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table visits add column code text`.execute(db);
}
