import { type Kysely, sql } from 'kysely';
import { TOLD_FIELDS, type ToldField } from '../../pipeline/not-understood.ts';
import type { Database } from '../schema.ts';

/** How a source's open postings were understood: `judged` of them are stored with what was not, `counts` are strings, `postings` have any. */
export type SourceQuality = {
  slug: string;
  system: string;
  open: number;
  judged: number;
  postings: number;
  counts: Record<ToldField, number>;
};

/** Words that were not understood, and in how many open postings they stand. */
export type NotUnderstoodWords = { field: ToldField; words: string; times: number };

/** Every source that was not removed, the one with most strings not understood first. */
export async function sourcesQuality(db: Kysely<Database>): Promise<SourceQuality[]> {
  const length = (field: ToldField) => sql`coalesce(sum(jsonb_array_length(not_understood -> ${field})), 0)::int`;
  const counts = sql.join(TOLD_FIELDS.map(field => sql`${sql.lit(field)}, ${length(field)}`));
  const { rows } = await sql<SourceQuality>`
    select s.slug, s.system, count(p.id)::int as open, count(p.not_understood)::int as judged,
      (count(*) filter (where p.not_understood <> '{}'))::int as postings, jsonb_build_object(${counts}) as counts
    from sources s
    left join postings p on p.source_id = s.id and p.closed_at is null
    where s.removed_at is null
    group by s.id
    order by s.slug`.execute(db);
  const strings = (row: SourceQuality) => TOLD_FIELDS.reduce((sum, field) => sum + row.counts[field], 0);
  return rows.sort((a, b) => strings(b) - strings(a) || b.postings - a.postings);
}

/** The words of a source's open postings that were not understood, the most frequent of each field first, at most `most` of a field. */
export async function wordsNotUnderstood(db: Kysely<Database>, slug: string, most = 5): Promise<NotUnderstoodWords[]> {
  const { rows } = await sql<NotUnderstoodWords>`
    select field, words, times from (
      select told.field, said.words, count(*)::int as times,
        row_number() over (partition by told.field order by count(*) desc, said.words) as place
      from sources s
      join postings p on p.source_id = s.id and p.closed_at is null
      cross join lateral jsonb_each(p.not_understood) as told (field, list)
      cross join lateral jsonb_array_elements_text(told.list) as said (words)
      where s.slug = ${slug}
      group by told.field, said.words
    ) as ranked
    where place <= ${most}
    order by field, place`.execute(db);
  return rows;
}
