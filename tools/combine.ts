import { KIND_FEATURES, kindFeatures, PATH_FEATURES, pathFeatures } from '../src/classify/relevance/features.ts';
import { type Together, WEIGHED, type Weights } from '../src/classify/relevance/model.ts';
import { pathChances } from '../src/classify/relevance/read-relevance.ts';
import { readWords, type WordModels } from '../src/classify/relevance/words.ts';
import type { Sample } from './data.ts';
import type { Read } from './samples.ts';
import { fitSoftmax, minimise, type Row } from './softmax.ts';
import { growTrees } from './trees.ts';
import { pathIndex, type WeightOf } from './words.ts';

const KINDS = ['nonclinical', 'clinical', 'other'] as const;
const ALL = KIND_FEATURES.map((_, at) => at);
/** Chosen by the cross-validated figures. */
const PENALTY = { kinds: 5e-4, paths: 1e-3 };
const STEPS = 200;

/** A posting as numbers, with words that were learned without its set. */
export type Weighable = {
  readonly sample: Sample;
  readonly kind: Float64Array;
  readonly paths: Float64Array[];
};

export function weighable({ sample, evidence, lines, reading: { document } }: Read, learned: WordModels): Weighable {
  const known = { document, evidence, lines, words: readWords(document, learned) };
  return { sample, kind: kindFeatures(known), paths: pathFeatures(known) };
}

export type Fitted = Pick<Weights, 'bias' | 'kinds' | 'paths'> & { readonly together: Together };

/** Fits what every kind of evidence weighs. */
export function fitWeights(postings: readonly Weighable[], weightOf: WeightOf): Fitted {
  const rows = postings.map(
    ({ sample, kind }): Row => ({
      features: ALL,
      values: Array.from(kind),
      label: KINDS.indexOf(sample.relevance),
      weight: weightOf(sample),
    }),
  );
  const { weights, bias } = fitSoftmax(rows, ALL.length, KINDS.length, PENALTY.kinds, STEPS);
  const against = (of: Float64Array, at: number, kind: 0 | 1) =>
    (of[at * KINDS.length + kind] as number) - (of[at * KINDS.length + 2] as number);
  const sum = {
    bias: { nonclinical: against(bias, 0, 0), clinical: against(bias, 0, 1) },
    kinds: {
      nonclinical: Float64Array.from(ALL, at => against(weights, at, 0)),
      clinical: Float64Array.from(ALL, at => against(weights, at, 1)),
    },
  };
  return {
    ...sum,
    together: growTogether(postings, sum, weightOf),
    paths: fitPaths(
      postings.filter(({ sample }) => sample.relevance === 'nonclinical'),
      weightOf,
    ),
  };
}

/** Grows what several kinds of evidence mean together, beyond their sum. */
function growTogether(postings: readonly Weighable[], { bias, kinds }: Pick<Fitted, 'bias' | 'kinds'>, weightOf: WeightOf): Together {
  const cases = postings.map(({ sample, kind }) => ({
    features: kind,
    scores: WEIGHED.map(name => kind.reduce((sum, value, at) => sum + value * (kinds[name][at] as number), bias[name])),
    label: KINDS.indexOf(sample.relevance),
    weight: weightOf(sample),
  }));
  const [nonclinical = [], clinical = []] = growTrees(cases, KINDS.length);
  return { nonclinical, clinical };
}

/** Fits the weights all paths share: a conditional logit over the paths of every posting. */
function fitPaths(postings: readonly Weighable[], weightOf: WeightOf): Float64Array {
  const size = PATH_FEATURES.length;
  const total = postings.reduce((sum, { sample }) => sum + weightOf(sample), 0);
  const loss = (x: Float64Array, gradient: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < size; i++) {
      gradient[i] = PENALTY.paths * (x[i] as number);
      sum += (PENALTY.paths / 2) * (x[i] as number) ** 2;
    }
    for (const { sample, paths } of postings) {
      const share = weightOf(sample) / total;
      const label = pathIndex(sample);
      const chances = pathChances(paths, x);
      sum -= share * Math.log(Math.max(1e-12, chances[label] as number));
      for (const [path, features] of paths.entries()) {
        const slope = share * ((chances[path] as number) - (path === label ? 1 : 0));
        for (let i = 0; i < size; i++) gradient[i] = (gradient[i] as number) + slope * (features[i] as number);
      }
    }
    return sum;
  };
  return minimise(loss, size, STEPS);
}
