import { sumOf, type Tree } from '../src/classify/learned/trees.ts';

/** What trees learn from: the features of a case, what other models say of its classes (log-odds against the last one), its class, its weight. */
export type Case = {
  readonly features: Float64Array;
  readonly scores: readonly number[];
  readonly label: number;
  readonly weight: number;
};

/** Chosen by the cross-validated figures, which hardly move for half or twice of each. */
const ROUNDS = 130;
const RATE = 0.06;
/** Questions one after the other: what so many features mean together. */
const DEPTH = 3;
/** A leaf of fewer cases would be learned by heart. */
const LEAST = 40;
const PENALTY = 5;
/** The share of cases a round sees, and of features a tree may ask for. */
const SEEN = 0.8;
const ASKED = 0.5;
const BINS = 48;

/** The cases as bins, and for every feature the bars between its bins. */
type Binned = { readonly bins: readonly Uint8Array[]; readonly bars: readonly Float64Array[] };
type Slopes = { readonly gradient: Float64Array; readonly curve: Float64Array };

/**
 * Grows small trees that add to what is known of each class but the last what the sum of features misses: gradient boosting (Friedman 2001) with
 * Newton steps. Deterministic.
 */
export function growTrees(cases: readonly Case[], classes: number): Tree[][] {
  const binned = binAll(cases);
  const scores = cases.map(({ scores: known }) => Float64Array.from(known));
  const trees: Tree[][] = Array.from({ length: classes - 1 }, () => []);
  const random = randomFrom(1);
  for (let round = 0; round < ROUNDS; round++) {
    const seen = Int32Array.from(cases.keys()).filter(() => random() < SEEN);
    const slopes = slopesOf(cases, scores, classes);
    for (const [at, own] of slopes.entries()) {
      const features = binned.bins.flatMap((_, feature) => (random() < ASKED ? [feature] : []));
      const grown = grow(binned, own, seen, features, DEPTH);
      trees[at]?.push(grown);
      for (const [index, { features: of }] of cases.entries()) {
        const known = scores[index] as Float64Array;
        known[at] = (known[at] as number) + sumOf([grown], of);
      }
    }
  }
  return trees;
}

/** The slope and the curve of the loss by the score of every class but the last. */
function slopesOf(cases: readonly Case[], scores: readonly Float64Array[], classes: number): Slopes[] {
  const slopes = Array.from({ length: classes - 1 }, () => ({
    gradient: new Float64Array(cases.length),
    curve: new Float64Array(cases.length),
  }));
  for (const [index, { label, weight }] of cases.entries()) {
    const odds = (scores[index] as Float64Array).map(Math.exp);
    const all = odds.reduce((sum, one) => sum + one, 1);
    for (const [at, { gradient, curve }] of slopes.entries()) {
      const chance = (odds[at] as number) / all;
      gradient[index] = weight * (chance - (label === at ? 1 : 0));
      curve[index] = weight * chance * (1 - chance);
    }
  }
  return slopes;
}

function grow(binned: Binned, slopes: Slopes, seen: Int32Array, features: readonly number[], depth: number): Tree {
  const whole = slopeOver(slopes, seen);
  const value = stepOf(whole);
  const best = depth > 0 ? bestSplit(binned, slopes, seen, features, whole) : null;
  if (!best) return { value, split: null };
  const bins = binned.bins[best.feature] as Uint8Array;
  const [below, above] = [seen.filter(at => (bins[at] as number) <= best.bin), seen.filter(at => (bins[at] as number) > best.bin)];
  const bar = (binned.bars[best.feature] as Float64Array)[best.bin] as number;
  const branch = (of: Int32Array) => grow(binned, slopes, of, features, depth - 1);
  return { value, split: { feature: best.feature, bar, below: branch(below), above: branch(above) } };
}

type Sum = { gradient: number; curve: number; count: number };

function slopeOver({ gradient, curve }: Slopes, seen: Int32Array): Sum {
  const sum = { gradient: 0, curve: 0, count: seen.length };
  for (const at of seen) {
    sum.gradient += gradient[at] as number;
    sum.curve += curve[at] as number;
  }
  return sum;
}

/** Rounded as it is written. */
const stepOf = ({ gradient, curve }: Sum): number => Math.round(((-RATE * gradient) / (curve + PENALTY)) * 1e4) / 1e4;
const gainOf = ({ gradient, curve }: Sum): number => (gradient * gradient) / (curve + PENALTY);

function bestSplit(
  { bins, bars }: Binned,
  { gradient, curve }: Slopes,
  seen: Int32Array,
  features: readonly number[],
  whole: Sum,
): { feature: number; bin: number } | null {
  let best: { feature: number; bin: number } | null = null;
  let most = gainOf(whole);
  const [gradients, curves, counts] = [new Float64Array(BINS), new Float64Array(BINS), new Int32Array(BINS)];
  for (const feature of features) {
    const own = bins[feature] as Uint8Array;
    for (const sums of [gradients, curves, counts]) sums.fill(0);
    for (const at of seen) {
      const bin = own[at] as number;
      gradients[bin] = (gradients[bin] as number) + (gradient[at] as number);
      curves[bin] = (curves[bin] as number) + (curve[at] as number);
      counts[bin] = (counts[bin] as number) + 1;
    }
    const below: Sum = { gradient: 0, curve: 0, count: 0 };
    for (let bin = 0; bin < (bars[feature] as Float64Array).length; bin++) {
      below.gradient += gradients[bin] as number;
      below.curve += curves[bin] as number;
      below.count += counts[bin] as number;
      const above = { gradient: whole.gradient - below.gradient, curve: whole.curve - below.curve, count: whole.count - below.count };
      const gain = gainOf(below) + gainOf(above);
      if (gain > most && below.count >= LEAST && above.count >= LEAST) {
        most = gain;
        best = { feature, bin };
      }
    }
  }
  return best;
}

/** Bars that part the cases into bins of about one size; a bar stands midway between two values that occur. */
function binAll(cases: readonly Case[]): Binned {
  const size = cases[0]?.features.length ?? 0;
  const bars = Array.from({ length: size }, (_, feature) => {
    const values = Float64Array.from(cases, ({ features }) => features[feature] as number).sort();
    const found = new Set<number>();
    for (let bin = 1; bin < BINS; bin++) {
      const at = Math.floor((bin * values.length) / BINS);
      const value = values[at] as number;
      const next = values.find(other => other > value);
      if (next !== undefined) found.add(Math.round(((value + next) / 2) * 1e4) / 1e4);
    }
    return Float64Array.from(found).sort();
  });
  const bins = bars.map((own, feature) =>
    Uint8Array.from(cases, ({ features }) => {
      const value = features[feature] as number;
      let bin = 0;
      while (bin < own.length && value > (own[bin] as number)) bin++;
      return bin;
    }),
  );
  return { bins, bars };
}

/** Numbers from 0 to 1 that look like chance and are the same in every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
