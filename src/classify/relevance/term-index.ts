import type { Field } from '../../text/document.ts';
import type { Token } from '../../text/lexer.ts';
import { countKnown, idOf, know } from '../../text/words.ts';
import type { Entry, Lexicon } from './model.ts';
import { isHeard } from './terms.ts';

/** The terms of a lexicon in one place, found by the numbers of their words: texts hold a thousand terms for one that is known. */
export class TermIndex {
  /** By the word, or by the first word of two and then by the second. */
  readonly #words: (Entry | undefined)[];
  readonly #pairs: (Map<number, Entry> | undefined)[];

  constructor(terms: ReadonlyMap<string, Entry>) {
    const entries = [...terms].map(([term, entry]) => ({ words: term.split(' ').map(know), entry }));
    this.#words = new Array(countKnown()).fill(undefined);
    this.#pairs = new Array(countKnown()).fill(undefined);
    for (const { words, entry } of entries) {
      const [first = 0, second] = words;
      if (second === undefined) this.#words[first] = entry;
      else this.#pairs[first] = (this.#pairs[first] ?? new Map<number, Entry>()).set(second, entry);
    }
  }

  /** Tells every term among the tokens `first` up to `last`, in the order `eachTerm` visits them. */
  listen({ tokens }: Field, first: number, last: number, heard: (entry: Entry, first: number, last: number) => void): void {
    let before: ReadonlyMap<number, Entry> | undefined;
    for (let at = first; at < last; at++) {
      const { word, known } = tokens[at] as Token;
      if (!isHeard(word)) {
        before = undefined;
        continue;
      }
      const id = idOf(known);
      const entry = this.#words[id];
      if (entry) heard(entry, at, at + 1);
      const pair = before?.get(id);
      if (pair) heard(pair, at - 1, at + 1);
      before = this.#pairs[id];
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
