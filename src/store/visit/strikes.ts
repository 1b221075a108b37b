import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

type Visit = { sourceId: number; now: Date };

const DAY_MS = 86_400_000;
/** So often its page must be gone, a day or more apart, before a posting is closed. */
const STRIKES = 2;

/** Open postings of a source that are not among `seen` and were not seen or looked at for a day, longest unseen first. */
export async function unseenPostings(
  db: Kysely<Database>,
  visit: Visit,
  seen: ReadonlySet<string>,
  most: number,
): Promise<{ key: string; url: string }[]> {
  const before = new Date(visit.now.getTime() - DAY_MS);
  return db
    .selectFrom('postings')
    .select(['key', 'url'])
    .where('source_id', '=', visit.sourceId)
    .where('closed_at', 'is', null)
    .where('last_seen', '<', before)
    .where(eb => eb.or([eb('looked_at', 'is', null), eb('looked_at', '<=', before)]))
    .where(sql<boolean>`not key = any(${[...seen]}::text[])`)
    .orderBy(sql`coalesce(looked_at, last_seen)`)
    .limit(most)
    .execute();
}

/** Counts the looks at unseen postings; a page that is there again starts the count anew. Returns the keys that have been gone often enough. */
export async function strikePostings(db: Kysely<Database>, visit: Visit, looks: { key: string; gone: boolean }[]): Promise<string[]> {
  const out: string[] = [];
  for (const { key, gone } of looks) {
    const row = await db
      .updateTable('postings')
      .set(eb => ({ looked_at: visit.now, missed: gone ? eb('missed', '+', 1) : 0 }))
      .where('source_id', '=', visit.sourceId)
      .where('key', '=', key)
      .returning('missed')
      .executeTakeFirst();
    if (row && row.missed >= STRIKES) out.push(key);
  }
  return out;
}
