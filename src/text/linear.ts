/** What is known of a thing without its wording, and the words around it: each once, with the token it was heard at first. */
export type Hearing = { readonly facts: ReadonlySet<string>; readonly words: ReadonlyMap<string, number> };

/** What facts and words speak for, one number per class, learned from labelled examples by a fit of `tools/`. */
export type Linear = {
  /** So many words speak at their full weight; of more each speaks the lower. */
  readonly floor: number;
  readonly bias: Float64Array;
  readonly facts: ReadonlyMap<string, Float64Array>;
  readonly words: ReadonlyMap<string, Float64Array>;
};

/** A weight beyond this is no fit's. */
const GREATEST = 50;

/** "sales 1.2, other -0.4" as one number per class, or the part of it that is none. */
export function readWeights(text: string, classes: readonly string[]): Float64Array | { wrong: string; allowed: string } {
  const weights = new Float64Array(classes.length);
  for (const part of text.split(', ')) {
    const [name = '', value = ''] = part.split(' ');
    const at = classes.indexOf(name);
    const weight = Number(value);
    if (at < 0 || value === '' || !(Math.abs(weight) <= GREATEST))
      return { wrong: part, allowed: `one of ${classes.join(', ')} and a number from -${GREATEST} to ${GREATEST}` };
    weights[at] = weight;
  }
  return weights;
}

/** The scores of the classes, in their order. */
export function weigh({ facts, words }: Hearing, linear: Linear): Float64Array {
  return sumUp(linear, knownOf(facts, linear.facts), knownOf(words.keys(), linear.words));
}

function knownOf(terms: Iterable<string>, learned: ReadonlyMap<string, Float64Array>): Float64Array[] {
  const known: Float64Array[] = [];
  for (const term of terms) {
    const weights = learned.get(term);
    if (weights) known.push(weights);
  }
  return known;
}

/** The scores by the weights of the facts and words that are known. */
export function sumUp({ bias, floor }: Linear, facts: readonly Float64Array[], words: readonly Float64Array[]): Float64Array {
  const scores = bias.slice();
  for (const weights of facts) add(scores, weights, 1);
  const share = shareOf(words.length, floor);
  for (const weights of words) add(scores, weights, share);
  return scores;
}

/** How loud each of so many known words speaks. */
export const shareOf = (words: number, floor: number): number => 1 / Math.sqrt(Math.max(1, words / floor));

function add(scores: Float64Array, weights: Float64Array, share: number): void {
  for (let at = 0; at < scores.length; at++) scores[at] = (scores[at] as number) + share * (weights[at] as number);
}

/** How likely each class is, by the scores of all. */
export function chancesOf(scores: Float64Array): Float64Array {
  const most = Math.max(...scores);
  const chances = new Float64Array(scores.length);
  let sum = 0;
  for (let at = 0; at < scores.length; at++) sum += chances[at] = Math.exp((scores[at] as number) - most);
  for (let at = 0; at < scores.length; at++) chances[at] = (chances[at] as number) / sum;
  return chances;
}

/** The number of the best class. */
export function bestOf(scores: Float64Array): number {
  let best = 0;
  for (let at = 1; at < scores.length; at++) if ((scores[at] as number) > (scores[best] as number)) best = at;
  return best;
}
