import { KIND_SAID, TITLE_SAID, type WordModels } from '../src/classify/relevance/words.ts';
import { PATH_SLUGS } from '../src/posting/taxonomy.ts';
import type { Linear } from '../src/text/linear.ts';
import type { Sample } from './data.ts';
import { type Example, learn } from './lexicon.ts';
import type { Read } from './samples.ts';

/** Chosen by the cross-validated figures, which hardly move for a third or three times the penalties. */
const WAYS = {
  title: { classes: TITLE_SAID, penalty: 2e-5, leastGroups: 3, most: 1600, floor: 4 },
  kind: { classes: KIND_SAID, penalty: 5e-5, leastGroups: 4, most: 1400, floor: 30 },
  path: { classes: PATH_SLUGS, penalty: 1e-4, leastGroups: 4, most: 1000, floor: 30 },
};

/** How much a sample weighs, by its set and by how sure its reader was. */
export type WeightOf = (sample: Sample) => number;

/** Learns what words say: those of titles from `titles` and `postings`, those of texts from `postings`. */
export function learnWords(titles: readonly Read[], postings: readonly Read[], weightOf: WeightOf): WordModels {
  const relevant = postings.filter(({ sample }) => sample.relevance === 'nonclinical');
  const ofTitle = (sample: Sample) => (sample.relevance === 'nonclinical' ? first(sample) : sample.relevance);
  return {
    title: words('title', [...titles, ...postings], ({ title }) => title, ofTitle, weightOf),
    kind: words(
      'kind',
      postings,
      ({ body }) => body,
      ({ relevance }) => relevance,
      weightOf,
    ),
    path: words('path', relevant, ({ body }) => body, first, weightOf),
  };
}

const first = ({ paths }: Sample): string => paths[0] as string;

function words(
  name: keyof WordModels,
  from: readonly Read[],
  termsOf: (read: Read) => ReadonlySet<string>,
  classOf: (sample: Sample) => string,
  weightOf: WeightOf,
): Linear {
  const way = WAYS[name];
  const classes: readonly string[] = way.classes;
  const examples = from.flatMap((read): Example[] => {
    const { sample } = read;
    const terms = termsOf(read);
    if (terms.size === 0) return [];
    return [{ terms, label: classes.indexOf(classOf(sample)), weight: weightOf(sample), group: sample.company }];
  });
  return learn(examples, { ...way, classes: classes.length });
}

export const pathIndex = (sample: Sample): number => PATH_SLUGS.indexOf(sample.paths[0] as (typeof PATH_SLUGS)[number]);
