/**
 * The lexer: one linear pass from text to whole words with UTF-16 spans. Nothing here knows what a word means.
 *
 * A word is a run of letters, marks and digits. Case, accents, apostrophes, invisible characters and plurals are folded away in `word`;
 * what stood between two words (comma, slash, bullet, line end ...) is kept as flags in `sep`, so that readers of lists and sentences
 * need not look at the text again.
 */

import { READING_WORDS } from './reading-words.ts';
import { keepWord, passingWord, type Word } from './words.ts';

/** What stood between a word and the one before it. */
export const SEP = {
  newline: 1,
  blank: 2,
  bullet: 4,
  stop: 8,
  semicolon: 16,
  colon: 32,
  comma: 64,
  slash: 128,
  hyphen: 256,
  dash: 512,
  open: 1024,
  close: 2048,
  plus: 4096,
  dollar: 8192,
  percent: 16384,
  quote: 32768,
  space: 65536,
  dot: 131072,
} as const;

export type Token = {
  /** UTF-16 offsets into the text the lexer was given. */
  readonly start: number;
  readonly end: number;
  /** The word folded: lower case, no accents, singular, one spelling. Empty for a word longer than any real one. */
  readonly word: string;
  /** The same word with its number. */
  readonly known: Word;
  /** Flags of `SEP`: what stood between the word before and this one. */
  readonly sep: number;
  /** Every letter is a capital ("PT", "RN"); `first`: only the first one is known to be. */
  readonly upper: boolean;
  readonly first: boolean;
};

export type Lexed = { readonly tokens: Token[] /** Flags of `SEP` after the last word. */; readonly tail: number };

const LONGEST_WORD = 48;
const BULLETS = new Set('•●▪■◦○‣⁃∙·►▶➢➤❖✓✔✦★☐⦁');
const SINGLE_LETTER = 1;

/** Character classes of the fast path; 0 is "ask Unicode". */
const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
const SPACE = 3;
const NEWLINE = 4;
const MARK = 5;
const CLASS = new Uint8Array(128).fill(MARK);
for (let code = 0; code < 128; code++) {
  if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) CLASS[code] = LETTER;
  else if (code >= 48 && code <= 57) CLASS[code] = DIGIT;
  else if (code === 10 || code === 13) CLASS[code] = NEWLINE;
  else if (code <= 32 || code === 127) CLASS[code] = SPACE;
}

const PUNCTUATION: Record<string, number> = {
  '.': SEP.stop,
  '!': SEP.stop,
  '?': SEP.stop,
  '…': SEP.stop,
  ';': SEP.semicolon,
  ':': SEP.colon,
  '：': SEP.colon,
  ',': SEP.comma,
  '，': SEP.comma,
  '/': SEP.slash,
  '\\': SEP.slash,
  '⁄': SEP.slash,
  '|': SEP.dash,
  '-': SEP.hyphen,
  '‐': SEP.hyphen,
  '‑': SEP.hyphen,
  '‒': SEP.dash,
  '–': SEP.dash,
  '—': SEP.dash,
  '―': SEP.dash,
  '−': SEP.dash,
  '→': SEP.dash,
  '(': SEP.open,
  '[': SEP.open,
  '{': SEP.open,
  ')': SEP.close,
  ']': SEP.close,
  '}': SEP.close,
  '+': SEP.plus,
  $: SEP.dollar,
  '%': SEP.percent,
  '"': SEP.quote,
  '“': SEP.quote,
  '”': SEP.quote,
  '«': SEP.quote,
  '»': SEP.quote,
};

/** Invisible characters that may stand inside a word without ending it: zero-width, bidi controls, soft hyphen, variation selectors. */
function isInvisible(code: number): boolean {
  return (
    code === 0xad ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2069) ||
    code === 0xfeff ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0x61c ||
    code === 0x180e
  );
}

function isApostrophe(code: number): boolean {
  return code === 0x27 || code === 0x2019 || code === 0x2018 || code === 0x2bc || code === 0x60;
}

const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;
const UPPERCASE = /\p{Lu}/u;

function classOf(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return CLASS[code] as number;
  if (code === 0x2028 || code === 0x2029 || code === 0x85) return NEWLINE;
  if (code === 0xa0 || code === 0x3000 || code === 0x202f || (code >= 0x2000 && code <= 0x200a)) return SPACE;
  if (isInvisible(code)) return OTHER;
  const point = text.codePointAt(at) as number;
  if (point >= 0xd800 && point <= 0xdfff) return MARK;
  return WORD_CHARACTER.test(String.fromCodePoint(point)) ? LETTER : MARK;
}

