import { z } from 'zod';
import { JSON_FEED } from '../feed/json-feed-schema.ts';
import { EXPLANATION, POSTING, POSTING_DETAIL, POSTING_PARTS } from '../feed/posting-schema.ts';
import { CREDENTIALS, PATH_SLUGS, VERDICTS } from '../posting/taxonomy.ts';
import { FACETS } from '../store/feed/facets.ts';

const count = z.int().min(0);
const TOTAL = z.object({ value: count, capped: z.boolean().describe('There are more than `value`') });
const QUARTILES = z
  .object({ n: count, lower: z.number(), median: z.number(), upper: z.number() })
  .describe('US dollars a year, the middle of each stated range');
const WEEK = z.object({ week: z.iso.date().describe('Its Monday'), opened: count, closed: count, open: z.int().describe('At its end') });

const PATH_NUMBERS = z.object({
  path: z.enum(PATH_SLUGS),
  name: z.string(),
  open: count,
  new_this_week: count,
  remote: count,
  hybrid: count,
  onsite: count,
  open_to_assistants: count.describe('Postings that an OTA or a PTA may apply to'),
  pay: QUARTILES.nullable(),
  roles: z.array(z.object({ role: z.string(), open: count })),
});

/** An object that has a member for each name. */
function each<N extends string, S extends z.ZodType>(names: readonly N[], schema: S) {
  return z.object(Object.fromEntries(names.map(name => [name, schema])) as Record<N, S>);
}

const DETAIL = POSTING_DETAIL.extend(EXPLANATION.partial().shape);
const PROBLEM = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.string().optional(),
    field: z.string().optional(),
    value: z.unknown().optional(),
    allowed: z.string().optional(),
  })
  .loose()
  .describe('RFC 9457; a mistake in a parameter also names `field`, `value` and what is `allowed`');

/** What documents are made of, by the names that generated clients have for it. */
export const PARTS = { ...POSTING_PARTS, Posting: POSTING, Total: TOTAL, Quartiles: QUARTILES, Week: WEEK, PathNumbers: PATH_NUMBERS };

/** The documents of the API by the name the OpenAPI document gives them. */
export const SCHEMAS = {
  PostingDetail: DETAIL,
  Postings: z.object({
    items: z
      .array(POSTING.partial().required({ id: true }).extend({ tags: EXPLANATION.shape.tags.optional() }))
      .describe('With every member of a posting, but for `fields` (those named) and `closed_since` (`id`, `closed_at`, `closed_reason`)'),
    next: z.string().nullable().describe('The `cursor` of the next page'),
    total: TOTAL,
    until: z.iso
      .datetime()
      .optional()
      .describe('Only with `updated_since` or `closed_since`: ask from here the next time, when `next` is null'),
  }),
  Employers: z.object({
    employers: z.array(
      z.object({
        name: z.string().describe('As most of its postings spell it'),
        open: count,
        remote: count,
        paths: z.array(z.object({ path: z.enum(PATH_SLUGS), open: count })),
        newest: z.iso.datetime().describe('When its newest posting was first seen'),
        links: z.object({ postings: z.string().nullable().describe('Null where the name is one that no filter takes') }),
      }),
    ),
    capped: z.boolean().describe('There are more than these'),
  }),
  Taxonomy: z.object({
    credentials: z.array(z.object({ code: z.enum(CREDENTIALS), short: z.string(), name: z.string() })),
    verdicts: z
      .array(z.object({ code: z.enum(VERDICTS), label: z.string(), sign: z.string(), means: z.string(), may_apply: z.boolean() }))
      .describe('Best first'),
    paths: z.array(
      z.object({ code: z.enum(PATH_SLUGS), name: z.string(), roles: z.array(z.object({ code: z.string(), name: z.string() })) }),
    ),
    work_modes: z.array(z.string()),
    employment_types: z.array(z.string()),
    patient_contact: z.array(z.string()),
  }),
  Facets: z.object({
    facets: each(FACETS, z.array(z.object({ value: z.string(), count, label: z.string().optional() }))),
    capped: z.boolean().describe('Only the newest 20,000 postings were counted'),
    total: TOTAL,
  }),
  Paths: z.object({ paths: z.array(PATH_NUMBERS) }),
  Path: PATH_NUMBERS.extend({
    pay_by_credential: each(CREDENTIALS, QUARTILES.nullable()),
    certifications: z.array(z.object({ name: z.string(), required: count, preferred: count })),
    weeks: z.array(WEEK),
  }),
  Stats: z.object({ weeks: z.array(WEEK) }),
  Sources: z.object({
    sources: z.array(
      z.object({
        slug: z.string(),
        name: z.string(),
        system: z.string(),
        enabled: z.boolean(),
        disabled_reason: z.string().nullable(),
        open: count,
        robots: z.array(z.object({ origin: z.string(), allowed: z.boolean(), reason: z.string(), fetched_at: z.iso.datetime() })),
        last_complete_at: z.iso.datetime().nullable(),
        verified: z.boolean().describe('Whether a visit has ever read all of it'),
      }),
    ),
  }),
  JsonFeed: JSON_FEED,
  Problem: PROBLEM,
  Gone: PROBLEM.extend({ posting: DETAIL }).describe('A problem with the facts of the posting as they were'),
} as const satisfies Record<string, z.ZodType>;
export type SchemaName = keyof typeof SCHEMAS;
/** A document that answers what was asked. */
export type DocumentName = Exclude<SchemaName, 'Problem' | 'Gone'>;
