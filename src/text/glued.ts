import { fold, type Lexed, makeToken, SEP, type Token } from './lexer.ts';
import { isCamelName, isUnit, openingOf } from './seam-words.ts';
import { endsHeading, headingEndsAt, LONGEST_HEADING, sectionOfHeading, sectionOfWord } from './sections.ts';

/** A small first part is a prefix ("mHealth", "deVry"), a longer one a word. */
const SHORTEST_WORD = 3;
/** Words of a range between a figure and what it counts: "3 to 5 years". */
const LONGEST_RANGE = 4;
/** Words with a capital of a label behind the one it is glued to: "TimeDays of the Week". */
const LONGEST_LABEL = 2;
/** Capitals in a row that are no abbreviation but a heading. */
const LONGEST_ABBREVIATION = 5;

const LOST_ITEM = SEP.newline | SEP.bullet;

/** Cuts words that hold a lost break, and marks the break. Linear in the text. */
export function cutGlued(text: string, { tokens, tail }: Lexed): Lexed {
  const places = placesIn(text);
  if (places.length === 0) return { tokens, tail };
  const cut: Token[] = [];
  const lost: number[] = [];
  const seen = new Seen(text, tokens);
  let at = 0;
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    while (at < places.length && (places[at] as number) < token.start) at++;
    const from = at;
    while (at < places.length && (places[at] as number) < token.end) at++;
    if (from === at) cut.push(token);
    else new GluedWord(text, tokens, index, seen).cut(places.slice(from, at), cut, lost);
  }
  for (const index of lost) {
    const token = cut[index] as Token;
    if (isHeadingLine(cut, index)) cut[index] = { ...token, sep: token.sep & ~SEP.bullet };
  }
  return { tokens: cut, tail };
}

/**
 * Where two lines may have been run together without a space, as in "NeedA", "QUALIFICATIONSBachelor", "HAVEA", "license3", "401kDental",
 * "charts.Approves" and "(any state)Must". It only finds the places fast; the shape of the words around tells which are names.
 */
function placesIn(text: string): number[] {
  const places: number[] = [];
  let before = NONE;
  for (let at = 0; at < text.length; at++) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind !== before && kind === DIGIT && before === SMALL) places.push(at);
    else if (kind === CAPITAL && before !== NONE && mayBegin(text, at, before)) places.push(at);
    before = kind;
  }
  return places;
}

const NONE = 0;
const SMALL = 1;
const CAPITAL = 2;
const DIGIT = 3;
const MARK = 4;

function kindOf(code: number): number {
  if (code >= 97 && code <= 122) return SMALL;
  if (code >= 65 && code <= 90) return CAPITAL;
  if (code >= 48 && code <= 57) return DIGIT;
  return code === 0x2e || code === 0x29 || code === 0x25 || code === 0x2b ? MARK : NONE;
}

/** Whether a capital at `at`, right behind something of the kind `before`, may begin a word of its own. */
function mayBegin(text: string, at: number, before: number): boolean {
  if (before === SMALL) return true;
  const next = kindOf(text.charCodeAt(at + 1));
  const third = kindOf(text.charCodeAt(at + 2));
  if (before === MARK) return next === SMALL || text[at - 1] === '.';
  if (before === DIGIT) return next === SMALL && third === SMALL;
  // "PTAs" is one word, "CULTUREWe" are two.
  if (next === SMALL) return third === SMALL || (third === NONE && text[at + 1] !== 's');
  return text[at] === 'A' && next === NONE;
}

/** Whether an item that a lost break began is a heading: the next line begins behind its words. */
function isHeadingLine(tokens: readonly Token[], at: number): boolean {
  let end = at + 1;
  while (end < tokens.length && end - at <= LONGEST_HEADING && ((tokens[end] as Token).sep & SEP.newline) === 0) end++;
  return sectionOfHeading(tokens, at, end) !== null;
}

/** The words of a text, gathered when first asked for: most texts hold no break that needs them. */
class Seen {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #words: ReadonlySet<string> | null = null;
  #counts: Map<string, number> | null = null;

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  /** Whether a folded word is one of the text. */
  has(word: string): boolean {
    this.#words ??= new Set(this.#tokens.map(token => token.word));
    return this.#words.has(word);
  }

  /** Whether a word is written just so more than once: a name comes back, an accident does not. */
  isRepeated({ start, end }: Token): boolean {
    this.#counts ??= this.#count();
    return (this.#counts.get(this.#text.slice(start, end)) ?? 0) > 1;
  }

  #count(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { start, end } of this.#tokens) {
      if (!isMixed(this.#text, start, end)) continue;
      const written = this.#text.slice(start, end);
      counts.set(written, (counts.get(written) ?? 0) + 1);
    }
    return counts;
  }
}

/** Whether a capital or a figure stands behind the first letter of a word: no other one holds a lost break. */
function isMixed(text: string, start: number, end: number): boolean {
  for (let at = start + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    // Nearly all are small letters, which come behind both.
    if (code <= 90 && (code >= 65 || (code >= 48 && code <= 57))) return true;
  }
  return false;
}

/** One word that may hold lost breaks. */
class GluedWord {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #index: number;
  readonly #seen: Seen;
  #isRepeated: boolean | null = null;

  constructor(text: string, tokens: readonly Token[], index: number, seen: Seen) {
    this.#text = text;
    this.#tokens = tokens;
    this.#index = index;
    this.#seen = seen;
  }