/** The width in UTF-16 units of the character at `at`: 2 for a surrogate pair, else 1 (an unpaired surrogate too). */
function widthAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 0xd800 || code > 0xdbff || at + 1 >= text.length) return 1;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff ? 2 : 1;
}

/** Splits a text into whole words. Linear in the text; spans are UTF-16 offsets into `text`. */
export function lex(text: string): Lexed {
  const tokens: Token[] = [];
  let sep: number = SEP.newline;
  let lineStart = true;
  let at = 0;
  while (at < text.length) {
    const kind = classOf(text, at);
    if (kind === LETTER || kind === DIGIT) {
      const end = wordEnd(text, at);
      pushWord(tokens, text, at, end, sep);
      sep = 0;
      lineStart = false;
      at = end;
    } else if (kind === MARK && text.charCodeAt(at) === 38) {
      tokens.push({ start: at, end: at + 1, word: AND.text, known: AND, sep, upper: false, first: false });
      sep = 0;
      lineStart = false;
      at++;
    } else {
      sep |= separator(text, at, kind, sep, lineStart);
      lineStart = kind === NEWLINE || (lineStart && kind !== MARK);
      at += widthAt(text, at);
    }
  }
  return { tokens, tail: sep | SEP.newline };
}

/** The flags one separating character adds. */
function separator(text: string, at: number, kind: number, sep: number, lineStart: boolean): number {
  if (kind === NEWLINE) {
    const afterReturn = text.charCodeAt(at) === 10 && at > 0 && text.charCodeAt(at - 1) === 13;
    return sep & SEP.newline && !afterReturn ? SEP.blank : SEP.newline;
  }
  if (kind === SPACE) return SEP.space;
  if (kind === OTHER) return 0;
  const mark = text[at] as string;
  if (BULLETS.has(mark)) return SEP.bullet;
  if (lineStart && startsItem(text, at, mark)) return SEP.bullet;
  if (mark === '.') return isBreak(text, at + 1) ? SEP.stop : SEP.dot;
  if (mark === '-' && isBreak(text, at + 1) && (at === 0 || isBreak(text, at - 1))) return SEP.dash;
  return PUNCTUATION[mark] ?? 0;
}

/** A dash, star, plus or arrow at the start of a line makes a list item when a gap follows ("- item", "-> item"). */
function startsItem(text: string, at: number, mark: string): boolean {
  if (mark === '-' && text[at + 1] === '>') return true;
  return '-*+>–—~'.includes(mark) && isBreak(text, at + 1);
}

function isBreak(text: string, at: number): boolean {
  if (at < 0 || at >= text.length) return true;
  const kind = classOf(text, at);
  if (kind === SPACE || kind === NEWLINE) return true;
  const mark = text[at] as string;
  return mark === '"' || mark === '”' || mark === ')' || isApostrophe(mark.charCodeAt(0));
}

/** End of the word that starts at `at`: apostrophes and points inside words ("you'll", "Ph.D.", "1,200.50") belong to it. */
function wordEnd(text: string, at: number): number {
  let end = at;
  let letters = 0;
  while (end < text.length) {
    const kind = classOf(text, end);
    if (kind === LETTER || kind === DIGIT) {
      letters++;
      end += widthAt(text, end);
      continue;
    }
    const code = text.charCodeAt(end);
    if (kind === OTHER) {
      end++;
      continue;
    }
    const next = end + 1 < text.length ? classOf(text, end + 1) : SPACE;
    if (isApostrophe(code) && next === LETTER && letters > 0) {
      end++;
      continue;
    }
    if ((code === 0x2c || code === 0x2e) && next === DIGIT && classOf(text, end - 1) === DIGIT) {
      end++;
      continue;
    }
    break;
  }
  while (end > at && isInvisible(text.charCodeAt(end - 1))) end--;
  return letters <= 2 ? dottedEnd(text, end) : end;
}

/** Takes the rest of a dotted abbreviation ("U.S.", "Ph.D.", "a.m.") into the word; bounded by the longest word. */
function dottedEnd(text: string, from: number): number {
  let end = from;
  for (let letters = 0; letters < LONGEST_WORD; letters++) {
    const dotted = text.charCodeAt(end) === 0x2e && end + 1 < text.length && classOf(text, end + 1) === LETTER;
    if (!dotted) break;
    const after = end + 1 + SINGLE_LETTER;
    if (after < text.length && [LETTER, DIGIT].includes(classOf(text, after))) break;
    end = after;
  }
  return end > from && text.charCodeAt(end) === 0x2e ? end + 1 : end;
}

