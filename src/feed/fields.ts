import { z } from 'zod';
import { EMPLOYMENT_TYPES, WORK_MODES } from '../posting/posting.ts';
import { US_STATES } from '../posting/states.ts';
import { CREDENTIALS, MAY_APPLY, PATH_SLUGS, ROLE_SLUGS, VERDICTS } from '../posting/taxonomy.ts';
import { INCLUDES } from '../store/feed/feed-filter.ts';
import { DEFAULT_LIMIT, FEED_PAGE } from '../store/feed/page-size.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { centerOf } from './near.ts';
import { isMoment, sinceOf } from './since.ts';
import {
  CREDENTIAL_SPELLINGS,
  EMPLOYMENT_SPELLINGS,
  INTERVAL_SPELLINGS,
  PATH_SPELLINGS,
  readerOf,
  type Spellings,
  usStateOf,
  VERDICT_SPELLINGS,
} from './spelling.ts';

const MAX_LIMIT = 100;
export const CONTACTS = ['none', 'some', 'daily'] as const;
const PAY_BASES = ['hour', 'day', 'week', 'month', 'year'] as const;

/** `list`: repeated or with commas. `repeat`: repeated only, because a value may hold a comma. `one`: given once. */
type Kind = 'list' | 'repeat' | 'one';
/**
 * `json` is the schema for the reference where the text form says too little; `refines` another field that it says more of, without which it
 * is nothing, unless it means something `alone`.
 */
export type Field = {
  kind: Kind;
  schema: z.ZodType;
  json?: Record<string, unknown>;
  allowed: string;
  help: string;
  example: string;
  refines?: string;
  alone?: true;
};

export const oneOf = (values: readonly string[]) => values.join(', ');
const whole = (min: number, max: number) => ({
  schema: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max)),
  json: { type: 'integer', minimum: min, maximum: max },
});
const plain = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(text => !/\p{Cc}/u.test(text));
/** A reader that answers null to what it does not take. */
const readBy =
  <T>(read: (text: string) => T | null) =>
  (text: string, ctx: z.RefinementCtx): T => {
    const value = read(text);
    if (value !== null) return value;
    ctx.addIssue('not taken');
    return z.NEVER;
  };
/** Values of a known set, in any spelling a person may give them; `json` shows the one spelling. */
const choicesOf = <const T extends string>(values: readonly T[], others?: Spellings<T>, read = readerOf<T>(values, others)) => ({
  schema: z.array(z.string().transform(readBy(read))).max(60),
  json: { type: 'array', maxItems: 60, items: { type: 'string', enum: values } },
});
const choiceOf = <const T extends string>(values: readonly T[], others?: Spellings<T>) => ({
  schema: z.string().transform(readBy(readerOf<T>(values, others))),
  json: { type: 'string', enum: values },
});
const moment = {
  schema: z.string().refine(isMoment).transform(sinceOf),
  allowed: 'a date such as 2026-11-01, an instant such as 2026-11-01T08:00:00Z, or 24h, 7d, 2w',
};
const lower = plain(100).transform(text => text.toLowerCase());

