import { SEP, type Token } from './lexer.ts';
import { numberOf } from './numbers.ts';
import { endsNothing, isInsideNames, isProper, isSpan, openingOf } from './seam-words.ts';
import { has, headingAt } from './sections.ts';

/** What ends a run of words that may hold lost breaks. */
const RUN_ENDS = SEP.newline | SEP.bullet | SEP.stop;
/** Marks after which nothing begins, as the sentence goes on. */
const GOES_ON = SEP.comma | SEP.slash | SEP.hyphen | SEP.dash | SEP.open | SEP.colon | SEP.semicolon | SEP.dot | SEP.dollar | SEP.quote;
/** A run of more words without a full stop is no sentence but a list. */
const LONGEST_SENTENCE = 40;
/** In a run written like a title, most words have a capital, and none of these begins anything. */
const TITLE_SHARE = 0.7;
/** Shorter words have no capital in a title either. */
const LONGEST_SMALL = 3;

/**
 * Marks the breaks of lines that were joined by a space: before headings written in the middle of a line, and before words that open an item
 * and have a capital though nothing ended ("a valid license Strong writing"). Where a word could be part of a name as well, it is believed
 * only beside one that cannot, or in a run too long to be a sentence. Linear in the words.
 */
export function markLostBreaks(tokens: readonly Token[]): readonly Token[] {
  let marked: Token[] | null = null;
  for (let first = 0; first < tokens.length; ) {
    let last = first + 1;
    while (last < tokens.length && ((tokens[last] as Token).sep & RUN_ENDS) === 0) last++;
    for (const [at, flags] of breaksIn(tokens, first, last)) {
      marked ??= [...tokens];
      const token = marked[at] as Token;
      marked[at] = { ...token, sep: token.sep | flags };
    }
    first = last;
  }
  return marked ?? tokens;
}

/** In a run with so many lost breaks any capital without a reason of its own is one more. */
const SHORTEST_LIST = 3;
const ITEM = SEP.newline | SEP.bullet;

type Break = [at: number, flags: number];
/** Breaks by how they are believed: always, beside a sure one or in a long run, and where many others are. */
type Breaks = { readonly sure: Break[]; readonly likely: Break[]; readonly listed: Break[] };

function breaksIn(tokens: readonly Token[], first: number, last: number): Break[] {
  const found: Breaks = { sure: [], likely: [], listed: [] };
  let title: boolean | null = null;
  for (let at = first; at < last; at++) {
    const token = tokens[at] as Token;
    if (!token.first && !isFigure(token)) continue;
    const end = headingAt(tokens, at, last);
    if (end > at) {
      addHeading(tokens, at, end, last, found);
      at = end;
      continue;
    }
    if (at === first || !mayBegin(tokens, at)) continue;
    title ??= isTitle(tokens, first, last);
    if (!title) addBreak(tokens, at, found);
  }
  const { sure, likely, listed } = found;
  if (sure.length === 0 && last - first <= LONGEST_SENTENCE) return [];
  return sure.length + likely.length < SHORTEST_LIST ? [...sure, ...likely] : [...sure, ...likely, ...listed];
}

/** The breaks before and behind a heading; where it opens its line, the one behind may be none. */
function addHeading(tokens: readonly Token[], at: number, end: number, last: number, { sure, likely }: Breaks): void {
  const opens = has((tokens[at] as Token).sep, 'newline');
  if (!opens) sure.push([at, SEP.newline]);
  if (end < last && !has((tokens[end] as Token).sep, 'colon')) (opens ? likely : sure).push([end, SEP.newline]);
}

function addBreak(tokens: readonly Token[], at: number, { sure, likely, listed }: Breaks): void {
  const flags = opens(tokens, at);
  if (flags) (flags.sure ? sure : likely).push([at, flags.flags]);
  else if (isPlainCapital(tokens, at)) listed.push([at, ITEM]);
}

function isTitle(tokens: readonly Token[], first: number, last: number): boolean {
  const long = tokens.slice(first, last).filter(({ word, upper }) => !upper && word.length > LONGEST_SMALL);
  return long.filter(token => token.first).length > long.length * TITLE_SHARE;
}

/** Whether the word before may be the last one of a line, and nothing but a gap follows it. */
function mayBegin(tokens: readonly Token[], at: number): boolean {
  const { sep } = tokens[at] as Token;
  return (sep & GOES_ON) === 0 && (sep & SEP.space) !== 0 && !endsNothing((tokens[at - 1] as Token).word);
}

function opens(tokens: readonly Token[], at: number): { sure: boolean; flags: number } | null {
  const token = tokens[at] as Token;
  if (!token.first) return startsMeasure(tokens, at) ? { sure: false, flags: ITEM } : null;
  if (token.upper && token.word !== 'a') return null;
  const before = tokens[at - 1] as Token;
  if (isLabel(tokens, at)) return { sure: true, flags: SEP.newline };
  const goesOn = goesOnSmall(tokens, at + 1);
  const opening = openingOf(token.word);
  if (opening === 'item') return goesOn || !before.first ? { sure: !before.first || before.upper, flags: ITEM } : null;
  if (!goesOn || (before.first && !before.upper)) return null;
  // "See list No. 12".
  if (opening === 'sentence') return isFigure(tokens[at + 1] as Token) ? null : { sure: true, flags: SEP.newline };
  return opening === 'name' ? { sure: false, flags: ITEM } : null;
}

/** A capital that neither a name nor the word before explains: "… in good standing Insurance experience helpful". */
function isPlainCapital(tokens: readonly Token[], at: number): boolean {
  const { first, upper, word } = tokens[at] as Token;
  return first && !upper && !(tokens[at - 1] as Token).first && !isProper(word) && goesOnSmall(tokens, at + 1);
}

/** Longest label of a value: "Reports to:", "Date of posting:". */
const LONGEST_LABEL = 3;

/** A few words before a colon, the first with a capital though the word before has none: "… our campus Reports to: the dean". */
function isLabel(tokens: readonly Token[], at: number): boolean {
  if ((tokens[at - 1] as Token).first) return false;
  for (let next = at + 1; next <= at + LONGEST_LABEL && next < tokens.length; next++) {
    const { sep } = tokens[next] as Token;
    if (has(sep, 'colon')) return true;
    if ((sep & ~SEP.space) !== 0) return false;
  }
  return false;
}

/** Whether a phrase goes on without a capital, which no name does: not "Learning and Development", not "State-funded". */
function goesOnSmall(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at];
  if (!next || next.first || (next.sep & SEP.hyphen) !== 0) return false;
  return !(isInsideNames(next.word) && tokens[at + 1]?.first);
}

/** "… a license 3 to 5 years of": a number whose unit follows within the few words of a range. */
const LONGEST_RANGE = 4;

const ZERO = 48;
const NINE = 57;

function isFigure({ word }: Token): boolean {
  const code = word.charCodeAt(0);
  return code >= ZERO && code <= NINE;
}

function startsMeasure(tokens: readonly Token[], at: number): boolean {
  if (!isFigure(tokens[at] as Token) || numberOf((tokens[at - 1] as Token).word) !== null) return false;
  return tokens.slice(at + 1, at + 1 + LONGEST_RANGE).some(({ word }) => isSpan(word));
}
