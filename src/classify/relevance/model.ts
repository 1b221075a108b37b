import { z } from 'zod';
import { PATH_SLUGS } from '../../posting/taxonomy.ts';
import type { Linear } from '../../text/linear.ts';
import { floor, head, perClass } from '../learned/fitted-file.ts';
import { type Tree, treesFile } from '../learned/trees.ts';
import { numberFrom, object } from '../schema/fields.ts';
import { said } from '../schema/mistakes.ts';
import type { LineModels } from './lines.ts';

/**
 * The fitted half of the classifier: weights.yaml says what each kind of evidence counts, trees.yaml what several mean together, witness.yaml
 * which words speak for what. They are written by `tools/fit.ts` and read with the rules, as is worth.yaml of `tools/fit-worth.ts`.
 */

/**
 * What is weighed when the kind of a job is asked. The part before the point is the question a number answers: who sits there, what is
 * done, how much is treated, whose field it is, what the words say.
 */
export const KIND_FEATURES = [
  'seat.tied',
  'seat.untied',
  'seat.program',
  'seat.profession',
  'seat.caseload',
  'seat.clinical',
  'seat.other',
  'seat.both',
  'seat.silent',
  'function.said',
  'function.best',
  'function.all',
  'function.dense',
  'function.balance',
  'function.profession',
  'function.other-seat',
  'function.silent',
  'function.tied',
  'function.elsewhere',
  'function.rival',
  'function.other-sits',
  'treating.some',
  'treating.much',
  'treating.most',
  'treating.partly',
  'treating.share',
  'treating.none',
  'treating.seat',
  'treating.unsaid',
  'treating.silent',
  'treating.no-seat',
  'treating.much-path',
  'domain.link',
  'domain.strong',
  'domain.rehab',
  'domain.clinicians',
  'domain.vendor',
  'domain.title',
  'domain.employer',
  'domain.seat',
  'domain.industry',
  'domain.industry-title',
  'domain.balance',
  'domain.untied',
  'domain.duty',
  'domain.dense',
  'domain.dense-industry',
  'domain.duty-function',
  'seat.other-duty',
  'seat.trade',
  'seat.trade-tied',
  'seat.contest',
  'seat.contest-clinical',
  'asks.named',
  'asks.liked',
  'asks.generic',
  'asks.named-silent',
  'asks.named-untold',
  'asks.named-treating',
  'asks.liked-untold',
  'asks.generic-untold',
  'lines.treats',
  'lines.works',
  'lines.trade',
  'lines.treats-share',
  'lines.trade-share',
  'lines.balance',
  'lines.asks-balance',
  'field.care',
  'field.science',
  'field.industry',
  'field.balance',
  'field.care-share',
  'field.name-care',
  'field.name-industry',
  'field.seat',
  'field.function',
  'field.works',
  'text.little',
  'text.short',
  'witness.title-path',
  'witness.title-clinical',
  'witness.text-path',
  'witness.text-clinical',
  'witness.silent-path',
  'witness.silent-clinical',
] as const;
export type KindFeature = (typeof KIND_FEATURES)[number];

/** What is weighed when paths are compared. */
export const PATH_FEATURES = ['seat.tied', 'seat.untied', 'function.said', 'function.much', 'witness.title', 'witness.text'] as const;
export type PathFeature = (typeof PATH_FEATURES)[number];

/** Kinds of job that evidence speaks for; `other` is what is left where it speaks for neither. */
export const WEIGHED = ['nonclinical', 'clinical'] as const;
type Weighed = (typeof WEIGHED)[number];

/** What one lexicon tells apart, and where its words are heard. */
export const LEXICONS = {
  seat: { classes: [...PATH_SLUGS, 'clinical', 'other'], heard: ['title'] },
  kind: { classes: ['nonclinical', 'clinical', 'other'], heard: ['duty', 'ask'] },
  work: { classes: [...PATH_SLUGS], heard: ['duty', 'ask'] },
} as const satisfies Record<string, { classes: readonly string[]; heard: readonly string[] }>;
export type LexiconName = keyof typeof LEXICONS;
export const LEXICON_NAMES = Object.keys(LEXICONS) as LexiconName[];

