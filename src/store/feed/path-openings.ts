import { type RawBuilder, sql } from 'kysely';
import { annualise } from '../../posting/pay.ts';
import type { PayInterval } from '../../posting/posting.ts';
import { CREDENTIALS, type Credential, MAY_APPLY, type Path } from '../../posting/taxonomy.ts';
import { verdictColumn } from './shown.ts';

/** The lowest and the highest pay a year, in US dollars, of so many postings. */
export type PayRange = { n: number; low: number; high: number };

/** Postings by the week (its Monday, UTC) in which employers posted them. */
export type PostedWeek = { week: string; posted: number };

/** What the page of a path tells beside its numbers. */
export type PathOpenings = {
  /** Open postings that each credential may apply to. */
  takes: Record<Credential, number>;
  /** Null where none states its pay. */
  pay: { all: PayRange | null; by: Record<Credential, PayRange | null> };
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

/** Pay as it is stated in US dollars by one interval: its lowest and its highest figure. */
export type StatedPay = { whom: Credential | null; interval: PayInterval; n: number; low: number; high: number };

/** The pay of `postings p`, for which `from` ends in a condition: of all (null), and of those that each credential may apply to. */
export function payRangesOf(from: RawBuilder<unknown>): RawBuilder<unknown> {
  const may = CREDENTIALS.map(name => sql`${verdictColumn(name)} = ${MAY} as ${sql.id(name)}`);
  const verdicts = sql.join(CREDENTIALS.map(name => sql`(${name}::text, p.${sql.id(name)})`));
  const figure = (first: string, second: string) => sql`coalesce(p.pay->>${sql.lit(first)}, p.pay->>${sql.lit(second)})::float8`;
  // The column is there exactly when a pay per year in US dollars is. The offset has the figures read once a posting, and not once for each credential.
  return sql`select w.whom, p.interval, count(*) as n, min(p.low) as low, max(p.high) as high
    from (select p.pay->>'interval' as interval, ${figure('min', 'max')} as low, ${figure('max', 'min')} as high, ${sql.join(may)}
      from ${from} and p.pay_year is not null offset 0) p, lateral (values (null, true), ${verdicts}) w (whom, may)
    where w.may group by 1, 2`;
}

export function rangesOf(stated: readonly StatedPay[]): PathOpenings['pay'] {
  const of = (whom: Credential | null) => rangeOf(stated.filter(row => row.whom === whom));
  return { all: of(null), by: Object.fromEntries(CREDENTIALS.map(name => [name, of(name)])) as PathOpenings['pay']['by'] };
}

function rangeOf(stated: readonly StatedPay[]): PayRange | null {
  const yearly = stated.flatMap(({ n, low, high, interval }) => {
    const year = annualise({ min: low, max: high, interval, currency: 'USD' });
    return year?.min == null || year.max === null ? [] : [{ n, low: year.min, high: year.max }];
  });
  if (yearly.length === 0) return null;
  return {
    n: yearly.reduce((sum, { n }) => sum + n, 0),
    low: Math.min(...yearly.map(({ low }) => low)),
    high: Math.max(...yearly.map(({ high }) => high)),
  };
}

export type Posted = Omit<PathOpenings, 'takes' | 'pay' | 'since'> & { since: string | null };

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
