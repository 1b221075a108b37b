import { z } from 'zod';
import { CREDENTIALS, PATH_SLUGS, ROLE_PATH } from '../posting/taxonomy.ts';

/** Where a phrase counts. `text` is every section but company talk, benefits, pay and legal text. */
export const PLACES = ['title', 'department', 'company', 'text', 'duty', 'requirement', 'anywhere'] as const;
export type RulePlace = (typeof PLACES)[number];

/**
 * Facts about the whole posting that rules gather:
 * `link` a tie to health, rehabilitation, disability or the training of clinicians; `treats` hands-on treating; `no-treating` the text rules it out;
 * `deferred` requirements are told somewhere else.
 */
export const SIGNALS = [
  'link',
  'rehab',
  'clinicians',
  'vendor',
  'treats',
  'no-treating',
  'deferred',
  'no-license',
  'contradiction',
  'asks',
  'worth-reading',
  'industry',
] as const;
export type Signal = (typeof SIGNALS)[number];

/** Words around a credential that tell what the sentence does with it. */
export const CUES = [
  'required',
  'preferred',
  'excluded',
  'license',
  'licensed',
  'degree',
  'background',
  'hiring',
  'hire',
  'role',
  'scope',
  'scope-after',
  'related',
  'equivalent',
] as const;
export type Cue = (typeof CUES)[number];

/** Kinds of people a generic word covers. */
export const GROUPS = ['therapist', 'professional', 'assistant', 'bare-assistant', 'other', 'other-degree', 'board', 'nobody'] as const;
export type Group = (typeof GROUPS)[number];

const weight = z.number().min(0.25).max(14);
const effect = z.union([
  z.strictObject({
    path: z.enum(PATH_SLUGS as [string, ...string[]]),
    role: z.enum([...ROLE_PATH.keys()] as [string, ...string[]]).optional(),
    weight,
    needs: z.enum(['link', 'strong-link', 'clinicians', 'rehab', 'vendor']).optional(),
    caseload: z.boolean().optional(),
    binds: z.boolean().optional(),
  }),
  z.strictObject({ clinical: weight }),
  z.strictObject({ other: weight }),
  z.strictObject({ signal: z.enum(SIGNALS), weight: weight.default(1) }),
  z.strictObject({ names: z.array(z.enum(CREDENTIALS)).min(1), field: z.boolean().optional() }),
  z.strictObject({ group: z.enum(GROUPS) }),
  z.strictObject({ cue: z.enum(CUES) }),
]);
export type Effect = z.infer<typeof effect>;

const rule = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/, 'lower-case words joined by points, such as review.title.reviewer'),
  meaning: z.string().min(8),
  where: z.array(z.enum(PLACES)).min(1),
  phrases: z.array(z.string().min(1)).min(1),
  effect,
  must: z.array(z.string().min(1)).min(1),
  must_not: z.array(z.string().min(1)).default([]),
});
export type Rule = z.infer<typeof rule> & { readonly file: string };

export const ruleFile = z.strictObject({ about: z.string().min(8), rules: z.array(rule).min(1) });
export const vocabularyFile = z.record(z.string().regex(/^[a-z][a-z-]*$/), z.array(z.string().min(1)).min(1));
