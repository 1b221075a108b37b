import { type Hearing, type Linear, shareOf } from '../src/text/linear.ts';
import { fitSoftmax, type Row } from './softmax.ts';

/** One thing that was heard, with its class and how much it weighs. */
export type Heard = { readonly hearing: Hearing; readonly label: number; readonly weight: number };

/** How a model is learned. */
export type Way = {
  readonly classes: number;
  /** So many words speak at their full weight. */
  readonly floor: number;
  /** How much facts and words are held back. */
  readonly penalty: { readonly facts: number; readonly words: number };
  /** A term of fewer cases would be learned by heart. */
  readonly least: number;
  /** Words that are kept: those that say most. */
  readonly most: number;
};

/** Learns what facts and words speak for: first from all that are usual, then from the words that say most. */
export function learnLinear(from: readonly Heard[], way: Way): Linear {
  const hearings = from.map(({ hearing }) => hearing);
  const facts = usual(hearings, ({ facts: all }) => all, way.least);
  const wide = usual(hearings, ({ words }) => words.keys(), way.least);
  if (wide.size <= way.most) return fitOver(from, facts, wide, way);
  const first = fitOver(from, facts, wide, way, ROUGH);
  const says = (word: string) => {
    const weights = first.words.get(word) ?? new Float64Array(1);
    return (Math.max(...weights) - Math.min(...weights)) * Math.sqrt(wide.get(word) ?? 0);
  };
  const ranked = [...wide.keys()].map(word => [word, says(word)] as const).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const kept = ranked
    .slice(0, way.most)
    .map(([word]) => word)
    .sort();
  return fitOver(from, facts, new Map(kept.map(word => [word, 1])), way);
}

/** Steps that are enough to tell which words say most. */
const ROUGH = 15;

/** Terms that enough hearings have, with how many. */
export function usual(from: readonly Hearing[], termsOf: (hearing: Hearing) => Iterable<string>, least: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const hearing of from) for (const term of termsOf(hearing)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return new Map([...counts].filter(([, count]) => count >= least).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function fitOver(
  from: readonly Heard[],
  facts: ReadonlyMap<string, number>,
  words: ReadonlyMap<string, number>,
  way: Way,
  steps?: number,
): Linear {
  const { classes, floor } = way;
  // A fact may be named like a word, and is another thing.
  const factAt = new Map([...facts.keys()].map((term, at) => [term, at]));
  const wordAt = new Map([...words.keys()].map((term, at) => [term, facts.size + at]));
  const size = facts.size + words.size;
  const penalty = Float64Array.from({ length: size }, (_, at) => (at < facts.size ? way.penalty.facts : way.penalty.words));
  const rows = from.map(({ hearing, label, weight }): Row => {
    const own = [...hearing.facts].flatMap(fact => known(factAt.get(fact)));
    const heard = [...hearing.words.keys()].flatMap(word => known(wordAt.get(word)));
    const values = [...own.map(() => 1), ...heard.map(() => shareOf(heard.length, floor))];
    return { features: [...own, ...heard], values, label, weight };
  });
  const model = fitSoftmax(rows, size, classes, penalty, steps);
  const weighed = (places: ReadonlyMap<string, number>) =>
    new Map([...places].map(([term, at]) => [term, model.weights.slice(at * classes, (at + 1) * classes)]));
  return { floor, bias: model.bias.slice(), facts: weighed(factAt), words: weighed(wordAt) };
}

const known = (at: number | undefined): number[] => (at === undefined ? [] : [at]);
