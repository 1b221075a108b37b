import { Transitions } from '../../text/matching/transitions.ts';
import { countKnown, idOf, keepWord, know, type Word } from '../../text/words.ts';

/** What is known of a term: of one or two words in the place where they are heard. Undefined: nobody has learned it. */
type TermFinder<Known> = (place: string, word: Word, next?: Word) => Known | undefined;

/** What is named is one word of a term, whatever stands within: "before <own field> or". */
const WORDS = /<[^>]*>|[^ ]+/g;
const wordsOf = (text: string): readonly string[] => text.match(WORDS) ?? [];

const ROOT = 0;
const NOWHERE = -1;

function finderFor<Known>(terms: ReadonlyMap<string, Known>): TermFinder<Known> {
  const steps = new Transitions();
  const ending: (Known | undefined)[] = [undefined];
  const add = (node: number, word: number): number => {
    const known = steps.get(node, word) ?? ending.push(undefined) - 1;
    steps.set(node, word, known);
    return known;
  };
  for (const [term, known] of terms) ending[wordsOf(term).map(know).reduce(add, ROOT)] = known;
  // Nearly every word of a text is asked for at the root, where few begin a term.
  const first = Int32Array.from({ length: countKnown() }, (_, id) => steps.get(ROOT, id) ?? NOWHERE);
  const step = (node: number, word: Word): number => {
    if (node === NOWHERE) return NOWHERE;
    return (node === ROOT ? first[idOf(word)] : steps.get(node, idOf(word))) ?? NOWHERE;
  };
  const places = new Map<string, number>([['', ROOT]]);
  const placeOf = (place: string): number => {
    const node = wordsOf(place).map(keepWord).reduce(step, ROOT);
    places.set(place, node);
    return node;
  };
  return (place, word, next) => {
    const node = step(places.get(place) ?? placeOf(place), word);
    return ending[next ? step(node, next) : node];
  };
}

const finders = new WeakMap<ReadonlyMap<string, unknown>, TermFinder<unknown>>();

/** Finds what is known of terms, by the numbers of their words: to write every term out and look it up would take the longest. */
export function finderOf<Known>(terms: ReadonlyMap<string, Known>): TermFinder<Known> {
  const finder = (finders.get(terms) as TermFinder<Known> | undefined) ?? finderFor(terms);
  finders.set(terms, finder);
  return finder;
}
