import type { Field } from '../../text/document.ts';
import type { Token } from '../../text/lexer.ts';
import { countKnown, idOf, know } from '../../text/words.ts';
import type { Entry, Lexicon } from './model.ts';
import { isHeard } from './terms.ts';

/** What a word says by itself, and what with the word behind it, by that word's number. */
type Head = { alone: Entry | null; readonly pairs: Map<number, Entry> };

/** The terms of a lexicon in one place, found by the numbers of their words: texts hold a thousand terms for one that is known. */
class TermIndex {
  /** Number of a word → its place among the words that begin a term; 0: it begins none. Small, as every word of a text asks for it. */
  readonly #places: Uint16Array;
  readonly #heads: Head[] = [{ alone: null, pairs: new Map() }];

  constructor(terms: ReadonlyMap<string, Entry>) {
    const entries = [...terms].map(([term, entry]) => ({ words: term.split(' '), entry })).filter(({ words }) => words.every(isHeard));
    const known = entries.map(({ words, entry }) => ({ words: words.map(know), entry }));
    this.#places = new Uint16Array(countKnown());
    for (const { words, entry } of known) {
      const [first = 0, second] = words;
      const head = this.#headOf(first);
      if (second === undefined) head.alone = entry;
      else head.pairs.set(second, entry);
    }
  }

  #headOf(word: number): Head {
    if (this.#places[word] === 0) this.#places[word] = this.#heads.push({ alone: null, pairs: new Map() }) - 1;
    return this.#heads[this.#places[word] as number] as Head;
  }

  /** Tells every term among the tokens `first` up to `last`, in the order `eachTerm` visits them. */
  listen({ tokens }: Field, first: number, last: number, heard: (entry: Entry, first: number, last: number) => void): void {
    let before = null as Head | null;
    for (let at = first; at < last; at++) {
      const id = idOf((tokens[at] as Token).known);
      const pair = before?.pairs.get(id);
      const place: number = this.#places[id] ?? 0;
      const head: Head | null = place > 0 ? (this.#heads[place] as Head) : null;
      if (head?.alone) heard(head.alone, at, at + 1);
      if (pair) heard(pair, at - 1, at + 1);
      before = head;
    }
  }
}

const indexes = new WeakMap<ReadonlyMap<string, Entry>, TermIndex>();

/** The terms of a lexicon that are heard in a place. */
export function termsOf({ words }: Lexicon, place: string): TermIndex | null {
  const terms = words.get(place);
  if (!terms) return null;
  const known = indexes.get(terms) ?? new TermIndex(terms);
  indexes.set(terms, known);
  return known;
}
