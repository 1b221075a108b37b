import { type Kysely, sql } from 'kysely';
import type { Path } from '../../posting/taxonomy.ts';
import type { Database } from '../schema.ts';
import type { FeedFilter } from './feed-filter.ts';
import { allOf } from './shown.ts';
import { testsFor } from './where.ts';

/** Employers told at most. */
export const MOST_EMPLOYERS = 2000;

export type Employer = {
  /** As most of its postings spell it, and as the filter compares it. */
  name: string;
  key: string;
  open: number;
  remote: number;
  paths: { path: Path; open: number }[];
  newest: Date;
};

/** Who hires under a filter, most postings first; a posting of several paths counts in each. */
export async function feedEmployers(db: Kysely<Database>, filter: FeedFilter): Promise<{ employers: Employer[]; capped: boolean }> {
  const { rows } = await sql<Employer>`
    with found as materialized (
      select p.company, lower(p.company) as employer, p.paths, p.work_mode, p.first_seen from postings p
      where ${allOf(await testsFor(db, filter))} and p.company is not null),
    hiring as materialized (
      select employer, mode() within group (order by company) as name, count(*) as open, count(*) filter (where work_mode = 'remote') as remote,
        max(first_seen) as newest
      from found group by employer order by open desc, employer limit ${MOST_EMPLOYERS + 1}),
    per_path as (select employer, path, count(*) as open from found, unnest(paths) path group by employer, path),
    listed as materialized (
      select employer, jsonb_agg(jsonb_build_object('path', path, 'open', open) order by open desc, path) as paths from per_path group by employer)
    select h.name, h.employer as key, h.open, h.remote, h.newest, coalesce(l.paths, '[]') as paths
    from hiring h left join listed l using (employer) order by h.open desc, h.employer`.execute(db);
  return { employers: rows.slice(0, MOST_EMPLOYERS), capped: rows.length > MOST_EMPLOYERS };
}
