import { type Kysely, sql } from 'kysely';
import { CREDENTIALS, type Credential, MAY_APPLY, type Path } from '../../posting/taxonomy.ts';
import type { Database } from '../schema.ts';
import { SHOWN, verdictColumn } from './shown.ts';

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
const of = (path: Path) => sql`p.paths @> array[${path}]::text[]`;

/** Who may apply on a path, and when its postings were posted. */
export async function pathOpenings(db: Kysely<Database>, path: Path): Promise<PathOpenings> {
  const [takes, posted] = await Promise.all([takesOf(db, path), postedWeeks(db, path)]);
  return { takes, ...posted };
}

async function takesOf(db: Kysely<Database>, path: Path): Promise<PathOpenings['takes']> {
  const counts = CREDENTIALS.map(name => sql`count(*) filter (where ${verdictColumn(name)} = ${MAY}) as ${sql.id(name)}`);
  const { rows } = await sql<PathOpenings['takes']>`select ${sql.join(counts)} from postings p where ${SHOWN} and ${of(path)}`.execute(db);
  return rows[0]!;
}

/** By the date of the employer, so that what was read for the first time yesterday is no wave of new jobs. */
async function postedWeeks(db: Kysely<Database>, path: Path): Promise<Pick<PathOpenings, 'weeks' | 'fresh' | 'since'>> {
  const all = sql`p.relevance = 'nonclinical' and p.duplicate_of is null and ${of(path)}`;
  const posted = sql`coalesce(p.posted_at, p.first_seen)`;
  const [weeks, times] = await Promise.all([
    sql<PostedWeek>`select w.week::date as week, count(p.id) as posted
      from generate_series(date_trunc('week', now() at time zone 'UTC') - ${WEEKS - 1} * interval '1 week', date_trunc('week', now() at time zone 'UTC'), interval '1 week') w (week)
      left join postings p on ${all} and date_trunc('week', ${posted} at time zone 'UTC') = w.week
      group by 1 order by 1`.execute(db),
    sql<{ since: Date | null; fresh: number }>`select min(p.first_seen) as since,
      count(*) filter (where ${SHOWN} and ${posted} >= now() - interval '7 days') as fresh from postings p where ${all}`.execute(db),
  ]);
  return { weeks: weeks.rows, fresh: times.rows[0]?.fresh ?? 0, since: times.rows[0]?.since ?? null };
}
