import type { Kysely } from 'kysely';
import type { Database, Tag } from '../schema.ts';

/** Every tag of postings, by posting. */
export async function feedTags(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, Tag[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('posting_tags').selectAll().where('posting_id', 'in', ids).orderBy('kind').orderBy('name').execute();
  const tags = Map.groupBy(rows, row => row.posting_id);
  return new Map([...tags].map(([id, list]) => [id, list.map(({ posting_id: _, ...tag }) => tag)]));
}

/** The plain texts that evidence points into, by posting. */
export async function postingTexts(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('posting_texts').select(['posting_id', 'text']).where('posting_id', 'in', ids).execute();
  return new Map(rows.map(({ posting_id, text }) => [posting_id, text]));
}
