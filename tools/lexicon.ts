import type { Linear } from '../src/text/linear.ts';
import { fitSoftmax, type Row, type Softmax } from './softmax.ts';

/** The terms of one sample. */
type Terms = ReadonlySet<string>;

export type Example = { readonly terms: Terms; readonly label: number; readonly weight: number; readonly group: string };

export type Options = {
  readonly classes: number;
  readonly penalty: number;
  /** A term counts only when this many groups (employers) use it, so that no employer is learned by heart. */
  readonly leastGroups: number;
  /** The terms that are kept. */
  readonly most: number;
  /** A sample of fewer known terms than this counts as one of so many: two words are no proof. */
  readonly floor: number;
};

/** Learned weights of terms. */
type Lexicon = { readonly index: ReadonlyMap<string, number>; readonly model: Softmax };

/** Steps that are enough to tell which terms say most. */
const ROUGH = 20;

/** Learns what terms say: a penalised softmax regression over all, cut down to those that say most, and fitted again on these. */
export function learn(examples: readonly Example[], options: Options): Linear {
  const { floor, classes } = options;
  const { index, model } = learnLexicon(examples, options);
  const mean = model.bias.reduce((sum, value) => sum + value, 0) / classes;
  // A posting of fewer terms than the floor hears each at its full weight.
  const weights = (at: number) => model.weights.slice(at * classes, (at + 1) * classes).map(weight => weight / Math.sqrt(floor));
  const words = new Map([...index].map(([term, at]) => [term, weights(at)]));
  return { floor, bias: model.bias.map(value => value - mean), facts: new Map(), words };
}

function learnLexicon(examples: readonly Example[], options: Options): Lexicon {
  const wide = indexOf(examples, options.leastGroups);
  if (wide.size <= options.most) return fitOver(examples, wide, options);
  const first = fitOver(examples, wide, options, ROUGH);
  const counts = new Map<string, number>();
  for (const { terms, weight } of examples) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + weight);
  const ranked = [...wide]
    .map(([term, at]) => ({ term, says: spread(first.model, at) * Math.sqrt(counts.get(term) ?? 0) }))
    .sort((a, b) => b.says - a.says || (a.term < b.term ? -1 : 1))
    .slice(0, options.most)
    .map(({ term }) => term)
    .sort();
  return fitOver(examples, new Map(ranked.map((term, at) => [term, at])), options);
}

/** A term of more samples than this share, such as "the", says nothing by itself. */
const MOST_USUAL = 0.4;

function indexOf(examples: readonly Example[], least: number): Map<string, number> {
  const groups = new Map<string, { seen: Set<string>; samples: number }>();
  for (const { terms, group } of examples) {
    for (const term of terms) {
      const known = groups.get(term) ?? { seen: new Set(), samples: 0 };
      if (known.samples === 0) groups.set(term, known);
      known.samples++;
      if (known.seen.size < least) known.seen.add(group);
    }
  }
  const usual = MOST_USUAL * examples.length;
  const kept = [...groups].flatMap(([term, { seen, samples }]) => (seen.size >= least && samples <= usual ? [term] : [])).sort();
  return new Map(kept.map((term, at) => [term, at]));
}

function fitOver(
  examples: readonly Example[],
  index: ReadonlyMap<string, number>,
  { classes, penalty, floor }: Options,
  steps?: number,
): Lexicon {
  const rows = examples.map(({ terms, label, weight }): Row => ({ ...vector(terms, index, floor), label, weight }));
  return { index, model: fitSoftmax(rows, index.size, classes, penalty, steps) };
}

/** How far apart a term sets the classes. */
function spread({ classes, weights }: Softmax, at: number): number {
  let sum = 0;
  let squares = 0;
  for (let k = 0; k < classes; k++) {
    const weight = weights[at * classes + k] as number;
    sum += weight;
    squares += weight * weight;
  }
  return Math.sqrt(squares - (sum * sum) / classes);
}

function vector(terms: Terms, index: ReadonlyMap<string, number>, floor: number): { features: number[]; values: number[] } {
  const features: number[] = [];
  for (const term of terms) {
    const at = index.get(term);
    if (at !== undefined) features.push(at);
  }
  const value = 1 / Math.sqrt(Math.max(floor, features.length));
  return { features, values: features.map(() => value) };
}
