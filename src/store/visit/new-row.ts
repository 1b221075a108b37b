import type { Prepared } from '../../pipeline/prepare.ts';
import { statesOf } from '../../posting/places.ts';
import { tagValues } from '../tags/tags.ts';

export type NewRow = ReturnType<typeof rowOf>;

/** A posting as a row of its table, as it is stored for the first time; plain values, as `rowsFor` reads them. */
export function rowOf(item: Prepared, visit: { sourceId: number; now: Date }) {
  const { posting, seen } = item;
  return {
    id: item.id,
    source_id: visit.sourceId,
    key: posting.key,
    url: posting.url,
    apply_url: posting.applyUrl,
    title: posting.title,
    company: posting.company,
    department: posting.department,
    requisition: posting.requisition,
    places: posting.places,
    states: statesOf(posting.places),
    posted_at: notAfter(instantOf(posting.postedAt?.value), visit.now),
    posted_precision: posting.postedAt?.precision ?? null,
    posted_from: posting.postedAt?.from ?? null,
    closes_at: closingInstant(posting.closesAt?.value),
    first_seen: visit.now,
    last_seen: visit.now,
    updated_at: visit.now,
    closed_at: null,
    closed_reason: null,
    reopened_at: null,
    duplicate_of: null,
    content_hash: item.contentHash,
    list_hash: seen.listHash,
    has_body: item.hasBody,
    triage: seen.triage.keep ? 'keep' : 'drop',
    triage_version: seen.triage.version,
    employment_types: posting.employmentTypes,
    work_mode: posting.workMode,
    pay: posting.pay,
    not_understood: item.notUnderstood,
    stated: { work_mode: posting.workMode, pay: posting.pay, employment_types: posting.employmentTypes },
    ...tagValues(item.classification),
  };
}

/** Whatever clock the page was read by: nothing was posted later than it is seen. */
function notAfter(instant: string | null, now: Date): string | null {
  return instant !== null && Date.parse(instant) > now.getTime() ? now.toISOString() : instant;
}

/** A day or month stands for its first moment in UTC; its precision is kept beside it. */
function instantOf(value: string | undefined): string | null {
  if (!value) return null;
  if (value.length === 7) return `${value}-01T00:00:00Z`;
  return value.length === 10 ? `${value}T00:00:00Z` : value;
}

/** A month in which something closes stands for its last day: nothing is closed before it may be. */
function closingInstant(value: string | undefined): string | null {
  if (value?.length !== 7) return instantOf(value);
  const [year, month] = value.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 0)).toISOString();
}
