import { type Kysely, sql } from 'kysely';

/** Columns that were written and that nothing has ever read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sources drop column path_hints`.execute(db);
  await sql`alter table postings drop column last_visit_id, drop column triage_reason`.execute(db);
}
