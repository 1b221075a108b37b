import { z } from 'zod';
import { EMPLOYMENT_TYPES, PAY_INTERVALS, WORK_MODES } from '../posting/posting.ts';
import { PATH_SLUGS, RELEVANCES, VERDICTS } from '../posting/taxonomy.ts';

const instant = z.iso.datetime().describe('ISO 8601, UTC');
const range = z.object({ min: z.number().nullable(), max: z.number().nullable() });
const TOLD = z.object({
  verdict: z.enum(VERDICTS),
  confidence: z
    .number()
    .nullable()
    .describe('How likely it is right about whether the holder may apply, 0 to 1; null when that is not stated'),
  rule: z.string().nullable().describe('The rule that decided'),
  evidence: z.array(z.string()).describe('The words of the posting that decided, at most two, short'),
});

const PLACE = z.object({ raw: z.string(), city: z.string().nullable(), region: z.string().nullable(), country: z.string().nullable() });
const PAY = range.extend({
  currency: z.string(),
  interval: z.enum(PAY_INTERVALS),
  per_year: range.nullable().describe('2,080 hours, 260 days, 52 weeks, 12 months; null for pay per visit'),
});
const VERDICTS_TOLD = z.object({ OT: TOLD, OTA: TOLD, PT: TOLD, PTA: TOLD, SLP: TOLD });
const FACETS_TOLD = z.object({
  min_years: z.number().nullable(),
  caseload: z.boolean(),
  certifications: z.array(z.object({ name: z.string(), need: z.enum(['required', 'preferred']) })),
  patient_contact: z.enum(['none', 'some', 'daily']).nullable(),
  travel_percent: z.number().nullable(),
  states: z.array(z.string()).describe('States a license must be held in or a remote job is limited to'),
  degree: z.enum(['associate', 'bachelor', 'master', 'doctorate']).nullable(),
  lifting_pounds: z.number().nullable(),
  seniority: z.enum(['entry', 'mid', 'senior', 'lead', 'manager', 'director', 'executive']).nullable(),
});

/** The public shape of a posting on every surface. */
export const POSTING = z.object({
  id: z.string().describe('The same in every feed, where it stands at the end of a tag: URI'),
  title: z.string(),
  company: z.string().nullable(),
  department: z.string().nullable(),
  places: z.array(PLACE),
  states: z.array(z.string()).describe('USPS codes of the places'),
  work_mode: z.enum(WORK_MODES).nullable(),
  pay: PAY.nullable().describe('Base pay as stated; null when it is not'),
  employment_types: z.array(z.enum(EMPLOYMENT_TYPES)),
  relevance: z.enum(RELEVANCES).nullable(),
  confidence: z.number().nullable().describe('How likely the relevance is right, 0 to 1'),
  paths: z.array(z.enum(PATH_SLUGS)).describe('The primary path first'),
  roles: z.array(z.string()),
  verdicts: VERDICTS_TOLD.nullable().describe('What the posting says about each credential'),
  facets: FACETS_TOLD,
  posted_at: z
    .object({ value: z.string(), precision: z.enum(['time', 'day', 'month']), from: z.string().nullable() })
    .nullable()
    .describe("The employer's date, no more exact than stated"),
  closes_at: instant.nullable(),
  first_seen: instant.describe('When Ombre first saw it; lists are ordered by it'),
  updated_at: instant,
  closed_at: instant.nullable(),
  closed_reason: z.string().nullable(),
  source: z.string(),
  url: z.string().describe("The employer's own page"),
  apply_url: z.string().nullable(),
  links: z.object({ self: z.string(), html: z.string() }),
});
export type PostingView = z.infer<typeof POSTING>;

/** One posting alone. */
export const POSTING_DETAIL = POSTING.extend({ last_seen: instant, duplicate_of: z.string().nullable() });
export type PostingDetailView = z.infer<typeof POSTING_DETAIL>;

const EVIDENCE = z.object({ field: z.enum(['title', 'text', 'location', 'department']), start: z.int(), end: z.int(), text: z.string() });

const TAG = z.object({
  kind: z.enum(['relevance', 'path', 'verdict', 'facet']),
  name: z.string(),
  value: z.string(),
  rule: z.string(),
  evidence: z.array(EVIDENCE).describe('UTF-16 offsets into that field; those of `text` into the `text` beside'),
  confidence: z.number().nullable().describe('Of verdicts alone'),
});

/** What `explain=1` adds. */
export const EXPLANATION = z.object({ rules_version: z.string().nullable(), tags: z.array(TAG), text: z.string() });
export type Explanation = z.infer<typeof EXPLANATION>;

/** What postings are made of, by the names that generated clients have for it. */
export const POSTING_PARTS = { Place: PLACE, Pay: PAY, Verdict: TOLD, Verdicts: VERDICTS_TOLD, PostingFacets: FACETS_TOLD, Tag: TAG };
