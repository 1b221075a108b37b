import { type Kysely, sql } from 'kysely';
import { VISITS_JUDGED } from '../../pipeline/source-health.ts';
import type { Database } from '../schema.ts';

/** Stands before the content hash of a posting whose text is not kept any more: whatever it says when it is back is news. */
const FORGOTTEN = 'forgotten:';

export function isForgotten({ content_hash }: { content_hash: string }): boolean {
  return content_hash.startsWith(FORGOTTEN);
}

/**
 * Deletes text, tags with their words, and what was not understood, of postings that were closed before so many days; at most `most` of them. Their
 * rows stay, with verdicts and facets: ids are links that people keep, mirrors ask for what has closed, and a posting may come back.
 * Returns how many there were. Rows that somebody holds are left for the next time.
 */
export async function forgetTexts(db: Kysely<Database>, days: number, most: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with old as (
      select id from postings where has_body and closed_at < now() - make_interval(days => ${days}::int)
      order by closed_at limit ${most} for update skip locked
    ), texts as (delete from posting_texts where posting_id in (select id from old)),
    tags as (delete from posting_tags where posting_id in (select id from old))
    update postings p set has_body = false, not_understood = null, content_hash = ${FORGOTTEN} || p.id
    from old where p.id = old.id returning p.id`.execute(db);
  return rows.length;
}

/**
 * Deletes visits that ended before so many days, at most `most`, and never those by which the health of a source is judged. Returns how many
 * there were.
 */
export async function forgetVisits(db: Kysely<Database>, days: number, most: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    with old as (
      select v.id from sources s cross join lateral (
        select id from visits where source_id = s.id and ended_at is not null and started_at < now() - make_interval(days => ${days}::int)
          and started_at < (select started_at from visits where source_id = s.id and ended_at is not null
            order by started_at desc offset ${VISITS_JUDGED - 1} limit 1)
        order by started_at limit ${most}
      ) v limit ${most}
    )
    delete from visits where id in (select id from old) returning id`.execute(db);
  return rows.length;
}
