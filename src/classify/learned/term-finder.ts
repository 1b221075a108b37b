import { Transitions } from '../../text/matching/transitions.ts';
import { countKnown, idOf, keepWord, know, type Word } from '../../text/words.ts';

/** What is named is one word of a term, whatever stands within: "before <own field> or". */
const WORDS = /<[^>]*>|[^ ]+/g;
const wordsOf = (text: string): readonly string[] => text.match(WORDS) ?? [];

const ROOT = 0;
/** No word leads back to the root. */
const NOWHERE = ROOT;

/**
 * Finds what is known of terms by the numbers of their words: one word or two, of a running text or of the place where they are heard. Of
 * what nobody has learned nothing is known.
 */
export class TermFinder<Known> {
  readonly #steps = new Transitions();
  readonly #ending: (Known | undefined)[] = [undefined];
  /** Word → where it leads from the root: nearly every word of a text is asked for there, where few begin a term. */
  readonly #first: Int32Array;
  readonly #places = new Map<string, number>();

  constructor(terms: ReadonlyMap<string, Known>) {
    for (const [term, known] of terms) {
      const node = wordsOf(term)
        .map(know)
        .reduce((from, word) => this.#add(from, word), ROOT);
      // A term of no words would be found everywhere.
      if (node !== ROOT) this.#ending[node] = known;
    }
    this.#first = Int32Array.from({ length: countKnown() }, (_, id) => this.#steps.get(ROOT, id) ?? NOWHERE);
  }

  word(word: Word): Known | undefined {
    return this.#ending[this.#begin(word)];
  }

  pair(word: Word, next: Word): Known | undefined {
    return this.#ending[this.#step(this.#begin(word), next)];
  }

  at(place: string, word: Word, next?: Word): Known | undefined {
    const node = this.#step(this.#places.get(place) ?? this.#placeOf(place), word);
    return this.#ending[next ? this.#step(node, next) : node];
  }

  #begin(word: Word): number {
    return this.#first[idOf(word)] ?? NOWHERE;
  }

  #step(from: number, word: Word): number {
    return from === NOWHERE ? NOWHERE : (this.#steps.get(from, idOf(word)) ?? NOWHERE);
  }

  #placeOf(place: string): number {
    const [first = '', ...rest] = wordsOf(place);
    const node = rest.reduce((from, word) => this.#step(from, keepWord(word)), this.#begin(keepWord(first)));
    this.#places.set(place, node);
    return node;
  }

  #add(from: number, word: number): number {
    const node = this.#steps.get(from, word) ?? this.#ending.push(undefined) - 1;
    this.#steps.set(from, word, node);
    return node;
  }
}

const finders = new WeakMap<ReadonlyMap<string, unknown>, TermFinder<unknown>>();

/** The finder of some terms: to write every term of a text out and look it up would take the longest. */
export function finderOf<Known>(terms: ReadonlyMap<string, Known>): TermFinder<Known> {
  const finder = (finders.get(terms) as TermFinder<Known> | undefined) ?? new TermFinder(terms);
  finders.set(terms, finder);
  return finder;
}
