import { z } from 'zod';
import { mistake, type OmbreError } from '../errors.ts';
import { EMPLOYMENT_TYPES, WORK_MODES } from '../posting/posting.ts';
import { CREDENTIALS, MAY_APPLY, PATH_SLUGS, ROLE_SLUGS, VERDICTS } from '../posting/taxonomy.ts';
import type { FeedFilter } from '../store/feed-filter.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { centreOf, keysAround, STATE_CODES } from './near.ts';
import { isMoment, sinceOf } from './since.ts';

export type Filter = FeedFilter;
export type RawQuery = Record<string, string | string[] | undefined>;

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 100;
const MAX_QUERY_LENGTH = 2000;
const CONTACTS = ['none', 'some', 'daily'] as const;
const PAY_BASES = ['hour', 'day', 'week', 'month', 'year'] as const;

/** `list`: repeated or with commas. `repeat`: repeated only, because a value may hold a comma. `one`: given once. */
type Kind = 'list' | 'repeat' | 'one';
type Field = { kind: Kind; schema: z.ZodType; allowed: string; help: string; example: string };

const oneOf = (values: readonly string[]) => values.join(', ');
const listOf = <const T extends readonly [string, ...string[]] | readonly string[]>(values: T) => z.array(z.enum(values)).max(60);
const whole = (min: number, max: number) => z.string().regex(/^\d{1,9}$/).transform(Number).pipe(z.number().min(min).max(max));
const plain = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(text => !/\p{Cc}/u.test(text));
const lower = plain(100).transform(text => text.toLowerCase());

