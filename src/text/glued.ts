import { type Lexed, makeToken, SEP, type Token } from './lexer.ts';
import { isCamelName, isUnit, openingOf } from './seam-words.ts';
import { headingEndsAt } from './sections.ts';

/**
 * Where two lines may have been run together without a space, as in "NeedA", "QUALIFICATIONSBachelor", "HAVEA", "license3", "401kDental",
 * "charts.Approves" and "(any state)Must". It only finds the places fast; the shape of the words around tells which are names.
 */
const SEAM = /[a-z](?=[A-Z])|[A-Z](?=[A-Z][a-z]{2})|[A-Z]{2}(?=A\b)|[a-z]{4}(?=\d)|[\dkK](?=[A-Z][a-z]{2})|[.)%+](?=[A-Z][a-z])/g;
/** A small first part is a prefix ("mHealth", "deVry"), a longer one a word. */
const SHORTEST_WORD = 3;
/** Capitals in a row that are no abbreviation but a heading. */
const LONGEST_ABBREVIATION = 5;

/** Cuts words that hold a lost break, and marks the break. Linear in the text. */
export function cutGlued(text: string, { tokens, tail }: Lexed): Lexed {
  const places = Array.from(text.matchAll(SEAM), ({ 0: found, index }) => index + found.length);
  if (places.length === 0) return { tokens, tail };
  const cut: Token[] = [];
  const counts = countRaw(text, tokens);
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    while (at < places.length && (places[at] as number) < token.start) at++;
    const from = at;
    while (at < places.length && (places[at] as number) < token.end) at++;
    if (from === at) cut.push(token);
    else new GluedWord(text, tokens, index, (counts.get(text.slice(token.start, token.end)) ?? 0) > 1).cut(places.slice(from, at), cut);
  }
  return { tokens: cut, tail };
}

/** How often each word with a capital inside is written: a name comes back, an accident does not. */
function countRaw(text: string, tokens: readonly Token[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { start, end, upper } of tokens) {
    if (upper || end - start < SHORTEST_WORD) continue;
    const raw = text.slice(start, end);
    counts.set(raw, (counts.get(raw) ?? 0) + 1);
  }
  return counts;
}

/** One word that may hold lost breaks. */
class GluedWord {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #index: number;
  readonly #repeated: boolean;

  constructor(text: string, tokens: readonly Token[], index: number, repeated: boolean) {
    this.#text = text;
    this.#tokens = tokens;
    this.#index = index;
    this.#repeated = repeated;
  }

  /** Adds the parts of the word to `cut`. */
  cut(places: readonly number[], cut: Token[]): void {
    const token = this.#tokens[this.#index] as Token;
    let start = token.start;
    let sep = token.sep;
    for (const [at, place] of places.entries()) {
      if (place === token.start) {
        if (this.#beginsAnew()) sep |= SEP.newline | (sep & SEP.dot ? SEP.stop : 0);
        continue;
      }
      const left = this.#text.slice(start, place);
      const right = this.#text.slice(place, places[at + 1] ?? token.end);
      if (isCamelName(token.word) || !this.#isSeam(left, right, place, cut)) continue;
      cut.push(makeToken(this.#text, start, place, sep));
      start = place;
      sep = SEP.newline;
    }
    cut.push(start === token.start ? { ...token, sep } : makeToken(this.#text, start, token.end, sep));
  }

  /** Whether a word right after a mark, with no space between, begins a line: "charts.Approves", "(any state)Must". */
  #beginsAnew(): boolean {
    const { start, end } = this.#tokens[this.#index] as Token;
    const before = this.#text.slice(Math.max(0, start - 2), start);
    if (before.endsWith('.')) return /[a-z)]\.$/.test(before) && !/[.@/]/.test(this.#text[end + 1] === ' ' ? '' : (this.#text[end] ?? ''));
    return before.endsWith('+') ? /\d\+$/.test(before) : true;
  }

  #isSeam(left: string, right: string, place: number, cut: readonly Token[]): boolean {
    if (/\d$/.test(right)) return this.#isFigure(right);
    const opening = this.#opening(right, place);
    if (/\d[kK]?$/.test(left)) return opening !== null;
    if (/[A-Z]$/.test(left)) {
      if (!/^[A-Z]+$/.test(left)) return false;
      const heading = headingEndsAt([...cut.map(({ word }) => word), left.toLowerCase()]);
      return heading || (right.length > 1 && (left.length > LONGEST_ABBREVIATION || opening === 'item' || opening === 'sentence'));
    }
    if (/^[a-z]/.test(left)) return left.length >= SHORTEST_WORD ? !this.#repeated || opening !== null : left.length > 1 && opening !== null;
    if (this.#isLabel()) return true;
    if (headingEndsAt([...cut.map(({ word }) => word), left.toLowerCase()])) return true;
    return left.length > SHORTEST_WORD && !this.#repeated && (opening === 'item' || opening === 'sentence');
  }

  /** "license3 years", "skills5+", "benefits401(k)": a figure that is followed by what is counted. */
  #isFigure(right: string): boolean {
    const { end } = this.#tokens[this.#index] as Token;
    const next = this.#tokens[this.#index + 1];
    return /^\d{1,3}$/.test(right) && (/[+%(]/.test(this.#text[end] ?? '') || (next !== undefined && isUnit(next.word)));
  }

  /** "TimeHours: 20": what ends in a colon begins a line. */
  #isLabel(): boolean {
    const { sep = 0 } = this.#tokens[this.#index + 1] ?? {};
    return (sep & SEP.colon) !== 0;
  }

  #opening(right: string, place: number): ReturnType<typeof openingOf> {
    const { end } = this.#tokens[this.#index] as Token;
    const opening = openingOf(makeToken(this.#text, place, place + right.length, 0).word);
    if (opening !== 'name') return opening;
    return place + right.length === end && /^ [a-z]/.test(this.#text.slice(end, end + 2)) ? 'name' : null;
  }
}
