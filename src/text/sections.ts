import { announcedBy } from './announcement.ts';
import { lex, SEP, type Token } from './lexer.ts';
import { READING_WORDS, type Section } from './reading-words.ts';
import { endsNothing } from './seam-words.ts';

export { SECTIONS, type Section } from './reading-words.ts';

/** Sections that tell of the employer, of the law and of what is given, and ask nobody for anything. */
export const BOILERPLATE: ReadonlySet<Section> = new Set(['about', 'eeo', 'benefits', 'pay']);
/** Those of the employer and of the law alone. */
export const EMPLOYER_AND_LAW: ReadonlySet<Section> = new Set(['about', 'eeo']);

const joined = (words: readonly string[]): string => words.join(' ');
const foldedPhrases = (phrases: readonly string[]): string[] => phrases.map(phrase => joined(lex(phrase).tokens.map(token => token.word)));

const HEADING_BY_PHRASE: ReadonlyMap<string, Section> = new Map(
  sectionsOf(READING_WORDS.headings).flatMap(([section, phrases]) => foldedPhrases(phrases).map(phrase => [phrase, section] as const)),
);
/** Headings longer than this are not looked for inside a line. */
export const LONGEST_HEADING = 8;
const CUE_BY_FIRST = new Map<string, { section: Section; words: string[] }[]>();
for (const [section, phrases] of sectionsOf(READING_WORDS.sentence_cues)) {
  for (const phrase of foldedPhrases(phrases)) {
    const words = phrase.split(' ');
    const first = words[0] as string;
    CUE_BY_FIRST.set(first, [...(CUE_BY_FIRST.get(first) ?? []), { section, words }]);
  }
}

function sectionsOf(lists: Partial<Record<Section, string[]>>): [Section, string[]][] {
  return Object.entries(lists) as [Section, string[]][];
}

/** First and last words of known headings, with how many words the longest of theirs has: what begins or ends with no such word is none. */
const LONGEST_BY_FIRST = longestBy(words => words[0] as string);
const LONGEST_BY_LAST = longestBy(words => words[words.length - 1] as string);

function longestBy(keyOf: (words: readonly string[]) => string): ReadonlyMap<string, number> {
  const longest = new Map<string, number>();
  for (const words of [...HEADING_BY_PHRASE.keys()].map(phrase => phrase.split(' ')))
    longest.set(keyOf(words), Math.max(words.length, longest.get(keyOf(words)) ?? 0));
  return longest;
}

/** Whether a known heading begins with this word. */
export function startsHeading(word: string): boolean {
  return LONGEST_BY_FIRST.has(word);
}

/** Whether a known heading ends with this word. */
export function endsHeading(word: string): boolean {
  return LONGEST_BY_LAST.has(word);
}

/** Headings of several words that are ordinary words of a sentence, too; and those of one word that are none. */
const NEED_COLON: ReadonlySet<string> = new Set(foldedPhrases(READING_WORDS.seams.need_colon));
const ALONE: ReadonlySet<string> = new Set(foldedPhrases(READING_WORDS.seams.alone));
/** What parts a heading from what follows, and what binds it to the words before or after it. */
const PARTS = SEP.stop | SEP.newline | SEP.semicolon | SEP.colon | SEP.open | SEP.dash | SEP.bullet;
const BINDS = SEP.comma | SEP.hyphen | SEP.slash | SEP.colon | SEP.open | SEP.dash | SEP.plus | SEP.quote;
/** A heading of more words than this is none by chance. */
const CHANCE = 2;

/**
 * Where a known heading that begins at `at` in the middle of a line ends, or `at` when none does: it has a capital, and so has what follows,
 * or a colon stands between.
 */
export function headingAt(tokens: readonly Token[], at: number, last: number): number {
  const opening = tokens[at] as Token;
  if (!opening.first) return at;
  const longest = LONGEST_BY_FIRST.get(opening.word) ?? 0;
  if (!(opening.upper || longest > 0) || !mayStandBehind(tokens, at)) return at;
  let inside = at + 1;
  while (inside < last && inside - at < LONGEST_HEADING && ((tokens[inside] as Token).sep & PARTS) === 0) inside++;
  for (let end = Math.min(inside, at + longest, tokens.length - 1); end > at; end--) if (isHeading(tokens, at, end)) return end;
  return shoutedEnd(tokens, at, Math.min(inside, last - 1));
}

/** Whether a heading may begin behind the word before: it opens its line, or that word may be the last of one. */
function mayStandBehind(tokens: readonly Token[], at: number): boolean {
  const { sep } = tokens[at] as Token;
  if ((sep & (SEP.stop | SEP.newline | SEP.bullet)) !== 0) return true;
  return (sep & BINDS) === 0 && !endsNothing((tokens[at - 1] as Token).word);
}

