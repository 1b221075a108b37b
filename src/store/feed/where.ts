import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { annualise } from '../../posting/pay.ts';
import { CREDENTIALS } from '../../posting/taxonomy.ts';
import type { Database } from '../schema.ts';
import { BESIDE, type FeedFilter, type Since } from './feed-filter.ts';
import { withKnownPlaces } from './known-places.ts';
import { shownTests, verdictColumn } from './shown.ts';

/** One condition on `postings p` and the field of the filter it comes from. */
export type Clause = { field: keyof FeedFilter | 'shown'; test: RawBuilder<SqlBool> };

/** The conditions of a filter for a search among all postings. */
export async function clausesFor(db: Kysely<Database>, filter: FeedFilter): Promise<Clause[]> {
  return clausesOf(await withKnownPlaces(db, filter));
}

/** The same without their fields. */
export async function testsFor(db: Kysely<Database>, filter: FeedFilter): Promise<RawBuilder<SqlBool>[]> {
  return (await clausesFor(db, filter)).map(clause => clause.test);
}

/** The conditions of a filter without its cursor, to be joined by `and`. A search among all postings takes them from `clausesFor`. */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a flat list, one line a field.
export function clausesOf(filter: FeedFilter): Clause[] {
  const clauses: Clause[] = [];
  const add = (field: Clause['field'], test: RawBuilder<SqlBool>) => clauses.push({ field, test });
  for (const test of shownTests(filter.include)) add('shown', test);
  if (filter.path.length) add('path', sql`p.paths && ${filter.path}::text[]`);
  if (filter.role.length) add('role', sql`p.roles && ${filter.role}::text[]`);
  if (filter.verdict.length) add(filter.credential.length ? 'credential' : 'verdict', verdictTest(filter));
  if (filter.work_mode.length) add('work_mode', sql`p.work_mode = any(${filter.work_mode}::text[])`);
  if (filter.q !== null) {
    add('q', sql`p.id in (select t.posting_id from posting_texts t where t.search @@ websearch_to_tsquery('english', ${filter.q}))`);
  }
  if (filter.since) add('since', sql`p.first_seen >= ${momentOf(filter.since)}`);
  if (filter.posted_since) add('posted_since', sql`p.posted_at >= ${momentOf(filter.posted_since)}`);
  if (filter.state.length) add('state', stateTest(filter.state));
  if (filter.near) add('near', placesTest(filter.near.keys));
  if (filter.pay_min !== null) add('pay_min', sql`p.pay_year >= ${yearly(filter.pay_min, filter.pay_interval)}`);
  if (filter.employment_type.length) add('employment_type', sql`p.employment_types && ${filter.employment_type}::text[]`);
  if (filter.beside) add('beside', sql`p.employment_types && ${[...BESIDE]}::text[]`);
  if (filter.max_years !== null) add('max_years', atMost('min_years', filter.max_years));
  if (filter.max_lifting !== null) add('max_lifting', atMost('lifting_pounds', filter.max_lifting));
  if (filter.certification.length) add('certification', certificationTest(filter.certification, false));
  if (filter.without_certification.length) add('without_certification', sql`not ${certificationTest(filter.without_certification, true)}`);
  if (filter.patient_contact.length) add('patient_contact', sql`p.facets->>'patient_contact' = any(${filter.patient_contact}::text[])`);
  if (filter.company.length) add('company', sql`lower(p.company) = any(${filter.company}::text[])`);
  if (filter.source.length) add('source', sql`p.source_id in (select s.id from sources s where s.slug = any(${filter.source}::text[]))`);
  return clauses;
}

function verdictTest(filter: FeedFilter): RawBuilder<SqlBool> {
  const credentials = filter.credential.length ? filter.credential : CREDENTIALS;
  return sql.join(
    credentials.map(credential => sql`${verdictColumn(credential)} = any(${filter.verdict}::text[])`),
    sql` or `,
  );
}

/** Among no places there is nothing to look for. */
function placesTest(keys: readonly string[]): RawBuilder<SqlBool> {
  return keys.length === 0 ? sql`false` : sql`p.place_keys && ${keys}::text[]`;
}

/** To the minute, so that a window that moves with the clock moves once a minute and not with each request. */
export function momentOf(since: Since): RawBuilder<Date> {
  if ('instant' in since) return sql`${since.instant}::timestamptz`;
  return sql`date_trunc('minute', now()) - make_interval(hours => ${since.hours}::int)`;
}

/** A place in one of the states; or remote, and limited to states among them or to none at all. */
function stateTest(states: string[]): RawBuilder<SqlBool> {
  return sql`p.states && ${states}::text[] or (p.work_mode = 'remote' and case
    when jsonb_array_length(coalesce(p.facets->'states', '[]')) > 0 then p.facets->'states' ?| ${states}::text[]
    else cardinality(p.states) = 0 end)`;
}

/** The column pay_year, which the database makes, holds the same factors. */
function yearly(amount: number, interval: FeedFilter['pay_interval']): number {
  return annualise({ min: amount, max: null, currency: 'USD', interval })?.min ?? amount;
}

function atMost(facet: 'min_years' | 'lifting_pounds', most: number): RawBuilder<SqlBool> {
  return sql`coalesce((p.facets->>${sql.lit(facet)})::numeric, 0) <= ${most}`;
}

function certificationTest(names: string[], requiredOnly: boolean): RawBuilder<SqlBool> {
  const need = requiredOnly ? sql`c->>'need' = 'required'` : sql`true`;
  const named = names.includes('any') ? sql`true` : sql`lower(c->>'name') = any(${names}::text[])`;
  return sql`exists (select 1 from jsonb_array_elements(coalesce(p.facets->'certifications', '[]')) c where ${need} and ${named})`;
}