  /** Told once a word: one as long as a text may hold a break at every second letter. */
  get #repeated(): boolean {
    this.#isRepeated ??= this.#seen.isRepeated(this.#tokens[this.#index] as Token);
    return this.#isRepeated;
  }

  /** Adds the parts of the word to `cut`, and to `lost` where an item begins there. */
  cut(places: readonly number[], cut: Token[], lost: number[]): void {
    const token = this.#tokens[this.#index] as Token;
    let start = token.start;
    let sep = token.sep;
    for (const [at, place] of places.entries()) {
      if (place === token.start) {
        if (this.#beginsAnew()) sep |= SEP.newline | (sep & SEP.dot ? SEP.stop : 0);
        continue;
      }
      const left = makeToken(this.#text, start, place, sep);
      const right = this.#text.slice(place, places[at + 1] ?? token.end);
      if (isCamelName(token.word) || !this.#isSeam(left, right, cut)) continue;
      const begins = this.#endsHeading(left, cut) || this.#opening(right, place) === 'sentence';
      cut.push(left);
      if (!begins) lost.push(cut.length);
      start = place;
      sep = begins ? SEP.newline : LOST_ITEM;
    }
    cut.push(start === token.start ? { ...token, sep } : makeToken(this.#text, start, token.end, sep));
  }

  /** Whether a word right after a mark, with no space between, begins a line: "charts.Approves", "(any state)Must". */
  #beginsAnew(): boolean {
    const { start, end } = this.#tokens[this.#index] as Token;
    const before = this.#text.slice(Math.max(0, start - 2), start);
    if (before.endsWith('.')) return this.#endsSentence(start) && !/[.@/]/.test(this.#text[end + 1] === ' ' ? '' : (this.#text[end] ?? ''));
    return before.endsWith('+') ? /\d\+$/.test(before) : true;
  }

  /** "charts.Approves", "charts.APPROVES": not "e.G", and capitals only behind a whole word. */
  #endsSentence(start: number): boolean {
    const before = this.#text.slice(Math.max(0, start - 1 - SHORTEST_WORD), start);
    return /[a-z]{3}\.$/.test(before) || (/[a-z)]\.$/.test(before) && /^[A-Z][a-z]/.test(this.#text.slice(start, start + 2)));
  }

  #isSeam(left: Token, right: string, cut: readonly Token[]): boolean {
    const written = this.#text.slice(left.start, left.end);
    if (/^\d/.test(right)) return /[A-Za-z][a-z]{3}$/.test(written) && this.#isFigure(right);
    const opening = this.#opening(right, left.end);
    if (/\d[kK]?$/.test(written)) return this.#opensBehindFigure(opening);
    if (/[A-Z]$/.test(written)) {
      if (!left.upper) return false;
      if (this.#endsHeading(left, cut)) return true;
      return right.length > 1 && (written.length > LONGEST_ABBREVIATION || opening === 'item' || opening === 'sentence');
    }
    if (!left.first) return written.length >= SHORTEST_WORD ? !this.#repeated || opening !== null : written.length > 1 && opening !== null;
    if (this.#isLabel() || this.#endsHeading(left, cut)) return true;
    if (written.length <= SHORTEST_WORD || this.#repeated) return false;
    return opening === 'item' || opening === 'sentence' || sectionOfWord(fold(right)) !== null || this.#areWords(left, right);
  }

  /** Whether the word before a break is the last one of a heading; a single one is believed where a line begins. */
  #endsHeading(left: Token, cut: readonly Token[]): boolean {
    if (endsHeading(left.word) && headingEndsAt([...cut.slice(-LONGEST_HEADING).map(({ word }) => word), left.word])) return true;
    return (left.sep & SEP.newline) !== 0 && !this.#repeated && sectionOfWord(left.word) !== null;
  }

  /** "license3 years", "skills5+", "benefits401(k)": a figure that is followed by what is counted. */
  #isFigure(right: string): boolean {
    const { end } = this.#tokens[this.#index] as Token;
    const range = this.#tokens.slice(this.#index + 1, this.#index + 1 + LONGEST_RANGE);
    return /^\d{1,3}$/.test(right) && (/[+%(]/.test(this.#text[end] ?? '') || range.some(({ word }) => isUnit(word)));
  }

  /** Whether both parts are words of this text: "ProviderLicensed". */
  #areWords(left: Token, right: string): boolean {
    return right.length > SHORTEST_WORD && [left.word, fold(right)].every(part => this.#seen.has(part));
  }

  /** "TimeHours: 20", "TimeShift Hours: 10": what ends in a colon begins a line. */
  #isLabel(): boolean {
    let at = this.#index + 1;
    while (at <= this.#index + LONGEST_LABEL && this.#tokens[at]?.sep === SEP.space && this.#tokens[at]?.first) at++;
    return ((this.#tokens[at]?.sep ?? 0) & SEP.colon) !== 0;
  }

  /** "401kDental", "40Status:". */
  #opensBehindFigure(opening: ReturnType<typeof openingOf>): boolean {
    return opening !== null || this.#isLabel();
  }

  #opening(right: string, place: number): ReturnType<typeof openingOf> {
    const { end } = this.#tokens[this.#index] as Token;
    const opening = openingOf(makeToken(this.#text, place, place + right.length, 0).word);
    if (opening !== 'name') return opening;
    return place + right.length === end && /^ [a-z]/.test(this.#text.slice(end, end + 2)) ? 'name' : null;
  }
}
