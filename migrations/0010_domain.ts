import { type Kysely, sql } from 'kysely';

/** The field an employer is in, as its row of the registry says it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sources add column domain text`.execute(db);
}
