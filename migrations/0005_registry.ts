import { type Kysely, sql } from 'kysely';

/**
 * A source whose row is gone from the registry is missing first and removed later; and what comes from a recording is told by a column
 * of its own, no longer by the words of its notes.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table sources
      add column recorded boolean not null default false,
      add column missing_since timestamptz,
      add column retire_at timestamptz,
      add check (retire_at is null or missing_since is not null)`,
    // All three, as only a replay wrote them: a row of the registry may have such words in its notes.
    sql`update sources set recorded = true where notes = 'from a recording' and disabled_reason = 'from a recording' and not enabled`,
  ];
  for (const statement of statements) await statement.execute(db);
}
