import { z } from 'zod';
import { mistake, type OmbreError } from '../errors.ts';
import { EMPLOYMENT_TYPES, WORK_MODES } from '../posting/posting.ts';
import { CREDENTIALS, MAY_APPLY, PATH_SLUGS, ROLE_SLUGS, VERDICTS } from '../posting/taxonomy.ts';
import { type FeedFilter, INCLUDES } from '../store/feed/feed-filter.ts';
import { CONTACTS, FIELDS, type Field, type FieldName, oneOf } from './fields.ts';
import { keysAround } from './near.ts';
import { withoutTracking } from './tracking.ts';

export type Filter = FeedFilter;
export type RawQuery = Record<string, string | string[] | undefined>;

const MAX_QUERY_LENGTH = 2000;
const NAMES = Object.keys(FIELDS) as FieldName[];

const SHAPE = z.strictObject(
  Object.fromEntries(NAMES.map(name => [name, FIELDS[name].schema.optional()])) as {
    [N in FieldName]: z.ZodOptional<(typeof FIELDS)[N]['schema']>;
  },
);

/** A mistake in a filter with its parts, as the API tells it. */
export type FilterMistake = OmbreError & { field: string; value: unknown; allowed: string };

export function filterMistake(field: string, value: unknown, allowed: string): FilterMistake {
  return Object.assign(mistake('E_FILTER', field, value, allowed), { field, value, allowed });
}

export function isFilterMistake(error: unknown): error is FilterMistake {
  return error instanceof Error && 'code' in error && error.code === 'E_FILTER' && 'field' in error;
}

/** Reads a filter from a query: unknown names and values throw E_FILTER with the field, its value and what is allowed. */
export function parseFilter(query: RawQuery): Filter {
  const input: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(query)) {
    if (given === undefined) continue;
    if (!Object.hasOwn(FIELDS, name)) throw filterMistake(name, given, `the names ${oneOf(NAMES)}`);
    const value = givenValue(FIELDS[name as FieldName], given);
    if (value !== undefined) input[name] = value;
  }
  const parsed = SHAPE.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const name = String(issue.path[0]) as FieldName;
    const given = input[name];
    const at = issue.path[1];
    throw filterMistake(name, Array.isArray(given) && typeof at === 'number' ? given[at] : given, FIELDS[name].allowed);
  }
  return completed(parsed.data, query);
}

/** Reads a filter from the text of a query, with or without its question mark. */
export function parseQuery(text: string): Filter {
  return parseFilter(rawQuery(text));
}

/** Name → value or values, in the order given, without what others add to links. Throws E_FILTER for a text longer than any filter is. */
export function rawQuery(text: string): RawQuery {
  const said = withoutTracking(text);
  if (said.length > MAX_QUERY_LENGTH) throw filterMistake('query', `${said.slice(0, 60)}…`, `up to ${MAX_QUERY_LENGTH} characters`);
  const query: RawQuery = Object.create(null);
  for (const [name, value] of new URLSearchParams(said)) {
    const before = query[name];
    query[name] = before === undefined ? value : [before, value].flat();
  }
  return query;
}

/** An empty value is as good as none: forms send them. */
function givenValue(field: Field, given: string | string[]): string | string[] | undefined {
  const values = (Array.isArray(given) ? given : [given])
    .flatMap(text => (field.kind === 'list' ? text.split(',') : [text]))
    .map(text => text.trim())
    .filter(text => text !== '');
  if (values.length === 0) return undefined;
  if (field.kind === 'one') return values.length === 1 ? values[0] : values;
  return [...new Set(values)];
}

function completed(given: z.output<typeof SHAPE>, query: RawQuery): Filter {
  if (given.radius !== undefined && given.near === undefined) throw filterMistake('radius', given.radius, FIELDS.radius.allowed);
  if (given.pay_interval !== undefined && given.pay_min === undefined)
    throw filterMistake('pay_interval', query.pay_interval, FIELDS.pay_interval.allowed);
  const credential = inOrder(given.credential, CREDENTIALS);
  const miles = given.radius ?? 50;
  return {
    path: inOrder(given.path, PATH_SLUGS),
    role: inOrder(given.role, ROLE_SLUGS),
    credential,
    verdict: given.verdict ? inOrder(given.verdict, VERDICTS) : credential.length ? [...MAY_APPLY] : [],
    work_mode: inOrder(given.work_mode, WORK_MODES),
    q: given.q ?? null,
    since: given.since ?? null,
    posted_since: given.posted_since ?? null,
    state: sorted(given.state),
    near: given.near === undefined ? null : { place: given.near.place, miles, keys: keysAround(given.near, miles) },
    pay_min: given.pay_min ?? null,
    pay_interval: given.pay_interval ?? 'year',
    employment_type: inOrder(given.employment_type, EMPLOYMENT_TYPES),
    beside: given.beside ?? false,
    max_years: given.max_years ?? null,
    certification: sorted(given.certification),
    without_certification: sorted(given.without_certification),
    patient_contact: inOrder(given.patient_contact, CONTACTS),
    max_lifting: given.max_lifting ?? null,
    company: sorted(given.company),
    source: sorted(given.source),
    include: inOrder(given.include, INCLUDES),
    limit: given.limit ?? null,
    cursor: given.cursor ?? null,
  };
}

function inOrder<T extends string>(given: readonly T[] | undefined, order: readonly T[]): T[] {
  return given ? order.filter(value => given.includes(value)) : [];
}

function sorted<T extends string>(given: readonly T[] | undefined): T[] {
  return [...new Set(given ?? [])].sort();
}

/** Whether a value that came from a board can be asked for at all: boards write names longer than a filter takes, or with commas in them. */
export function askable(name: FieldName, value: string): boolean {
  if (FIELDS[name].kind === 'list' && value.includes(',')) return false;
  try {
    parseQuery(new URLSearchParams([[name, value]]).toString());
    return true;
  } catch (error) {
    if (isFilterMistake(error)) return false;
    throw error;
  }
}
