/** Writes a term out: the place where one or two words are heard, and the words. Undefined: nobody has learned it. */
export type Speller = (place: string, word: string, next?: string) => string | undefined;

/** Writes every term out, for those who find out which ones count. */
export const spell: Speller = (place, word, next) => {
  const words = next === undefined ? word : `${word} ${next}`;
  return place === '' ? words : `${place} ${words}`;
};

/** Where the words of terms lead, one after the other. */
class Path {
  term: string | undefined;
  readonly #next = new Map<string, Path>();

  to(word: string): Path | undefined {
    return this.#next.get(word);
  }

  add(word: string): Path {
    const path = this.#next.get(word) ?? new Path();
    this.#next.set(word, path);
    return path;
  }
}

/** What is named is one word of a term, whatever stands within: "before <own field> or". */
const WORDS = /<[^>]*>|[^ ]+/g;
const wordsOf = (text: string): readonly string[] => text.match(WORDS) ?? [];

function spellerFor(terms: Iterable<string>): Speller {
  const root = new Path();
  for (const term of terms) wordsOf(term).reduce((path, word) => path.add(word), root).term = term;
  const places = new Map<string, Path | null>();
  const placeOf = (place: string): Path | null => {
    const path = wordsOf(place).reduce<Path | undefined>((path, word) => path?.to(word), root) ?? null;
    places.set(place, path);
    return path;
  };
  return (place, word, next) => {
    const known = places.get(place);
    const path = (known === undefined ? placeOf(place) : known)?.to(word);
    return (next === undefined ? path : path?.to(next))?.term;
  };
}

const spellers = new WeakMap<ReadonlyMap<string, unknown>, Speller>();

/** Writes out the terms that are known, found word by word: a text holds fifty for one that is, and to write each out would take the longest. */
export function spellerOf(terms: ReadonlyMap<string, unknown>): Speller {
  const speller = spellers.get(terms) ?? spellerFor(terms.keys());
  spellers.set(terms, speller);
  return speller;
}
