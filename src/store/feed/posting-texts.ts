import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** The plain texts that evidence points into, by posting. */
export async function postingTexts(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('posting_texts').select(['posting_id', 'text']).where('posting_id', 'in', ids).execute();
  return new Map(rows.map(({ posting_id, text }) => [posting_id, text]));
}
