import { type Entry, LEXICONS, type LexiconName, type Lexicon as Shipped, type Witness } from '../src/classify/relevance/model.ts';
import { PATH_SLUGS } from '../src/posting/taxonomy.ts';
import type { Sample } from './data.ts';
import { type Example, type Lexicon, learn, type Options } from './lexicon.ts';
import type { Read } from './samples.ts';

/** Chosen by the cross-validated figures, which hardly move for a third or three times the penalties. */
const OPTIONS: Record<LexiconName, Options> = {
  seat: { classes: LEXICONS.seat.classes.length, penalty: 2e-5, leastGroups: 3, most: 1600, floor: 4 },
  kind: { classes: LEXICONS.kind.classes.length, penalty: 5e-5, leastGroups: 4, most: 800, floor: 30 },
  work: { classes: LEXICONS.work.classes.length, penalty: 1e-4, leastGroups: 4, most: 600, floor: 30 },
};

/** How much a sample weighs, by its set and by how sure its reader was. */
export type WeightOf = (sample: Sample) => number;

/** Learns the three lexicons of the witness: titles from `titles` and `postings`, texts from `postings`. */
export function learnWitness(titles: readonly Read[], postings: readonly Read[], weightOf: WeightOf): Witness {
  const relevant = postings.filter(({ sample }) => sample.relevance === 'nonclinical');
  return {
    seat: learnSeat([...titles, ...postings], weightOf),
    kind: lexicon('kind', postings, 'body', ({ relevance }) => relevance, weightOf),
    work: lexicon('work', relevant, 'body', first, weightOf),
  };
}

const first = ({ paths }: Sample): string => paths[0] as string;

/** Learns what the words of titles speak for. */
function learnSeat(reads: readonly Read[], weightOf: WeightOf): Shipped {
  return lexicon('seat', reads, 'title', sample => (sample.relevance === 'nonclinical' ? first(sample) : sample.relevance), weightOf);
}

function lexicon(
  name: LexiconName,
  from: readonly Read[],
  terms: 'title' | 'body',
  classOf: (sample: Sample) => string,
  weightOf: WeightOf,
): Shipped {
  const classes: readonly string[] = LEXICONS[name].classes;
  const examples = from.flatMap((read): Example[] => {
    const { sample } = read;
    if (read[terms].size === 0) return [];
    return [{ terms: read[terms], label: classes.indexOf(classOf(sample)), weight: weightOf(sample), group: sample.company }];
  });
  return shipped(name, learn(examples, OPTIONS[name]));
}

function shipped(name: LexiconName, { index, model, floor }: Lexicon): Shipped {
  const { classes, heard } = LEXICONS[name];
  const words = new Map(heard.map(place => [place as string, new Map<string, Entry>()]));
  for (const [key, at] of index) {
    const [place = '', term = ''] = key.split(': ');
    words.get(place)?.set(term, { term, weights: model.weights.slice(at * classes.length, (at + 1) * classes.length) });
  }
  return { classes, floor, bias: centered(model.bias), words };
}

function centered(bias: Float64Array): Float64Array {
  const mean = bias.reduce((sum, value) => sum + value, 0) / bias.length;
  return bias.map(value => value - mean);
}

export const pathIndex = (sample: Sample): number => PATH_SLUGS.indexOf(sample.paths[0] as (typeof PATH_SLUGS)[number]);
