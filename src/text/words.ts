import { numberOf } from './numbers.ts';

/**
 * A folded word. Words that somebody looks for have a number of their own (`know`), so that a text is read by numbers; those nobody looks for
 * share two. The number of a word may come after the word was read in a text, so it is asked for through here.
 */
export type Word = { readonly text: string; id: number };

/** The numbers of words nobody looks for: figures and numerals, and all others. */
const ANY_NUMBER = 1;
const UNKNOWN = 0;
/** A word that was not kept is looked up by its text. */
const NOT_KEPT = -1;

const kept = new Map<string, Word>();
/** Number → the word; the first two are no words. */
const known: string[] = ['', ''];

/** The word of this text, kept for whoever asks again. */
export function keepWord(text: string): Word {
  const before = kept.get(text);
  if (before) return before;
  const word = { text, id: numberOf(text) === null ? UNKNOWN : ANY_NUMBER };
  kept.set(text, word);
  return word;
}

/** The word of this text when it is kept, else one that is not. */
export function passingWord(text: string): Word {
  return kept.get(text) ?? { text, id: NOT_KEPT };
}

/** The number of a word that is looked for from now on. */
export function know(text: string): number {
  const word = keepWord(text);
  if (word.id <= ANY_NUMBER) word.id = known.push(text) - 1;
  return word.id;
}

/** The number of a word as it is now. */
export function idOf(word: Word): number {
  if (word.id !== NOT_KEPT) return word.id;
  return kept.get(word.text)?.id ?? (numberOf(word.text) === null ? UNKNOWN : ANY_NUMBER);
}

/** How many numbers there are so far. */
export function countKnown(): number {
  return known.length;
}

/** Whether the word of a number is a figure or a numeral. */
export function isNumber(id: number): boolean {
  return id === ANY_NUMBER || numberOf(known[id] ?? '') !== null;
}
