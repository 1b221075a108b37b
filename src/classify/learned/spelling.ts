import { Transitions } from '../../text/matching/transitions.ts';
import { countKnown, idOf, keepWord, know, type Word } from '../../text/words.ts';

/** Writes a term out: the place where one or two words are heard, and the words. Undefined: nobody has learned it. */
export type Speller = (place: string, word: Word, next?: Word) => string | undefined;

/** Writes every term out, for those who find out which ones count. */
export const spell: Speller = (place, { text }, next) => {
  const words = next ? `${text} ${next.text}` : text;
  return place === '' ? words : `${place} ${words}`;
};

/** What is named is one word of a term, whatever stands within: "before <own field> or". */
const WORDS = /<[^>]*>|[^ ]+/g;
const wordsOf = (text: string): readonly string[] => text.match(WORDS) ?? [];

const ROOT = 0;
const NOWHERE = -1;

function spellerFor(terms: Iterable<string>): Speller {
  const steps = new Transitions();
  const ending: (string | undefined)[] = [undefined];
  const add = (node: number, word: number): number => {
    const known = steps.get(node, word) ?? ending.push(undefined) - 1;
    steps.set(node, word, known);
    return known;
  };
  for (const term of terms) ending[wordsOf(term).map(know).reduce(add, ROOT)] = term;
  // Nearly every word of a text is asked for at the root, where few begin a term.
  const first = Int32Array.from({ length: countKnown() }, (_, id) => steps.get(ROOT, id) ?? NOWHERE);
  const step = (node: number, word: Word): number => {
    if (node === NOWHERE) return NOWHERE;
    return (node === ROOT ? first[idOf(word)] : steps.get(node, idOf(word))) ?? NOWHERE;
  };
  const places = new Map<string, number>();
  const placeOf = (place: string): number => {
    const node = wordsOf(place).map(keepWord).reduce(step, ROOT);
    places.set(place, node);
    return node;
  };
  return (place, word, next) => {
    const node = step(place === '' ? ROOT : (places.get(place) ?? placeOf(place)), word);
    return ending[next ? step(node, next) : node];
  };
}

const spellers = new WeakMap<ReadonlyMap<string, unknown>, Speller>();

/** Tells the terms that are known and no others. They are found by numbers and stand written already: to write every term out would take the longest. */
export function spellerOf(terms: ReadonlyMap<string, unknown>): Speller {
  const speller = spellers.get(terms) ?? spellerFor(terms.keys());
  spellers.set(terms, speller);
  return speller;
}