/** "&" is read as this word. */
const AND = keepWord('and');

/** A figure with its unit glued on, "2yrs" or "40lbs", is two words. */
const GLUED = /^\d[\d.,]*(?=(?:years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|hrs?|lbs?|pounds?)$)/i;

function pushWord(tokens: Token[], text: string, start: number, end: number, sep: number): void {
  const form = formOf(text, start, end);
  if (form.figure > 0) {
    const middle = start + form.figure;
    tokens.push(makeToken(text, start, middle, sep), makeToken(text, middle, end, 0));
    return;
  }
  tokens.push(tokenOf(form, start, end, sep));
}

/** One word of a text, given where it stands and what stood before it. */
export function makeToken(text: string, start: number, end: number, sep: number): Token {
  return tokenOf(formOf(text, start, end), start, end, sep);
}

const tokenOf = ({ known, upper, first }: Form, start: number, end: number, sep: number): Token => ({
  start,
  end,
  word: known.text,
  known,
  sep,
  upper,
  first,
});

function isUpper(raw: string): boolean {
  const plural = raw.length > 2 && raw.endsWith('s') ? raw.slice(0, -1) : raw;
  return plural === plural.toUpperCase() && plural !== plural.toLowerCase();
}

/** A word as it is written, and all that is told from that alone. */
type Form = {
  readonly raw: string;
  readonly known: Word;
  readonly upper: boolean;
  readonly first: boolean;
  /** How long the figure is that a unit is glued to; 0: none. */
  readonly figure: number;
};

/** Forms read before, in a table by the hash of what is written: nearly every word of a text has been read before. */
const forms: (Form | undefined)[] = new Array(1 << 17).fill(undefined);
const MOST_FORMS = 50_000;
/** Forms of one hash are looked for in so many places and no more: texts may be made to fill one corner of the table. */
const PROBES = 6;
let formCount = 0;

function formOf(text: string, start: number, end: number): Form {
  const length = end - start;
  if (length > LONGEST_WORD * 2) return { ...readForm('', passingWord), figure: figureOf(text.slice(start, start + LONGEST_WORD)) };
  let hash = 0;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  for (let probe = 0; probe < PROBES; probe++) {
    const place = (hash + probe) & (forms.length - 1);
    const form = forms[place];
    if (!form) return formCount < MOST_FORMS ? keepForm(place, text.slice(start, end)) : readForm(text.slice(start, end), passingWord);
    if (form.raw.length === length && text.startsWith(form.raw, start)) return form;
  }
  return readForm(text.slice(start, end), passingWord);
}

function keepForm(place: number, raw: string): Form {
  const form = readForm(raw, keepWord);
  forms[place] = form;
  formCount++;
  return form;
}

function readForm(raw: string, wordOf: (text: string) => Word): Form {
  return {
    raw,
    known: wordOf(foldAnew(raw)),
    upper: isUpper(raw),
    first: raw !== '' && UPPERCASE.test(raw[0] as string),
    figure: figureOf(raw.slice(0, LONGEST_WORD)),
  };
}

function figureOf(raw: string): number {
  return CLASS[raw.charCodeAt(0)] === DIGIT ? (GLUED.exec(raw)?.[0].length ?? 0) : 0;
}

/** One written word → the form rules are matched in. Equal for case, accents, apostrophes, plural and British or American spelling. */
export function fold(raw: string): string {
  return formOf(raw, 0, raw.length).known.text;
}

function foldAnew(raw: string): string {
  let word = raw;
  if (/[^\x20-\x7e]/.test(word)) {
    word = word
      .normalize('NFKD')
      .replace(/[\p{M}\p{Cf}]/gu, '')
      .replace(/[‘’ʼ]/g, "'");
  }
  word = word.toLowerCase().replace(/'s$/, '').replace(/['`]/g, '');
  if (/^\d[\d,.]*k?$/.test(word)) return word.replaceAll(',', '');
  word = word.replaceAll('.', '');
  if (word.length > LONGEST_WORD) return '';
  const single = singular(word);
  return SPELLINGS.get(single) ?? single;
}

/** Words whose last s is no plural. */
const KEEPS_S: ReadonlySet<string> = new Set(READING_WORDS.keeps_s);

function singular(word: string): string {
  if (word.length < 3 || !word.endsWith('s') || KEEPS_S.has(word)) return word;
  if (/(ss|us|is)$/.test(word)) return word;
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(ches|shes|sses|xes|zes)$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** British to American spelling, and common slips. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(Object.entries(READING_WORDS.spellings));
