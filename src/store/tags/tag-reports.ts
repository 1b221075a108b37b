import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** A reader's word that a tag is wrong. `tag` is `kind:name`, such as `verdict:OTA`; `expected` what it should be. */
type TagReport = { posting_id: string; tag: string; expected: string | null; note: string | null };
type StoredTagReport = TagReport & { id: number; title: string; rules_version: string | null; created_at: Date };

/** Open reports kept of one posting: enough to see that many people object, too few to fill the database through one form. */
const MOST_PER_POSTING = 25;

/** Keeps a report with the rules version the posting was tagged by. False when there is no such posting or it has enough open reports. */
export async function addTagReport(db: Kysely<Database>, { posting_id, tag, expected, note }: TagReport): Promise<boolean> {
  const { rows } = await sql`
    insert into tag_reports (posting_id, tag, expected, note, rules_version)
    select p.id, ${tag}, ${expected}, ${note}, p.rules_version from postings p where p.id = ${posting_id}
      and (select count(*) from tag_reports r where r.posting_id = p.id and r.handled_at is null) < ${MOST_PER_POSTING}
    returning id`.execute(db);
  return rows.length > 0;
}

/** The reports nobody has handled yet, newest first. */
export async function openTagReports(db: Kysely<Database>, limit = 100): Promise<StoredTagReport[]> {
  return await db
    .selectFrom('tag_reports as r')
    .innerJoin('postings as p', 'p.id', 'r.posting_id')
    .select(['r.id', 'r.posting_id', 'p.title', 'r.tag', 'r.expected', 'r.note', 'r.rules_version', 'r.created_at'])
    .where('r.handled_at', 'is', null)
    .orderBy('r.id', 'desc')
    .limit(limit)
    .execute();
}

/** Marks reports as handled; returns how many were open. */
export async function handleTagReports(db: Kysely<Database>, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0;
  const result = await db
    .updateTable('tag_reports')
    .set({ handled_at: sql`now()` })
    .where('id', 'in', ids)
    .where('handled_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Deletes reports that were handled before so many days, at most `most`. Returns how many there were. */
export async function forgetTagReports(db: Kysely<Database>, days: number, most: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`delete from tag_reports where id in (
    select id from tag_reports where handled_at < now() - make_interval(days => ${days}::int) order by id limit ${most}) returning id`.execute(
    db,
  );
  return rows.length;
}
