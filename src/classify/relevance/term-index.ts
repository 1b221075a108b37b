import type { Field } from '../../text/document.ts';
import type { Token } from '../../text/lexer.ts';
import { countKnown, idOf, know } from '../../text/words.ts';
import type { Entry, Lexicon } from './model.ts';

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

  /** The entry of one word or two of a field. */
  find({ tokens }: Field, first: number, last: number): Entry | undefined {
    const id = idOf((tokens[first] as Token).known);
    if (last - first === 1) return this.#words[id];
    return this.#pairs[id]?.get(idOf((tokens[first + 1] as Token).known));
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
