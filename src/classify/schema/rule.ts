import { z } from 'zod';
import { CREDENTIALS, PATH_SLUGS, ROLE_PATH } from '../../posting/taxonomy.ts';
import { mistakeAt, notAllowed, said, saidOfFields } from './mistakes.ts';

/** Where a phrase counts. `text` is every section but company talk, benefits, pay and legal text. */
export const PLACES = ['title', 'department', 'location', 'company', 'text', 'duty', 'requirement', 'anywhere'] as const;
export type RulePlace = (typeof PLACES)[number];

/**
 * Facts about the whole posting that rules gather:
 * `link` a tie to health, rehabilitation, disability or the training of clinicians; `industry` a tie to another field, `no-link` the text denies one;
 * `treats` hands-on treating, `treats-most` and `treats-some` how much of it, `treating-share` the same in figures; `no-treating` the text rules it out;
 * `deferred` requirements are told somewhere else.
 */
export const SIGNALS = [
  'link',
  'rehab',
  'clinicians',
  'vendor',
  'treats',
  'treats-most',
  'treats-some',
  'treating-share',
  'no-treating',
  'deferred',
  'asks',
  'worth-reading',
  'industry',
  'no-link',
] as const;
export type Signal = (typeof SIGNALS)[number];

/**
 * Words that shape a statement. `license`, `study`, `work`, `be`, `seek`, `hold` bring what an applicant has; `others` brings what belongs to
 * somebody else; `business` makes a profession before it a trade, `acts` a person before it one who does something. `turn` begins a clause,
 * `barrier` another thing; in a `complement` ("experience with") no thing ends yet. The rest are parts of lists.
 */
export const CUES = [
  'turn',
  'barrier',
  'complement',
  'license',
  'study',
  'work',
  'be',
  'seek',
  'hold',
  'others',
  'business',
  'acts',
  'hire',
  'one-of',
  'reference',
  'same',
  'namely',
  'related',
  'equivalent',
  'examples',
  'only',
  'lack',
  'licensed',
  'or',
  'and',
  'into',
  'of',
  'is',
  'higher',
  'have',
  'ends',
  'background',
  'instead',
  'role',
  'product',
] as const;
export type Cue = (typeof CUES)[number];

/**
 * What a requirement may ask for, beside credentials by name; capabilities.yaml says who carries what. First people and their licenses,
 * then levels of schooling, then fields of study, then what anybody may bring instead.
 */
export const ITEMS = [
  'therapist',
  'professional',
  'registered',
  'assistant',
  'any-assistant',
  'care-work',
  'other-license',
  'board',
  'nobody',
  'diploma',
  'associate',
  'bachelor',
  'master',
  'doctorate',
  'degree',
  'therapy-field',
  'clinical-field',
  'health-field',
  'other-field',
  'any-field',
  'lay',
] as const;
export type Item = (typeof ITEMS)[number];

/** Abbreviations with several senses. */
export const LETTERS = ['pt', 'ot', 'st', 'slp', 'atp', 'sms', 'caps', 'cpe'] as const;
/** What a word near such letters says: they are of the profession, they are not, the posting spells the profession out, or it speaks of something else. */
const MEANINGS = ['profession', 'other', 'spelled', 'elsewhere'] as const;
export type Letters = (typeof LETTERS)[number];

