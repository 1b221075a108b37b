import { fold } from './lexer.ts';
import { READING_WORDS } from './reading-words.ts';

const folded = (words: readonly string[]): ReadonlySet<string> => new Set(words.map(fold));

const OPENS = folded(READING_WORDS.seams.opens);
const STARTS = folded(READING_WORDS.seams.starts);
const MAY_OPEN = folded(READING_WORDS.seams.may_open);
const ENDS_NOTHING = folded(READING_WORDS.seams.ends_nothing);
const NAMES = folded(READING_WORDS.seams.names);
const INSIDE_NAMES = folded(READING_WORDS.seams.inside_names);
const PROPER = folded(READING_WORDS.seams.proper);
const UNITS = folded(READING_WORDS.seams.units);
const SPANS = folded(READING_WORDS.seams.spans);

/** How surely a word written with a capital begins a line: `name`: it may be part of a name as well. */
type Opening = 'item' | 'sentence' | 'name' | null;

/** Whether lines begin with this folded word. "Providing" and "Nursing" look alike, so a form in -ing may be a name. */
export function openingOf(word: string): Opening {
  if (OPENS.has(word)) return 'item';
  if (STARTS.has(word)) return 'sentence';
  return MAY_OPEN.has(word) || verbIn(word) ? 'name' : null;
}

/** Whether a form in -ing is that of a word that opens lines: "providing", "managing", "planning". */
function verbIn(word: string): boolean {
  if (!word.endsWith('ing') || word.length < 6) return false;
  const stem = word.slice(0, -3);
  const doubled = stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : stem;
  return [stem, `${stem}e`, doubled].some(form => OPENS.has(form) || MAY_OPEN.has(form));
}

/** Whether no line ends with this folded word. */
export function endsNothing(word: string): boolean {
  return ENDS_NOTHING.has(word);
}

/** Whether this folded word is written small within names. */
export function isInsideNames(word: string): boolean {
  return INSIDE_NAMES.has(word);
}

/** Whether this folded word is known to be written with a capital inside. */
export function isCamelName(word: string): boolean {
  return NAMES.has(word);
}

/** Whether this folded word has a capital wherever it stands. */
export function isProper(word: string): boolean {
  return PROPER.has(word);
}

/** Whether a figure before this folded word is a measure. */
export function isUnit(word: string): boolean {
  return UNITS.has(word);
}

/** Whether a figure before this folded word is a stretch of experience. */
export function isSpan(word: string): boolean {
  return SPANS.has(word);
}
