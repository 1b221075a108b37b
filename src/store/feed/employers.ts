import { type Kysely, sql } from 'kysely';
import type { Path } from '../../posting/taxonomy.ts';
import type { Database } from '../schema.ts';
import type { FeedFilter } from './feed-filter.ts';
import { allOf } from './shown.ts';
import { clausesOf } from './where.ts';

/** Employers told at most. */
export const MOST_EMPLOYERS = 2000;

export type Employer = {
  /** As most of its postings spell it. */
  name: string;
  open: number;
  remote: number;
  paths: { path: Path; open: number }[];
  newest: Date;
};

/** Who hires under a filter, most postings first; a posting of several paths counts in each. */
export async function feedEmployers(db: Kysely<Database>, filter: FeedFilter): Promise<{ employers: Employer[]; capped: boolean }> {
  const { rows } = await sql<Employer>`
    with found as materialized (
      select p.id, p.company, lower(p.company) as employer, p.paths, p.work_mode, p.first_seen from postings p
      where ${allOf(clausesOf(filter).map(clause => clause.test))} and p.company is not null),
    per_path as (select employer, path, count(*) as open from found, unnest(paths) path group by 1, 2),
    listed as (select employer, jsonb_agg(jsonb_build_object('path', path, 'open', open) order by open desc, path) as paths from per_path group by 1)
    select mode() within group (order by f.company) as name, count(*) as open, count(*) filter (where f.work_mode = 'remote') as remote,
      coalesce((select l.paths from listed l where l.employer = f.employer), '[]') as paths, max(f.first_seen) as newest
    from found f group by f.employer order by open desc, f.employer limit ${MOST_EMPLOYERS + 1}`.execute(db);
  return { employers: rows.slice(0, MOST_EMPLOYERS), capped: rows.length > MOST_EMPLOYERS };
}
