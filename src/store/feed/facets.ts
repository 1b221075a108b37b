import { type Kysely, type RawBuilder, sql } from 'kysely';
import { US_STATES } from '../../posting/states.ts';
import { CREDENTIALS, MAY_APPLY, VERDICTS } from '../../posting/taxonomy.ts';
import type { Database } from '../schema.ts';
import type { FeedFilter } from './feed-filter.ts';
import { allOf, verdictColumn } from './shown.ts';
import { type Clause, clausesFor } from './where.ts';

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
  const clauses = await clausesFor(db, filter);
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

/** What is counted together: combinations are few, and each is counted once in the same pass for all of these. The first column tells them apart. */
const PARTS = {
  kinds: ['paths', 'roles'],
  verdicts: CREDENTIALS,
  terms: ['work_mode', 'employment_types', 'patient_contact', 'certifications'],
  homes: ['lived_in'],
  companies: ['company'],
  sources: ['source_id'],
} as const;
type Part = keyof typeof PARTS;

const PART_OF: Record<FacetName, Part> = {
  path: 'kinds',
  role: 'kinds',
  credential: 'verdicts',
  verdict: 'verdicts',
  work_mode: 'terms',
  employment_type: 'terms',
  patient_contact: 'terms',
  certification: 'terms',
  state: 'homes',
  company: 'companies',
  source: 'sources',
};

async function countGroup(db: Kysely<Database>, filter: FeedFilter, where: Clause[], names: FacetName[]) {
  const parts = [...new Set(names.map(name => PART_OF[name]))];
  const columns = (part: Part) => sql.join(PARTS[part].map(column => sql.id(column)));
  const told = parts.map(part => sql`when grouping(${sql.id(PARTS[part][0])}) = 0 then ${sql.lit(part)}`);
  const facets = names.map(
    name => sql`(select ${name}::text as facet, v.value, v.count from (${countsOf(name, filter)}) v (value, count)
    where v.value is not null and v.count > 0 order by v.count desc, v.value limit ${name === 'state' ? US_STATES.length : VALUES})`,
  );
  const { rows } = await sql<{ facet: FacetName | null; value: string; count: number }>`
    with counted as materialized (
      select case ${sql.join(told, sql` `)} end as part, ${sql.join(parts.map(columns))}, count(*) as n
      from (${foundBy(where)}) found group by grouping sets (${sql.join(parts.map(part => sql`(${columns(part)})`))}))
    select null as facet, '' as value, coalesce(sum(n), 0)::bigint as count from counted where part = ${sql.lit(parts[0]!)}
    union all ${sql.join(facets, sql` union all `)}`.execute(db);
  const all = rows.find(row => row.facet === null)?.count ?? 0;
  return { rows: rows.filter(row => row.facet !== null) as (FacetCount & { facet: FacetName })[], capped: all > COUNTED };
}

/** What is counted of the newest postings, and one more, which tells that there are more. */
function foundBy(where: Clause[]): RawBuilder<unknown> {
  const verdicts = CREDENTIALS.map(credential => sql`${verdictColumn(credential)} as ${sql.id(credential)}`);
  return sql`select p.paths, p.roles, p.work_mode, p.employment_types, ${LIVED_IN} as lived_in, p.facets->>'patient_contact' as patient_contact,
      p.facets->'certifications' as certifications, p.company, p.source_id, ${sql.join(verdicts)}
    from postings p where ${allOf(where.map(clause => clause.test))} order by p.first_seen desc, p.id desc limit ${COUNTED + 1}`;
}

/** The states whose people a posting is for, as the filter understands them: those of its places, and for remote jobs those they may be done from; null for all. */
const LIVED_IN = sql`case
  when p.work_mode is distinct from 'remote' then p.states
  when jsonb_array_length(coalesce(p.facets->'states', '[]')) > 0 then p.states || array(select jsonb_array_elements_text(p.facets->'states'))
  when cardinality(p.states) > 0 then p.states end`;

/** Values and counts of one facet over `counted`. */
function countsOf(name: FacetName, filter: FeedFilter): RawBuilder<unknown> {
  const of = sql`part = ${sql.lit(PART_OF[name])}`;
  const grouped = (value: RawBuilder<unknown>, join = sql``) =>
    sql`select ${value}, sum(n)::bigint from counted ${join} where ${of} group by 1`;
  const unnested = (values: RawBuilder<unknown>) =>
    sql`select v.value, sum(n)::bigint from counted, lateral (${values}) v (value) where ${of} group by 1`;
  const tallied = <T extends string>(values: readonly T[], test: (value: T) => RawBuilder<unknown>) => {
    const counts = sql.join(values.map(value => sql`sum(n) filter (where ${test(value)})`));
    const texts = sql.join(values.map(value => sql`${value}::text`));
    return sql`select unnest(array[${texts}]), unnest(array[${counts}])::bigint from counted where ${of}`;
  };
  const wanted = filter.verdict.length ? filter.verdict : MAY_APPLY;
  const credentials = filter.credential.length ? filter.credential : CREDENTIALS;
  switch (name) {
    case 'path':
      return unnested(sql`select unnest(paths)`);
    case 'role':
      return unnested(sql`select unnest(roles)`);
    case 'credential':
      return tallied(CREDENTIALS, credential => sql`${sql.id(credential)} = any(${[...wanted]}::text[])`);
    case 'verdict':
      return tallied(VERDICTS, verdict => sql`${verdict} in (${sql.join(credentials.map(credential => sql.id(credential)))})`);
    case 'work_mode':
    case 'patient_contact':
      return grouped(sql.id(name));
    case 'company':
      return grouped(sql`lower(company)`);
    case 'employment_type':
      return unnested(sql`select unnest(employment_types)`);
    case 'state':
      return unnested(sql`select distinct unnest(coalesce(lived_in, ${[...US_STATES]}::text[]))`);
    case 'certification':
      return unnested(sql`select distinct c->>'name' from jsonb_array_elements(coalesce(certifications, '[]')) c`);
    case 'source':
      return grouped(sql`s.slug`, sql`join sources s on s.id = source_id`);
  }
}
