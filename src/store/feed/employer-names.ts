import { type Kysely, type RawBuilder, sql } from 'kysely';
import { CREDENTIALS, type Credential, MAY_APPLY } from '../../posting/taxonomy.ts';
import type { Database } from '../schema.ts';
import { SHOWN, verdictColumn } from './shown.ts';

/** One spelling of an employer: lower case as the filter takes it, as written most often, and the postings of it that are shown. */
export type EmployerName = { key: string; name: string; open: number };

/** Every employer that ever had a posting of one of the paths. */
export async function employerNames(db: Kysely<Database>): Promise<EmployerName[]> {
  // Each spelling is counted first: there are far fewer of them than postings to sort for the commonest.
  const { rows } = await sql<EmployerName>`
    with spelled as (
      select p.company, count(*) as told, count(*) filter (where ${SHOWN}) as open
      from postings p where p.relevance = 'nonclinical' and p.company is not null group by 1)
    select lower(company) as key, (array_agg(company order by told desc, company))[1] as name, sum(open)::bigint as open
    from spelled group by 1 order by 1`.execute(db);
  return rows;
}

/** The sites that the postings of an employer are read from, and when they were last read in full. */
export async function employerSources(
  db: Kysely<Database>,
  keys: readonly string[],
): Promise<{ name: string; last_complete_at: Date | null }[]> {
  const { rows } = await sql<{ name: string; last_complete_at: Date | null }>`select s.name, s.last_complete_at from sources s
    where s.removed_at is null and s.id in (select p.source_id from postings p
      where p.relevance = 'nonclinical' and lower(p.company) = any(${keys}::text[])) order by s.name`.execute(db);
  return rows;
}

/** An employer with open postings on a path, and how many of them each credential may apply to. */
export type Hiring = { name: string; open: number } & Record<Credential, number>;

/** Who has most of `postings p`, for which `from` ends in a condition. */
export function hiringAmong(from: RawBuilder<unknown>, most: number): RawBuilder<unknown> {
  const takes = CREDENTIALS.map(
    name => sql`count(*) filter (where ${verdictColumn(name)} = any(${[...MAY_APPLY]}::text[])) as ${sql.id(name)}`,
  );
  const sums = CREDENTIALS.map(name => sql`sum(${sql.id(name)})::bigint as ${sql.id(name)}`);
  return sql`with spelled as (select p.company, count(*) as told, ${sql.join(takes)} from ${from} and p.company is not null group by 1)
    select (array_agg(company order by told desc, company))[1] as name, sum(told)::bigint as open, ${sql.join(sums)}
    from spelled group by lower(company) order by 2 desc, 1 limit ${most}`;
}
