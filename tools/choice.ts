import type { Hearing, Linear } from '../src/text/linear.ts';
import { shareOf } from '../src/text/linear.ts';
import { usual, type Way } from './linear.ts';
import { minimise } from './softmax.ts';

/** One of the values that a text may tell, as it is heard there. */
type Heard = { readonly value: unknown; readonly hearing: Hearing; readonly of: number; readonly isRight: boolean };
/** All that one text may tell of a facet, and how much the text weighs. That none of it is told is right where no option is. */
export type Choice = { readonly options: readonly Heard[]; readonly weight: number };

/** Steps that are enough to tell which words say most, and to learn what they say. */
const [ROUGH, STEPS] = [20, 150];

/** Learns which of the values a text may tell it does tell: first from all usual words, then from those that say most. */
export function learnChoice(from: readonly Choice[], way: Way): Linear {
  const hearings = [...new Set(from.flatMap(({ options }) => options.map(({ hearing }) => hearing)))];
  const facts = usual(hearings, ({ facts: all }) => all, way.least);
  const wide = usual(hearings, ({ words }) => words.keys(), way.least);
  if (wide.size <= way.most) return fitOver(from, facts, wide, way, STEPS);
  const first = fitOver(from, facts, wide, way, ROUGH);
  const says = (word: string) => Math.max(0, ...(first.words.get(word)?.map(Math.abs) ?? [])) * Math.sqrt(wide.get(word) ?? 0);
  const ranked = [...wide.keys()].map(word => [word, says(word)] as const).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const kept = ranked.slice(0, way.most).map(([word]) => [word, 1] as const);
  return fitOver(from, facts, new Map(kept.sort(([a], [b]) => (a < b ? -1 : 1))), way, STEPS);
}

/** What one hearing adds to a score: places of weights, and how loud each speaks. */
type Features = { readonly at: readonly number[]; readonly by: readonly number[] };
type Row = {
  readonly options: readonly { readonly features: Features; readonly of: number; readonly isRight: boolean }[];
  readonly weight: number;
};

function fitOver(from: readonly Choice[], facts: Terms, words: Terms, { classes, floor, penalty }: Way, steps: number): Linear {
  const factAt = new Map([...facts.keys()].map((term, at) => [term, at]));
  const wordAt = new Map([...words.keys()].map((term, at) => [term, facts.size + at]));
  const size = facts.size + words.size;
  const known = new Map<Hearing, Features>();
  const featuresOf = (hearing: Hearing): Features => {
    const own = [...hearing.facts].flatMap(fact => factAt.get(fact) ?? []);
    const heard = [...hearing.words.keys()].flatMap(word => wordAt.get(word) ?? []);
    return { at: [...own, ...heard], by: [...own.map(() => 1), ...heard.map(() => shareOf(heard.length, floor))] };
  };
  const rows = from.map(({ options, weight }): Row => {
    const own = options.map(({ hearing, of, isRight }) => {
      const features = known.get(hearing) ?? featuresOf(hearing);
      known.set(hearing, features);
      return { features, of, isRight };
    });
    return { options: own, weight };
  });
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  const loss = (x: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let sum = rows.reduce((all, row) => all + addGradient(row, x, gradient, classes, size, total), 0);
    for (let at = 0; at < size * classes; at++) {
      const by = at < facts.size * classes ? penalty.facts : penalty.words;
      sum += (by / 2) * (x[at] as number) ** 2;
      gradient[at] = (gradient[at] as number) + by * (x[at] as number);
    }
    return sum;
  };
  const weights = minimise(loss, (size + 1) * classes, steps);
  const of = (at: number) => weights.slice(at * classes, (at + 1) * classes);
  const weighed = (places: ReadonlyMap<string, number>) => new Map([...places].map(([term, at]) => [term, of(at)]));
  return { floor, bias: of(size), facts: weighed(factAt), words: weighed(wordAt) };
}

/** Adds the slope of what one choice loses: that it tells none counts one beside the options. */
function addGradient(
  { options, weight }: Row,
  x: Float64Array,
  gradient: Float64Array,
  classes: number,
  size: number,
  total: number,
): number {
  const scores = options.map(({ features: { at, by }, of }) =>
    at.reduce((sum, feature, nth) => sum + (by[nth] as number) * (x[feature * classes + of] as number), x[size * classes + of] as number),
  );
  const most = Math.max(0, ...scores);
  const worths = scores.map(score => Math.exp(score - most));
  const none = Math.exp(-most);
  const all = worths.reduce((sum, worth) => sum + worth, none);
  const isNone = !options.some(({ isRight }) => isRight);
  const right = worths.reduce((sum, worth, nth) => sum + (options[nth]?.isRight ? worth : 0), isNone ? none : 0);
  const share = weight / total;
  for (const [nth, { features, of, isRight }] of options.entries()) {
    const worth = worths[nth] as number;
    const slope = share * (worth / all - (isRight ? worth / right : 0));
    const { at, by } = features;
    for (let i = 0; i < at.length; i++) {
      const place = (at[i] as number) * classes + of;
      gradient[place] = (gradient[place] as number) + slope * (by[i] as number);
    }
    gradient[size * classes + of] = (gradient[size * classes + of] as number) + slope;
  }
  return share * (Math.log(all) - Math.log(right));
}

/** Terms with how many have them. */
type Terms = ReadonlyMap<string, number>;
