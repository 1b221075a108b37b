import { type Kysely, sql } from 'kysely';
import type { Evidence } from '../../classify/classification.ts';
import type { Database } from '../schema.ts';

/** A reader's word that a tag is wrong. `tag` is `kind:name`, such as `verdict:OTA`; `expected` what it should be. */
type TagReport = { posting_id: string; tag: string; expected: string | null; note: string | null };
export type StoredTagReport = TagReport & {
  id: number;
  title: string;
  company: string | null;
  /** The version that had tagged the posting when it was reported. */
  rules_version: string | null;
  created_at: Date;
  /** What stands there now, by which rule and which words; null where nothing does. */
  says: string | null;
  rule: string | null;
  evidence: Evidence[];
  closed_at: Date | null;
};

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

/** The reports nobody has handled yet, newest first, each with what the posting is answered now: all, those of one posting, or those of these numbers. */
export async function openTagReports(
  db: Kysely<Database>,
  { most = 100, posting, ids }: { most?: number; posting?: string; ids?: readonly number[] } = {},
): Promise<StoredTagReport[]> {
  return await db
    .selectFrom('tag_reports as r')
    .innerJoin('postings as p', 'p.id', 'r.posting_id')
    .leftJoin('posting_tags as t', join =>
      join.onRef('t.posting_id', '=', 'r.posting_id').on(sql<boolean>`t.kind || ':' || t.name = r.tag`),
    )
    .select(['r.id', 'r.posting_id', 'p.title', 'p.company', 'r.tag', 'r.expected', 'r.note', 'r.rules_version', 'r.created_at'])
    .select(['t.value as says', 't.rule', sql<Evidence[]>`coalesce(t.evidence, '[]')`.as('evidence'), 'p.closed_at'])
    .where('r.handled_at', 'is', null)
    .$if(posting !== undefined, query => query.where('r.posting_id', '=', posting!))
    .$if(ids !== undefined, query => query.where(sql<boolean>`r.id = any(${ids}::int[])`))
    .orderBy('r.id', 'desc')
    .limit(most)
    .execute();
}

/** Marks reports as handled; returns the numbers of those that were open. */
export async function handleTagReports(db: Kysely<Database>, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const handled = await db
    .updateTable('tag_reports')
    .set({ handled_at: sql`now()` })
    .where('id', 'in', ids)
    .where('handled_at', 'is', null)
    .returning('id')
    .execute();
  return handled.map(({ id }) => id).sort((a, b) => a - b);
}

/** Deletes reports that were handled before so many days, at most `most`. Returns how many there were. */
export async function forgetTagReports(db: Kysely<Database>, days: number, most: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`delete from tag_reports where id in (
    select id from tag_reports where handled_at < now() - make_interval(days => ${days}::int) order by id limit ${most}) returning id`.execute(
    db,
  );
  return rows.length;
}
