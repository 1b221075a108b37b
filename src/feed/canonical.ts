import { MAY_APPLY } from '../posting/taxonomy.ts';
import type { Cursor } from '../store/feed/feed-filter.ts';
import { encodeCursor } from './cursor.ts';
import { FIELDS, type FieldName } from './fields.ts';
import type { Filter } from './filter.ts';
import { sinceText } from './since.ts';

/**
 * The one spelling of a filter as a query without question mark: names sorted, values in their order, defaults dropped.
 * Two queries that ask for the same are the same text, so that caches and readers keep one feed and not several.
 */
export function canonicalQuery(filter: Filter): string {
  const said = valuesOf(filter);
  return (Object.keys(said) as FieldName[])
    .sort()
    .flatMap(name => {
      const values = said[name] ?? [];
      if (values.length === 0) return [];
      return FIELDS[name].kind === 'list' ? [`${name}=${values.map(encoded).join(',')}`] : values.map(value => `${name}=${encoded(value)}`);
    })
    .join('&');
}

/** The canonical query of another page of the same filter; null is the first. */
export function pageQuery(filter: Filter, cursor: Cursor | null): string {
  return canonicalQuery({ ...filter, cursor });
}

function valuesOf(filter: Filter): Partial<Record<FieldName, string[]>> {
  const { near, pay_min, max_years, max_lifting } = filter;
  const number = (value: number | null) => (value === null ? [] : [String(value)]);
  return {
    path: filter.path,
    role: filter.role,
    credential: filter.credential,
    verdict: isDefaultVerdict(filter) ? [] : filter.verdict,
    work_mode: filter.work_mode,
    q: filter.q === null ? [] : [filter.q],
    since: filter.since ? [sinceText(filter.since)] : [],
    posted_since: filter.posted_since ? [sinceText(filter.posted_since)] : [],
    state: filter.state,
    near: near ? [near.place] : [],
    radius: near && near.miles !== 50 ? [String(near.miles)] : [],
    pay_min: number(pay_min),
    pay_interval: pay_min === null || filter.pay_interval === 'year' ? [] : [filter.pay_interval],
    employment_type: filter.employment_type,
    beside: filter.beside ? ['1'] : [],
    max_years: number(max_years),
    certification: filter.certification,
    without_certification: filter.without_certification,
    patient_contact: filter.patient_contact,
    max_lifting: number(max_lifting),
    company: filter.company,
    source: filter.source,
    include: filter.include,
    limit: number(filter.limit),
    cursor: filter.cursor ? [encodeCursor(filter.cursor)] : [],
  };
}

/** Whether what a posting says of the credentials is what is meant when nobody asks for more. */
export function isDefaultVerdict({ credential, verdict }: Pick<Filter, 'credential' | 'verdict'>): boolean {
  return credential.length > 0 && verdict.length === MAY_APPLY.length && MAY_APPLY.every(value => verdict.includes(value));
}

/** A value as canonical queries spell it: also what a browser would escape in a query, so that following a redirect does not spell it anew. */
export function encoded(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(/[!'()*]/g, char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
