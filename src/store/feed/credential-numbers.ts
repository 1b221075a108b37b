import { type Kysely, sql } from 'kysely';
import { type Credential, MAY_APPLY, type Path, VERDICTS, type Verdict } from '../../posting/taxonomy.ts';
import type { Database } from '../schema.ts';
import { BESIDE } from './feed-filter.ts';
import { SHOWN, verdictColumn } from './shown.ts';

/** What the open postings say of one credential. All but `verdicts` and `paths[].open` count only those that a holder may apply to. */
export type CredentialNumbers = {
  verdicts: Record<Verdict, number>;
  takes: number;
  remote: number;
  /** Part-time, per diem, contract and the like. */
  beside: number;
  /** Paths with an open posting: all of them, and those that take the credential. */
  paths: { path: Path; open: number; takes: number }[];
  asked: Asked;
};

/** What postings ask for besides: years by how many postings ask for them, degrees, certifications. */
export type Asked = {
  years: { value: number; count: number }[];
  degrees: { value: string; count: number }[];
  certifications: { name: string; required: number; preferred: number }[];
};

/** Numbers of today for one credential. */
export async function credentialNumbers(db: Kysely<Database>, credential: Credential): Promise<CredentialNumbers> {
  const verdict = verdictColumn(credential);
  const may = sql<boolean>`${verdict} = any(${[...MAY_APPLY]}::text[])`;
  const takes = sql`${SHOWN} and ${may}`;
  const facet = (name: string) =>
    sql<{ value: string; count: number }>`select p.facets->>${sql.lit(name)} as value, count(*) as count
    from postings p where ${takes} and p.facets->>${sql.lit(name)} is not null group by 1 order by 2 desc, 1`.execute(db);
  const [verdicts, paths, years, degrees, certifications] = await Promise.all([
    sql<{ verdict: Verdict | null; count: number; remote: number; beside: number }>`select ${verdict} as verdict, count(*) as count,
      count(*) filter (where p.work_mode = 'remote') as remote, count(*) filter (where p.employment_types && ${[...BESIDE]}::text[]) as beside
      from postings p where ${SHOWN} group by 1`.execute(db),
    sql<CredentialNumbers['paths'][number]>`select v.path, count(*) as open, count(*) filter (where ${may}) as takes
      from postings p, unnest(p.paths) v (path) where ${SHOWN} group by v.path`.execute(db),
    facet('min_years'),
    facet('degree'),
    sql<Asked['certifications'][number]>`select c->>'name' as name, count(*) filter (where c->>'need' = 'required') as required,
      count(*) filter (where c->>'need' = 'preferred') as preferred
      from postings p, jsonb_array_elements(coalesce(p.facets->'certifications', '[]')) c where ${takes}
      group by 1 order by count(*) desc, 1 limit 6`.execute(db),
  ]);
  const counts = Object.fromEntries(VERDICTS.map(name => [name, 0])) as Record<Verdict, number>;
  const sum = { takes: 0, remote: 0, beside: 0 };
  for (const row of verdicts.rows) {
    if (row.verdict === null) continue;
    counts[row.verdict] = row.count;
    if (!MAY_APPLY.includes(row.verdict)) continue;
    sum.takes += row.count;
    sum.remote += row.remote;
    sum.beside += row.beside;
  }
  return {
    verdicts: counts,
    ...sum,
    paths: paths.rows,
    asked: {
      years: years.rows.map(row => ({ value: Number(row.value), count: row.count })),
      degrees: degrees.rows,
      certifications: certifications.rows,
    },
  };
}
