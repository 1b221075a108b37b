import { z } from 'zod';
import type { Classification, Facets } from '../classify/classification.ts';
import { EMPLOYMENT_TYPES, PAY_INTERVALS, WORK_MODES } from '../posting/posting.ts';
import { CREDENTIALS, PATH_SLUGS, type Path, RELEVANCES, VERDICTS } from '../posting/taxonomy.ts';

export const SURENESSES = ['high', 'low'] as const;
/** How sure the reader was: `low` where two careful readers could well answer differently. */
export type Sure = (typeof SURENESSES)[number];

/** What a label without a field of its own means by leaving it out, when it is `partial`. */
const ONLY_RELEVANCE = { paths: [], role: null, verdicts: null };

const number = z.number().nullable();
const certification = z.object({ name: z.string(), need: z.enum(['required', 'preferred']) });
const full = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  relevance: z.enum(RELEVANCES),
  /** The reader answered for the relevance alone. */
  partial: z.boolean().default(false),
  sure: z.enum(SURENESSES).default('high'),
  paths: z.array(z.enum(PATH_SLUGS as [Path, ...Path[]])),
  role: z.string().nullable(),
  verdicts: z.record(z.enum(CREDENTIALS), z.enum(VERDICTS)).nullable(),
  // Labels of the desk lack the facets, older files the last three: what a label does not say is not compared. Null says that the text does not say.
  work_mode: z.enum(WORK_MODES).nullish(),
  min_years: number.optional(),
  pay: z.object({ min: number, max: number, currency: z.string(), interval: z.enum(PAY_INTERVALS) }).nullish(),
  employment_type: z.array(z.enum(EMPLOYMENT_TYPES)).optional(),
  caseload: z.boolean().optional(),
  certifications: z.array(certification).optional(),
});

/** One line of a label file. */
export const labelLine = z.preprocess(
  row => (typeof row === 'object' && row !== null && 'partial' in row && row.partial === true ? { ...ONLY_RELEVANCE, ...row } : row),
  full,
);

/** What a careful reader says about a posting. */
export type Label = z.output<typeof labelLine>;

/** What is compared with a label: a classification or a baseline's guess. */
export type Guess = Pick<Classification, 'relevance' | 'confidence' | 'paths' | 'verdicts' | 'rule'> & {
  facets: Pick<Facets, 'work_mode' | 'min_years' | 'pay' | 'employment_type' | 'caseload' | 'certifications'>;
};

/** A posting's label beside what was guessed of it. `origin` says where the posting comes from. */
export type Pair = { title: string; origin: string; label: Label; guess: Guess };