/** Whether words are a known heading and set off from what stands around them by how they are written. */
function isHeading(tokens: readonly Token[], first: number, last: number): boolean {
  const section = sectionOfHeading(tokens, first, last);
  if (section === null) return false;
  const opening = tokens[first] as Token;
  const next = tokens[last] as Token;
  const before = (opening.sep & (SEP.stop | SEP.newline | SEP.bullet)) === 0 ? tokens[first - 1] : undefined;
  const asks = section === 'requirements' || section === 'preferred' || section === 'duties';
  if (before?.first && !(before.upper && asks && !opening.upper) && last - first <= CHANCE) return false;
  if (has(next.sep, 'colon')) return true;
  const paid = section === 'pay' && has(next.sep, 'dollar');
  const phrase = phraseOf(tokens, first, last);
  if ((last - first === 1 ? !ALONE.has(phrase) && !paid : NEED_COLON.has(phrase)) || section === 'eeo') return false;
  if ((next.sep & BINDS) !== 0 || !(next.first || /^\d/.test(next.word) || has(next.sep, 'dollar'))) return false;
  return !opening.upper || (tokens.slice(first, last).every(({ upper }) => upper) && !(next.upper && next.word.length > LONGEST_LETTERS));
}

/** Where words of capitals end that are written like a heading nobody knows, "QUALIFYING TRAINING Bachelor's degree", or `at`. */
function shoutedEnd(tokens: readonly Token[], at: number, last: number): number {
  if (at > 0 && (tokens[at - 1] as Token).upper && ((tokens[at] as Token).sep & (SEP.stop | SEP.newline)) === 0) return at;
  let end = at;
  let longest = 0;
  while (end < last && (tokens[end] as Token).upper) longest = Math.max(longest, (tokens[end++] as Token).word.length);
  const next = tokens[end] as Token;
  const known = longest > LONGEST_LETTERS && next.first && !next.upper && (next.sep & BINDS) === 0;
  return known && announcedBy({ tokens, first: at, last: end, form: 'line', after: null, under: false }) !== null ? end : at;
}

/** Longer words of capitals are no abbreviation: what is shouted goes on. */
const LONGEST_LETTERS = 4;

/** Whether the last of these folded words are a known heading that is no ordinary word. */
export function headingEndsAt(words: readonly string[]): boolean {
  const longest = LONGEST_BY_LAST.get(words[words.length - 1] ?? '') ?? 0;
  for (let count = Math.min(LONGEST_HEADING, longest, words.length); count > 0; count--) {
    const phrase = joined(words.slice(words.length - count));
    if (HEADING_BY_PHRASE.has(phrase)) return count > 1 || ALONE.has(phrase);
  }
  return false;
}

/** The section the words `first` up to, not including, `last` name when they are a known heading, or null. */
export function sectionOfHeading(tokens: readonly Token[], first: number, last: number): Section | null {
  const longest = LONGEST_BY_FIRST.get((tokens[first] as Token).word) ?? 0;
  // Most lines and labels are none by their first or last word: only the others are spelled out.
  if (last - first > longest || !endsHeading((tokens[last - 1] as Token).word)) return null;
  return HEADING_BY_PHRASE.get(phraseOf(tokens, first, last)) ?? null;
}

/** The section a heading of one folded word names, or null. */
export function sectionOfWord(word: string): Section | null {
  return HEADING_BY_PHRASE.get(word) ?? null;
}

function phraseOf(tokens: readonly Token[], first: number, last: number): string {
  let phrase = (tokens[first] as Token).word;
  for (let at = first + 1; at < last; at++) phrase += ` ${(tokens[at] as Token).word}`;
  return phrase;
}

/** The section the words of a sentence tell by themselves (legal text, benefits), or null. */
export function sectionOfSentence(tokens: readonly Token[], first: number, last: number): Section | null {
  for (let at = first; at < last; at++) {
    const cues = CUE_BY_FIRST.get((tokens[at] as Token).word);
    if (!cues) continue;
    for (const { section, words } of cues) if (at + words.length <= last && stand(words, tokens, at)) return section;
  }
  return null;
}

function stand(words: readonly string[], tokens: readonly Token[], at: number): boolean {
  for (let nth = 0; nth < words.length; nth++) if (tokens[at + nth]?.word !== words[nth]) return false;
  return true;
}

/** Whether a run of words is written as a heading: all capitals, or every long word with a capital. */
export function looksLikeTitle(tokens: readonly Token[], first: number, last: number): boolean {
  let long = 0;
  let capital = 0;
  for (let at = first; at < last; at++) {
    const token = tokens[at] as Token;
    if (token.word.length <= 3 && !token.first) continue;
    long++;
    if (token.first) capital++;
  }
  return long > 0 && capital === long;
}

/** The flag of a token's separator. */
export function has(sep: number, flag: keyof typeof SEP): boolean {
  return (sep & SEP[flag]) !== 0;
}
