import { type Kysely, sql } from 'kysely';

/** The country an employer hires in, as its row of the registry says it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sources add column country text`.execute(db);
}