/** Of whom or what a statement speaks. `post`: another job than this one. */
export const SUBJECTS = ['applicant', 'job', 'employer', 'team', 'customer', 'perk', 'law', 'post'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** What a statement does with what it names. `told`: it only says so. */
export const FORCES = ['told', 'demanded', 'wished', 'denied', 'shut-out', 'let-in', 'deferred', 'unsettled'] as const;
export type Force = (typeof FORCES)[number];

/** Of which words a word of force speaks: those before it ("… preferred"), those after it ("must hold …"), or the nearest on either side. */
export const REACHES = ['left', 'right', 'both'] as const;
export type Reach = (typeof REACHES)[number];

/** Facets whose values rules read; the reader of each says in its own file what it makes of them. */
export const FACETS = [
  'work_mode',
  'min_years',
  'pay',
  'employment_type',
  'caseload',
  'certifications',
  'patient_contact',
  'travel_percent',
  'states',
  'degree',
  'lifting_pounds',
  'seniority',
] as const;
export type FacetName = (typeof FACETS)[number];

const WEIGHT = said('a number from 0.25 to 14');
const FLAG = said('true or false');
const NAMES = said(`a list of ${CREDENTIALS.join(', ')}`);
const NEEDS = ['link', 'strong-link', 'clinicians', 'rehab', 'vendor'] as const;

const weight = z.number(WEIGHT).min(0.25, WEIGHT).max(14, WEIGHT);
const flag = z.boolean(FLAG).optional();
/** One of a closed set; any other value is told with the whole set. */
const oneOf = <T extends string>(values: readonly T[]) => z.enum(values as readonly [T, ...T[]], said(values.join(', ')));

function object<Shape extends z.ZodRawShape>(what: string, shape: Shape) {
  return z.strictObject(shape, saidOfFields(what, Object.keys(shape)));
}

const pathEffect = object('an effect with path', {
  path: oneOf(PATH_SLUGS),
  role: z.string(said('a role of that path')).optional(),
  weight,
  needs: oneOf(NEEDS).optional(),
  caseload: flag,
  binds: flag,
}).superRefine(({ path, role }, context) => {
  const owner = role === undefined ? path : ROLE_PATH.get(role);
  if (owner === path) return;
  const roles = [...ROLE_PATH].flatMap(([name, of]) => (of === path ? [name] : []));
  const where = owner ? `, which belongs to path ${owner}` : '';
  context.addIssue({ code: 'custom', path: ['role'], message: notAllowed(role, roles.join(', '), where) });
});

/** What an effect may be, by the field that makes it one. */
const EFFECTS = {
  path: pathEffect,
  clinical: object('an effect with clinical', { clinical: weight }),
  /** `binds`: its words mean another thing than the field's, so no rule of a path may take one of them ("cell therapy"). */
  other: object('an effect with other', { other: weight, binds: flag }),
  signal: object('an effect with signal', { signal: oneOf(SIGNALS), weight: weight.default(1) }),
  names: object('an effect with names', { names: z.array(oneOf(CREDENTIALS), NAMES).min(1, NAMES), field: flag }),
  item: object('an effect with item', { item: oneOf(ITEMS), field: flag, of: oneOf(CREDENTIALS).optional() }),
  sense: object('an effect with sense', {
    sense: z.array(oneOf(LETTERS), said(`a list of ${LETTERS.join(', ')}`)).min(1, said(`a list of ${LETTERS.join(', ')}`)),
    means: oneOf(MEANINGS),
    weight: weight.default(1),
  }),
  cue: object('an effect with cue', { cue: oneOf(CUES) }),
  subject: object('an effect with subject', { subject: oneOf(SUBJECTS) }),
  force: object('an effect with force', { force: oneOf(FORCES), reach: oneOf(REACHES).default('both') }),
  facet: object('an effect with facet', {
    facet: oneOf(FACETS),
    /** What is read there: a value of the facet, or a part the facet's reader knows by this name. */
    value: z.union([z.string(), z.number(), z.boolean()], said('a text, a number, true or false')),
    weight: z.number(WEIGHT).default(1),
    of: z.array(oneOf(SUBJECTS), said(`a list of ${SUBJECTS.join(', ')}`)).optional(),
    when: z.array(oneOf(FORCES), said(`a list of ${FORCES.join(', ')}`)).optional(),
  }),
};
/** What an effect is, by the field that makes it one. */
export type EffectKind = keyof typeof EFFECTS;
export type Effect = z.infer<(typeof EFFECTS)[EffectKind]>;

const EFFECT_KINDS = Object.keys(EFFECTS) as EffectKind[];

/** The kind of an effect. Kept with every rule: a posting asks for it thousands of times. */
export function kindOf(effect: object): EffectKind | undefined {
  return EFFECT_KINDS.find(name => name in effect);
}

/** The kind is picked by its field before anything is checked: tried as a union, every kind would complain, and the one that was meant would be lost. */
const effect = z.unknown().transform((value, context): Effect => {
  const kind = typeof value === 'object' && value !== null ? kindOf(value) : undefined;
  if (!kind) {
    context.addIssue({ code: 'custom', message: notAllowed(value, `an effect with ${EFFECT_KINDS.join(', ')}`) });
    return z.NEVER;
  }
  const checked = EFFECTS[kind].safeParse(value);
  if (checked.success) return checked.data;
  for (const { path, sentence } of checked.error.issues.map(mistakeAt)) context.addIssue({ code: 'custom', path, message: sentence });
  return z.NEVER;
});

const ID = said('lower-case words joined by points, such as review.title.reviewer');
const MEANING = said('a sentence of 8 characters or more');
const WHERE = said(`a list of ${PLACES.join(', ')}`);
const texts = (what: string) => z.array(z.string(said('text')).min(1, said('text')), said(what));
const PHRASES = 'a list of one or more phrases';
const MUST = 'a list of one or more texts that the rule must match';

const rule = object('a rule', {
  id: z.string(ID).regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/, ID),
  meaning: z.string(MEANING).min(8, MEANING),
  where: z.array(oneOf(PLACES), WHERE).min(1, WHERE),
  phrases: texts(PHRASES).min(1, said(PHRASES)),
  effect,
  must: texts(MUST).min(1, said(MUST)),
  must_not: texts('a list of texts that the rule must not match').default([]),
});
export type Rule = z.infer<typeof rule> & { readonly file: string; readonly kind: EffectKind };

const RULES = said('a list of one or more rules');
export const ruleFile = object('a rule file', { about: z.string(MEANING).min(8, MEANING), rules: z.array(rule, RULES).min(1, RULES) });

const VOCABULARY = said('names of lower-case letters and hyphens, each with a list of one or more phrases');
export const vocabularyFile = z.record(z.string().regex(/^[a-z][a-z-]*$/), texts(PHRASES).min(1, said(PHRASES)), VOCABULARY);
