import { type RawBuilder, sql } from 'kysely';
import { CREDENTIALS, type Credential, MAY_APPLY, type Path } from '../../posting/taxonomy.ts';
import { verdictColumn } from './shown.ts';

/** Postings by the week (its Monday, UTC) in which employers posted them. */
export type PostedWeek = { week: string; posted: number };

/** What the page of a path tells beside its numbers. */
export type PathOpenings = {
  /** Open postings that each credential may apply to. */
  takes: Record<Credential, number>;
  /** The last weeks, the newest last; closed postings count where they were posted. */
  weeks: PostedWeek[];
  /** Open ones that were posted within the last seven days. */
  fresh: number;
  /** When the first posting of the path was seen. */
  since: Date | null;
};

const WEEKS = 12;
const MAY = sql`any(${[...MAY_APPLY]}::text[])`;

/** How many of `postings p` each credential may apply to. */
export function takesAmong(from: RawBuilder<unknown>): RawBuilder<unknown> {
  const counts = CREDENTIALS.map(name => sql`count(*) filter (where ${verdictColumn(name)} = ${MAY}) as ${sql.id(name)}`);
  return sql`select ${sql.join(counts)} from ${from}`;
}

export type Posted = Omit<PathOpenings, 'takes' | 'since'> & { since: string | null };

/**
 * The weeks of a path, one row. By the date of the employer, so that what was read for the first time yesterday is no wave of new jobs.
 * `open` are its postings that have not closed, with `posted` and `shown`; those that have are looked up by an index of their own.
 */
export function postedWeeks(open: RawBuilder<unknown>, path: Path): RawBuilder<unknown> {
  const thisWeek = sql`date_trunc('week', now() at time zone 'UTC')`;
  return sql`with weekly as materialized (
      select date_trunc('week', p.posted at time zone 'UTC') as week, count(*) as posted, min(p.first_seen) as since,
        count(*) filter (where p.shown and p.posted >= now() - interval '7 days') as fresh
      from (select p.first_seen, p.posted, p.shown from ${open} union all
        select p.first_seen, ${POSTED}, false from postings p
        where p.relevance = 'nonclinical' and p.closed_at is not null and p.duplicate_of is null and p.paths @> array[${path}]::text[]) p group by 1)
    select min(since) as since, coalesce(sum(fresh), 0)::bigint as fresh,
      (select json_agg(json_build_object('week', w.week::date, 'posted', coalesce(t.posted, 0)) order by w.week)
        from generate_series(${thisWeek} - ${WEEKS - 1} * interval '1 week', ${thisWeek}, interval '1 week') w (week)
          left join weekly t using (week)) as weeks
    from weekly`;
}

/** The employer's date of `postings p`, else that of first sight. */
export const POSTED = sql<Date>`coalesce(p.posted_at, p.first_seen)`;