/** A word or pair of words of a lexicon, and what it adds to each class. */
export type Entry = { readonly term: string; readonly weights: Float64Array };
/** Learned words by where they are heard. A posting that holds fewer than `floor` of them is trusted as if it held so many. */
export type Lexicon = {
  readonly classes: readonly string[];
  readonly floor: number;
  readonly bias: Float64Array;
  readonly words: ReadonlyMap<string, ReadonlyMap<string, Entry>>;
};
export type Witness = Readonly<Record<LexiconName, Lexicon>>;

export type Weights = {
  readonly bias: Readonly<Record<Weighed, number>>;
  /** In the order of KIND_FEATURES. */
  readonly kinds: Readonly<Record<Weighed, Float64Array>>;
  /** In the order of PATH_FEATURES. */
  readonly paths: Float64Array;
  /** What log-odds are multiplied by to be as sure as they have turned out to be right. */
  readonly sureness: number;
  /** A further path is told when it is this likely beside the first. */
  readonly further: number;
};
/** What several kinds of evidence mean together, beyond what each adds. */
export type Together = Readonly<Record<Weighed, readonly Tree[]>>;
export type Model = {
  readonly weights: Weights;
  readonly together: Together;
  readonly witness: Witness;
  /** What lines say of the work and of the field. */
  readonly lines: LineModels;
  /** What speaks for reading the page behind a title: of WORTH. */
  readonly worth: Linear;
};

/** More words than these would be learning by heart. */
const MOST_WORDS = 3000;
const number = numberFrom(-50, 50);
const share = numberFrom(0, 1);

/** An object that has a number for every one of `names`. */
function numbers<Name extends string>(what: string, names: readonly Name[]) {
  const shape = Object.fromEntries(names.map(name => [name, number])) as Record<Name, typeof number>;
  return object(what, shape);
}
const kindNames = ['bias', ...KIND_FEATURES] as const;
const kindWeights = numbers('a kind', kindNames);
const ordered = <Name extends string>(names: readonly Name[], of: Readonly<Record<Name, number>>) =>
  Float64Array.from(names, name => of[name]);

export const weightsFile = object('weights.yaml', {
  ...head,
  kinds: object('kinds', { nonclinical: kindWeights, clinical: kindWeights }),
  paths: numbers('paths', PATH_FEATURES),
  sureness: number,
  further: share,
}).transform(
  ({ kinds, paths, sureness, further }): Weights => ({
    bias: { nonclinical: kinds.nonclinical.bias, clinical: kinds.clinical.bias },
    kinds: { nonclinical: ordered(KIND_FEATURES, kinds.nonclinical), clinical: ordered(KIND_FEATURES, kinds.clinical) },
    paths: ordered(PATH_FEATURES, paths),
    sureness,
    further,
  }),
);

/** A file of what evidence means together. */
export const togetherFile = treesFile('trees.yaml', WEIGHED, KIND_FEATURES).transform(
  ({ nonclinical, clinical }): Together => ({ nonclinical, clinical }),
);

function lexicon(name: LexiconName) {
  const { classes, heard } = LEXICONS[name];
  const weights = perClass(classes);
  const words = z.record(z.string(), weights, said('words, each with classes and numbers'));
  const places: Record<string, typeof words> = Object.fromEntries(heard.map(place => [place, words]));
  return object(`lexicon ${name}`, { floor, bias: weights, ...places }).transform(({ floor, bias, ...read }): Lexicon => {
    const found = Object.entries<Record<string, Float64Array>>(read).map(([place, of]) => {
      return [place, new Map(Object.entries(of).map(([term, weights]) => [term, { term, weights }]))] as const;
    });
    return { classes, floor, bias, words: new Map(found) };
  });
}

export const witnessFile = object('witness.yaml', { ...head, seat: lexicon('seat'), kind: lexicon('kind'), work: lexicon('work') })
  .transform(({ seat, kind, work }): Witness => ({ seat, kind, work }))
  .superRefine((witness, context) => {
    const count = countWords(witness);
    if (count > MOST_WORDS) context.addIssue({ code: 'custom', message: `holds ${count} words; allowed: at most ${MOST_WORDS}` });
  });

/** How many words and pairs of words a witness knows. */
export function countWords(witness: Witness): number {
  return LEXICON_NAMES.reduce((sum, name) => sum + [...witness[name].words.values()].reduce((of, { size }) => of + size, 0), 0);
}
