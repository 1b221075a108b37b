import { type Kysely, sql } from 'kysely';

/**
 * How likely a verdict is right about whether the holder may apply; null where it says that this is not told, for other tags, and until a posting
 * was read again. And an index for those an operator looks at first.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table posting_tags add column confidence real`.execute(db);
  await sql`create index posting_tags_doubtful on posting_tags (confidence, posting_id) where confidence < 0.9`.execute(db);
}
