import type { Linear } from '../../text/linear.ts';
import { head } from '../learned/fitted-file.ts';
import { type Tree, treesFile } from '../learned/trees.ts';
import { numberFrom, object } from '../schema/fields.ts';
import { KIND_FEATURES, PATH_FEATURES } from './features.ts';
import type { LineModels } from './lines.ts';
import type { WordModels } from './words.ts';

/** Kinds of job that evidence speaks for; `other` is what is left where it speaks for neither. */
export const WEIGHED = ['nonclinical', 'clinical'] as const;
type Weighed = (typeof WEIGHED)[number];

/** What each kind of evidence counts. */
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
/** The fitted half of what tells the kind of job, written by `tools/fit.ts`, `tools/fit-lines.ts` and `tools/fit-worth.ts`. */
export type Model = {
  readonly weights: Weights;
  readonly together: Together;
  readonly words: WordModels;
  readonly lines: LineModels;
  /** What speaks for reading the page behind a title: of WORTH. */
  readonly worth: Linear;
};

const number = numberFrom(-50, 50);

/** An object that has a number for every one of `names`. */
function numbers<Name extends string>(what: string, names: readonly Name[]) {
  return object(what, Object.fromEntries(names.map(name => [name, number])) as Record<Name, typeof number>);
}
const kindWeights = numbers('a kind', ['bias', ...KIND_FEATURES]);
const ordered = <Name extends string>(names: readonly Name[], of: Readonly<Record<Name, number>>) =>
  Float64Array.from(names, name => of[name]);

export const weightsFile = object('weights.yaml', {
  ...head,
  kinds: object('kinds', { nonclinical: kindWeights, clinical: kindWeights }),
  paths: numbers('paths', PATH_FEATURES),
  sureness: number,
  further: numberFrom(0, 1),
}).transform(
  ({ kinds, paths, sureness, further }): Weights => ({
    bias: { nonclinical: kinds.nonclinical.bias, clinical: kinds.clinical.bias },
    kinds: { nonclinical: ordered(KIND_FEATURES, kinds.nonclinical), clinical: ordered(KIND_FEATURES, kinds.clinical) },
    paths: ordered(PATH_FEATURES, paths),
    sureness,
    further,
  }),
);

export const treesOfKinds = treesFile('trees.yaml', WEIGHED, KIND_FEATURES);