/** The one table of the filter: what each name takes, what to say when it is given something else, and what the reference shows. */
export const FIELDS = {
  path: {
    kind: 'list',
    ...choicesOf(PATH_SLUGS, PATH_SPELLINGS),
    allowed: oneOf(PATH_SLUGS),
    help: 'Career paths.',
    example: 'utilization-review',
  },
  role: {
    kind: 'list',
    ...choicesOf(ROLE_SLUGS),
    allowed: oneOf(ROLE_SLUGS),
    help: 'Roles of the paths.',
    example: 'utilization-reviewer',
  },
  credential: {
    kind: 'list',
    ...choicesOf(CREDENTIALS, CREDENTIAL_SPELLINGS),
    allowed: oneOf(CREDENTIALS),
    help: 'Credentials of the reader.',
    example: 'OTA',
  },
  verdict: {
    kind: 'list',
    ...choicesOf(VERDICTS, VERDICT_SPELLINGS),
    allowed: oneOf(VERDICTS),
    help: `What a posting says about the credential; ${oneOf(MAY_APPLY)} when only a credential is given.`,
    example: 'named,preferred',
    refines: 'credential',
    alone: true,
  },
  work_mode: { kind: 'list', ...choicesOf(WORK_MODES), allowed: oneOf(WORK_MODES), help: 'Where the work is done.', example: 'remote' },
  q: {
    kind: 'one',
    schema: plain(200),
    allowed: 'up to 200 characters: words, "a phrase", -without, or',
    help: 'Text search over title, employer and body: stemmed words, "phrases", or, -exclusions.',
    example: '"utilization review" -RN',
  },
  since: {
    kind: 'one',
    ...moment,
    help: 'First seen by Ombre since.',
    example: '7d',
  },
  posted_since: {
    kind: 'one',
    ...moment,
    help: 'Posted by the employer since; postings without a date are left out.',
    example: '2w',
  },
  state: {
    kind: 'list',
    ...choicesOf(US_STATES, {}, usStateOf),
    allowed: 'USPS codes such as TX or CA, or names of states',
    help: 'States: a place there, or a remote job that may be done from there (limited to states among these, or to none).',
    example: 'TX,CA',
  },
  near: {
    kind: 'one',
    schema: plain(80).transform(readBy(centerOf)),
    allowed: 'a ZIP code such as 78701, or a city such as Austin, TX',
    help: 'Center of a radius; the places of a posting count.',
    example: '78701',
  },
  radius: {
    kind: 'one',
    ...whole(1, 200),
    allowed: 'miles from 1 to 200, only together with near',
    refines: 'near',
    help: 'Miles around `near` (50).',
    example: '25',
  },
  pay_min: {
    kind: 'one',
    schema: z
      .string()
      .regex(/^\d{1,8}(\.\d{1,2})?$/)
      .transform(Number)
      .pipe(z.number().positive().max(10_000_000)),
    json: { type: 'number', exclusiveMinimum: 0, maximum: 10_000_000 },
    allowed: 'US dollars, more than 0',
    help: 'Least pay in US dollars per `pay_interval`, compared per year; the top of the stated range counts; postings without pay are left out.',
    example: '60000',
  },
  pay_interval: {
    kind: 'one',
    ...choiceOf(PAY_BASES, INTERVAL_SPELLINGS),
    allowed: `${oneOf(PAY_BASES)}, only together with pay_min`,
    refines: 'pay_min',
    help: 'What `pay_min` is paid for (year).',
    example: 'hour',
  },
  employment_type: {
    kind: 'list',
    ...choicesOf(EMPLOYMENT_TYPES, EMPLOYMENT_SPELLINGS),
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
    ...whole(0, 50),
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
  patient_contact: {
    kind: 'list',
    ...choicesOf(CONTACTS),
    allowed: oneOf(CONTACTS),
    help: 'Patient contact, where stated.',
    example: 'none',
  },
  max_lifting: {
    kind: 'one',
    ...whole(0, 500),
    allowed: 'pounds from 0 to 500',
    help: 'Asks to lift no more pounds; postings that state none stay in.',
    example: '25',
  },
  company: {
    kind: 'repeat',
    schema: z.array(lower).max(20),
    allowed: 'names of employers',
    help: 'Employers by name, in any case.',
    example: 'Acme Health',
  },
  source: {
    kind: 'list',
    schema: z.array(z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/)).max(50),
    allowed: 'slugs of sources',
    help: 'Sources by slug.',
    example: 'acme-health',
  },
  include: {
    kind: 'list',
    ...choicesOf(INCLUDES),
    allowed: oneOf(INCLUDES),
    help: 'What is left out otherwise; `barred`: postings that take none of the five credentials.',
    example: 'closed',
  },
  limit: {
    kind: 'one',
    ...whole(1, MAX_LIMIT),
    allowed: `a whole number from 1 to ${MAX_LIMIT}`,
    help: `Postings per page (${DEFAULT_LIMIT}; in feeds ${FEED_PAGE.limit}, or all that were first seen in the last ${FEED_PAGE.hours} hours, at most ${FEED_PAGE.most}).`,
    example: '20',
  },
  cursor: {
    kind: 'one',
    schema: z.string().transform(readBy(decodeCursor)),
    allowed: 'the `next` of a page',
    help: 'Where the page begins.',
    example: encodeCursor({ firstSeen: '2026-11-01T08:00:00.000000Z', id: 'example' }),
  },
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;

/** The fields that refine another. */
export const REFINEMENTS = (Object.keys(FIELDS) as FieldName[]).flatMap(name => {
  const field: Field = FIELDS[name];
  return field.refines === undefined ? [] : [{ name, of: field.refines, alone: field.alone ?? false }];
});
