import { type Kysely, type RawBuilder, sql } from 'kysely';
import { US_STATES } from '../../posting/states.ts';
import { CREDENTIALS, MAY_APPLY, VERDICTS } from '../../posting/taxonomy.ts';
import type { Database } from '../schema.ts';
import type { FeedFilter } from './feed-filter.ts';
import { allOf, verdictColumn } from './shown.ts';
import { type Clause, clausesOf } from './where.ts';

export const FACETS = [
  'path',
  'role',
  'credential',
  'verdict',
  'work_mode',
  'employment_type',
  'state',
  'patient_contact',
  'certification',
  'company',
  'source',
] as const;
export type FacetName = (typeof FACETS)[number];
export type FacetCount = { value: string; count: number };
export type FacetCounts = {
  facets: Record<FacetName, FacetCount[]>;
  /** More postings match than are counted: the newest are. */
  capped: boolean;
};

/** Postings counted at most, so that a wide question stays a quick one. */
const COUNTED = 20_000;
const VALUES = 40;

/** The fields of the filter whose conditions a facet leaves out, so that it shows what else could be chosen. */
const OWN: Partial<Record<FacetName, Clause['field'][]>> = { credential: ['credential', 'verdict'], verdict: ['credential', 'verdict'] };

/** Counts per value under a filter, each facet without its own condition. One query for all facets that are not filtered by, one more for each that is. */
export async function feedFacets(db: Kysely<Database>, filter: FeedFilter): Promise<FacetCounts> {
  const clauses = clausesOf(filter);
  const groups = new Map<string, { where: Clause[]; names: FacetName[] }>();
  for (const name of FACETS) {
    const own: Clause['field'][] = OWN[name] ?? [name];
    const where = clauses.filter(clause => !own.includes(clause.field));
    const key = where.map(clause => clause.field).join();
    const group = groups.get(key) ?? { where, names: [] };
    group.names.push(name);
    groups.set(key, group);
  }
  const counted = await Promise.all([...groups.values()].map(group => countGroup(db, filter, group.where, group.names)));
  const facets = Object.fromEntries(FACETS.map(name => [name, [] as FacetCount[]])) as FacetCounts['facets'];
  for (const { facet, value, count } of counted.flatMap(({ rows }) => rows)) facets[facet].push({ value, count });
  return { facets, capped: counted.some(({ capped }) => capped) };
}

async function countGroup(db: Kysely<Database>, filter: FeedFilter, where: Clause[], names: FacetName[]) {
  const parts = names.map(
    name => sql`(select ${name}::text as facet, v.value, v.count from (${countsOf(name, filter)}) v (value, count)
    where v.value is not null and v.count > 0 order by v.count desc, v.value limit ${name === 'state' ? US_STATES.length : VALUES})`,
  );
  const { rows } = await sql<{ facet: FacetName | null; value: string; count: number }>`
    with found as materialized (
      select p.paths, p.roles, p.work_mode, p.employment_types, p.states, p.facets, lower(p.company) as company, p.source_id,
        ${sql.join(CREDENTIALS.map(credential => sql`${verdictColumn(credential)} as ${sql.id(credential)}`))}
      from postings p where ${allOf(where.map(clause => clause.test))} order by p.first_seen desc, p.id desc limit ${COUNTED + 1})
    select null as facet, '' as value, count(*) as count from found union all ${sql.join(parts, sql` union all `)}`.execute(db);
  const all = rows.find(row => row.facet === null)?.count ?? 0;
  return { rows: rows.filter(row => row.facet !== null) as (FacetCount & { facet: FacetName })[], capped: all > COUNTED };
}

/** The states whose people a posting is for, as the filter understands them: those of its places, and for remote jobs those they may be done from. */
const LIVED_IN = sql`case
  when work_mode is distinct from 'remote' then states
  when jsonb_array_length(coalesce(facets->'states', '[]')) > 0 then states || array(select jsonb_array_elements_text(facets->'states'))
  when cardinality(states) = 0 then ${[...US_STATES]}::text[]
  else states end`;

/** Values and counts of one facet over `found`. */
function countsOf(name: FacetName, filter: FeedFilter): RawBuilder<unknown> {
  const grouped = (value: RawBuilder<unknown>, join = sql``) => sql`select ${value}, count(*) from found ${join} group by 1`;
  // Lists repeat: grouped first, each different one is unnested once and not once for each posting.
  const unnested = (list: RawBuilder<unknown>, values: RawBuilder<unknown>) =>
    sql`select v.value, sum(g.n)::bigint from (select ${list} as list, count(*) as n from found group by 1) g, lateral (${values}) v (value) group by 1`;
  const wanted = filter.verdict.length ? filter.verdict : MAY_APPLY;
  const credentials = filter.credential.length ? filter.credential : CREDENTIALS;
  switch (name) {
    case 'path':
      return unnested(sql`paths`, sql`select unnest(g.list)`);
    case 'role':
      return unnested(sql`roles`, sql`select unnest(g.list)`);
    case 'credential':
      return tallied(CREDENTIALS, credential => sql`${sql.id(credential)} = any(${[...wanted]}::text[])`);
    case 'verdict':
      return tallied(VERDICTS, verdict => sql`${verdict} in (${sql.join(credentials.map(credential => sql.id(credential)))})`);
    case 'work_mode':
      return grouped(sql`work_mode`);
    case 'employment_type':
      return unnested(sql`employment_types`, sql`select unnest(g.list)`);
    case 'state':
      return unnested(LIVED_IN, sql`select distinct unnest(g.list)`);
    case 'patient_contact':
      return grouped(sql`facets->>'patient_contact'`);
    case 'certification':
      return unnested(sql`facets->'certifications'`, sql`select distinct c->>'name' from jsonb_array_elements(coalesce(g.list, '[]')) c`);
    case 'company':
      return grouped(sql`company`);
    case 'source':
      return grouped(sql`s.slug`, sql`join sources s on s.id = source_id`);
  }
}

/** Counts a few known values in one pass: far cheaper than a row for each value of each posting. */
function tallied<T extends string>(values: readonly T[], test: (value: T) => RawBuilder<unknown>): RawBuilder<unknown> {
  const counts = sql.join(values.map(value => sql`count(*) filter (where ${test(value)})`));
  const names = sql.join(values.map(value => sql`${value}::text`));
  return sql`select unnest(array[${names}]), unnest(array[${counts}]) from found`;
}