/** The one table of the filter: what each name takes, what to say when it is given something else, and what the reference shows. */
export const FIELDS = {
  path: { kind: 'list', schema: listOf(PATH_SLUGS), allowed: oneOf(PATH_SLUGS), help: 'Career paths.', example: 'utilization-review' },
  role: { kind: 'list', schema: listOf(ROLE_SLUGS), allowed: oneOf(ROLE_SLUGS), help: 'Roles of the paths.', example: 'utilization-reviewer' },
  credential: { kind: 'list', schema: listOf(CREDENTIALS), allowed: oneOf(CREDENTIALS), help: 'Credentials of the reader.', example: 'OTA' },
  verdict: {
    kind: 'list',
    schema: listOf(VERDICTS),
    allowed: oneOf(VERDICTS),
    help: `What a posting says about the credential; ${oneOf(MAY_APPLY)} when only a credential is given.`,
    example: 'named,preferred',
  },
  work_mode: { kind: 'list', schema: listOf(WORK_MODES), allowed: oneOf(WORK_MODES), help: 'Where the work is done.', example: 'remote' },
  q: {
    kind: 'one',
    schema: plain(200),
    allowed: 'up to 200 characters: words, "a phrase", -without, or',
    help: 'Text search over title, employer and body: stemmed words, "phrases", or, -exclusions.',
    example: '"utilization review" -RN',
  },
  since: {
    kind: 'one',
    schema: z.string().refine(isMoment).transform(sinceOf),
    allowed: 'a date such as 2026-11-01, an instant such as 2026-11-01T08:00:00Z, or 24h, 7d, 2w',
    help: 'First seen by Ombre since.',
    example: '7d',
  },
  posted_since: {
    kind: 'one',
    schema: z.string().refine(isMoment).transform(sinceOf),
    allowed: 'a date such as 2026-11-01, an instant such as 2026-11-01T08:00:00Z, or 24h, 7d, 2w',
    help: 'Posted by the employer since; postings without a date are left out.',
    example: '2w',
  },
  state: {
    kind: 'list',
    schema: z.array(z.string().toUpperCase().pipe(z.enum(STATE_CODES))).max(60),
    allowed: 'USPS codes such as TX or CA',
    help: 'States: a place there, or a remote job that may be done from there (limited to states among these, or to none).',
    example: 'TX,CA',
  },
  near: {
    kind: 'one',
    schema: plain(80).transform((text, ctx) => centreOf(text) ?? (ctx.addIssue('not a known place'), z.NEVER)),
    allowed: 'a ZIP code such as 78701, or a city such as Austin, TX',
    help: 'Centre of a radius; the places of a posting count.',
    example: '78701',
  },
  radius: { kind: 'one', schema: whole(1, 200), allowed: 'miles from 1 to 200, only together with near', help: 'Miles around `near` (50).', example: '25' },
  pay_min: {
    kind: 'one',
    schema: z.string().regex(/^\d{1,8}(\.\d{1,2})?$/).transform(Number).pipe(z.number().positive().max(10_000_000)),
    allowed: 'US dollars, more than 0',
    help: 'Least pay in US dollars per `pay_interval`, compared per year; the top of the stated range counts; postings without pay are left out.',
    example: '60000',
  },
  pay_interval: {
    kind: 'one',
    schema: z.enum(PAY_BASES),
    allowed: `${oneOf(PAY_BASES)}, only together with pay_min`,
    help: 'What `pay_min` is paid for (year).',
    example: 'hour',
  },
  employment_type: {
    kind: 'list',
    schema: listOf(EMPLOYMENT_TYPES),
    allowed: oneOf(EMPLOYMENT_TYPES),
    help: 'Employment types.',
    example: 'part_time,contract',
  },
  beside: {
    kind: 'one',
    schema: z.literal('1').transform(() => true),
    allowed: '1',
    help: 'Only jobs that fit beside a clinical job: part-time, per diem, contract, freelance or temporary.',
    example: '1',
  },
  max_years: {
    kind: 'one',
    schema: whole(0, 50),
    allowed: 'years from 0 to 50',
    help: 'Asks for no more years of experience; postings that state none stay in.',
    example: '2',
  },
  certification: {
    kind: 'list',
    schema: z.array(lower).max(20),
    allowed: 'names such as ATP or CCM',
    help: 'Asks for one of these certifications, required or preferred.',
    example: 'ATP',
  },
  without_certification: {
    kind: 'list',
    schema: z.array(lower).max(20),
    allowed: 'names such as CCM, or any for none at all',
    help: 'Requires none of these certifications; `any`: requires none at all.',
    example: 'any',
  },
  patient_contact: { kind: 'list', schema: listOf(CONTACTS), allowed: oneOf(CONTACTS), help: 'Patient contact, where stated.', example: 'none' },
  max_lifting: {
    kind: 'one',
    schema: whole(0, 500),
    allowed: 'pounds from 0 to 500',
    help: 'Asks to lift no more pounds; postings that state none stay in.',
    example: '25',
  },
  company: { kind: 'repeat', schema: z.array(lower).max(20), allowed: 'names of employers', help: 'Employers by name, in any case.', example: 'Acme Health' },
  source: {
    kind: 'list',
    schema: z.array(z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/)).max(50),
    allowed: 'slugs of sources',
    help: 'Sources by slug.',
    example: 'acme-health',
  },
  include: { kind: 'list', schema: listOf(['clinical', 'closed']), allowed: 'clinical, closed', help: 'What is left out otherwise.', example: 'closed' },
  limit: { kind: 'one', schema: whole(1, MAX_LIMIT), allowed: `a whole number from 1 to ${MAX_LIMIT}`, help: `Postings per page (${DEFAULT_LIMIT}).`, example: '20' },
  cursor: {
    kind: 'one',
    schema: z.string().transform((text, ctx) => decodeCursor(text) ?? (ctx.addIssue('not a cursor'), z.NEVER)),
    allowed: 'the `next` of a page',
    help: 'Where the page begins.',
    example: encodeCursor({ firstSeen: '2026-11-01T08:00:00.000000Z', id: 'example' }),
  },
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;
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
    const value = valueOf(FIELDS[name as FieldName], given);
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

/** Name → value or values, in the order given. Throws E_FILTER when the text is longer than any filter is. */
export function rawQuery(text: string): RawQuery {
  if (text.length > MAX_QUERY_LENGTH) throw filterMistake('query', `${text.slice(0, 60)}…`, `up to ${MAX_QUERY_LENGTH} characters`);
  const query: Record<string, string[]> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) (query[name] ??= []).push(value);
  return query;
}

/** An empty value is as good as none: forms send them. */
function valueOf(field: Field, given: string | string[]): string | string[] | undefined {
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
  if (given.pay_interval !== undefined && given.pay_min === undefined) throw filterMistake('pay_interval', query.pay_interval, FIELDS.pay_interval.allowed);
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
    include: inOrder(given.include, ['clinical', 'closed'] as const),
    limit: given.limit ?? DEFAULT_LIMIT,
    cursor: given.cursor ?? null,
  };
}

function inOrder<T extends string>(given: readonly T[] | undefined, order: readonly T[]): T[] {
  return given ? order.filter(value => given.includes(value)) : [];
}

function sorted<T extends string>(given: readonly T[] | undefined): T[] {
  return [...new Set(given ?? [])].sort();
}
