import { type Kysely, sql } from 'kysely';
import { CREDENTIALS, type Credential, MAY_APPLY, type Path } from '../../posting/taxonomy.ts';
import type { Database } from '../schema.ts';
import { SHOWN, verdictColumn } from './shown.ts';

/** One spelling of an employer: lower case as the filter takes it, as written most often, and the postings of it that are shown. */
export type EmployerName = { key: string; name: string; open: number };

/** Every employer that ever had a posting of one of the paths. */
export async function employerNames(db: Kysely<Database>): Promise<EmployerName[]> {
  const { rows } = await sql<EmployerName>`select lower(p.company) as key, mode() within group (order by p.company) as name,
      count(*) filter (where ${SHOWN}) as open
    from postings p where p.relevance = 'nonclinical' and p.company is not null group by 1 order by 1`.execute(db);
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

/** Who has most open postings on a path. */
export async function hiringOn(db: Kysely<Database>, path: Path, most: number): Promise<Hiring[]> {
  const takes = CREDENTIALS.map(
    name => sql`count(*) filter (where ${verdictColumn(name)} = any(${[...MAY_APPLY]}::text[])) as ${sql.id(name)}`,
  );
  const { rows } = await sql<Hiring>`select mode() within group (order by p.company) as name, count(*) as open, ${sql.join(takes)}
    from postings p where ${SHOWN} and p.paths @> array[${path}]::text[] and p.company is not null
    group by lower(p.company) order by 2 desc, 1 limit ${most}`.execute(db);
  return rows;
}
