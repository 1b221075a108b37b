import { z } from 'zod';
import { CREDENTIALS, PATH_SLUGS, ROLE_PATH } from '../../posting/taxonomy.ts';
import { numberFrom, object, oneOf, sentence, someOf } from './fields.ts';
import { mistakeAt, notAllowed, said } from './mistakes.ts';
import { CUES, FACETS, FORCES, ITEMS, LETTERS, MEANINGS, PLACES, REACHES, SIGNALS, SUBJECTS } from './names.ts';

const FLAG = said('true or false');

const weight = numberFrom(0.25, 14);
const flag = z.boolean(FLAG).optional();
const pathEffect = object('an effect with path', {
  path: oneOf(PATH_SLUGS),
  role: z.string(said('a role of that path')).optional(),
  weight,
  caseload: flag,
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
  other: object('an effect with other', { other: weight }),
  signal: object('an effect with signal', { signal: oneOf(SIGNALS), weight: weight.default(1) }),
  names: object('an effect with names', { names: someOf(CREDENTIALS), field: flag }),
  item: object('an effect with item', { item: oneOf(ITEMS), field: flag, of: oneOf(CREDENTIALS).optional() }),
  sense: object('an effect with sense', {
    sense: someOf(LETTERS),
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
    weight: z.number(said('a number from 0.25 to 14')).default(1),
    of: z.array(oneOf(SUBJECTS), said(`a list of ${SUBJECTS.join(', ')}`)).optional(),
    when: z.array(oneOf(FORCES), said(`a list of ${FORCES.join(', ')}`)).optional(),
  }),
};
/** What an effect is, by the field that makes it one. */
export type EffectKind = keyof typeof EFFECTS;
export type Effect = z.infer<(typeof EFFECTS)[EffectKind]>;

export type PathEffect = z.infer<typeof pathEffect>;

const EFFECT_KINDS = Object.keys(EFFECTS) as EffectKind[];

/** The kind of an effect. Kept with every rule: a posting asks for it thousands of times. */
export function kindOf(effect: object): EffectKind | undefined {
  return EFFECT_KINDS.find(name => name in effect);
}

/** What a rule says where it is found, as learned models hear it. Kept with every rule like its kind; null: they hear nothing of it. */
export function factOf(effect: Effect): string | null {
  if ('force' in effect) return `force ${effect.force}`;
  if ('signal' in effect) return `signal ${effect.signal}`;
  if ('cue' in effect) return `cue ${effect.cue}`;
  if ('names' in effect) return 'names';
  return 'item' in effect ? `item ${effect.item}` : null;
}

/** The kind is picked by its field before anything is checked: of a union every kind would complain, and the one that was meant be lost. */
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
const texts = (what: string) => z.array(z.string(said('text')).min(1, said('text')), said(what));
const PHRASES = 'a list of one or more phrases';
const MUST = 'a list of one or more texts that the rule must match';

const rule = object('a rule', {
  id: z.string(ID).regex(/^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/, ID),
  meaning: sentence,
  where: someOf(PLACES),
  phrases: texts(PHRASES).min(1, said(PHRASES)),
  effect,
  must: texts(MUST).min(1, said(MUST)),
  must_not: texts('a list of texts that the rule must not match').default([]),
});
export type Rule = z.infer<typeof rule> & { readonly file: string; readonly kind: EffectKind; readonly fact: string | null };

const RULES = said('a list of one or more rules');
export const ruleFile = object('a rule file', { about: sentence, rules: z.array(rule, RULES).min(1, RULES) });

const VOCABULARY = said('names of lower-case letters and hyphens, each with a list of one or more phrases');
export const vocabularyFile = z.record(z.string().regex(/^[a-z][a-z-]*$/), texts(PHRASES).min(1, said(PHRASES)), VOCABULARY);
