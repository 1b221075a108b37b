import type { Field, Segment } from '../../../text/document.ts';
import { SEP, type Token } from '../../../text/lexer.ts';
import type { FacetValue } from '../../reading/posting.ts';
import type { Statement } from '../../reading/statement.ts';

export type Span = { readonly first: number; readonly last: number };

/** A certificate named in a sentence, at its words `first` up to `last`. */
export type Certificate = Span & {
  readonly name: string;
  readonly field: Field;
  readonly segment: Segment;
  readonly statement: Statement;
};

/** Where names are looked for: certificates found so far, words that name none, and words that tell no certificate from another. */
export type Known = {
  readonly certificates: readonly Certificate[];
  readonly vetoes: readonly Span[];
  readonly any: readonly Span[];
};

/** Function words that join or lead into a list; a closed class of the language. */
const JOINERS: ReadonlySet<string> = new Set(
  'or and a an the such as like eg in of from by through via for any one i ii iii above to your our their you will similar equivalent both either'.split(
    ' ',
  ),
);
/** Verbs, pronouns and prepositions that end a name; a closed class of the language. */
const STOPS: ReadonlySet<string> = new Set(
  'is are be was must may can will or with who whose those another on about at after upon whichever whatever'.split(' '),
);
/** Prepositions that lead from the word to the name: "certified in", "certificate of". */
const LEADS: ReadonlySet<string> = new Set(['in', 'of', 'for', 'as']);
/** A certificate's own name is no longer than this many words beside "certified" or "certificate". */
const LONGEST_NAME = 5;
const LONGEST_LETTERS = 7;
/** Words of a list of letters on one side of a certificate; no posting has a longer one, and each is looked at from every certificate. */
const LONGEST_LIST = 40;

const HARD = SEP.semicolon | SEP.stop | SEP.bullet;
const BREAKS = HARD | SEP.comma | SEP.colon | SEP.open | SEP.close | SEP.dash | SEP.newline;

/** Whether one of some marks stands before a word. */
export const breaks = (tokens: readonly Token[], at: number, marks: number): boolean => ((tokens[at]?.sep ?? 0) & marks) !== 0;

const isIn = (spans: readonly Span[], at: number): boolean => spans.some(({ first, last }) => first <= at && last > at);

/** A certificate that a mark names. */
export function certificateOf(name: string, { hit, statement }: FacetValue, { first, last }: Span = hit): Certificate {
  return { name, field: hit.field, segment: hit.segment, statement, first, last };
}

/** Capitals of two to seven letters that stand in one list with the word or the certificate, on either side of it. */
export function lettersBeside(anchor: FacetValue, { certificates, vetoes }: Known): Certificate[] {
  const { field, segment, first, last } = anchor.hit;
  const { tokens } = field;
  const found: Certificate[] = [];
  const take = (at: number): boolean => {
    const token = tokens[at] as Token;
    if (JOINERS.has(token.word) || isIn(certificates, at) || isIn(found, at)) return true;
    if (!isLetters(field, token) || isIn(vetoes, at)) return false;
    let [from, to] = [at, at + 1];
    while (from > segment.first && isHyphened(tokens, from)) from--;
    while (to < segment.last && isHyphened(tokens, to)) to++;
    found.push(certificateOf(textOf(field, from, to), anchor, { first: from, last: to }));
    return true;
  };
  const [start, end] = [Math.max(segment.first, first - LONGEST_LIST), Math.min(segment.last, last + LONGEST_LIST)];
  // "LIKED: SCRN": what stands before a colon is a label.
  for (let at = first - 1; at >= start && !breaks(tokens, at + 1, HARD | SEP.colon) && take(at); at--);
  for (let at = last; at < end && !breaks(tokens, at, HARD) && take(at); at++);
  return found;
}

/** "MT-BC required.", "REAS, or the ability to get it": letters of which a statement that they open says that they are asked, liked or to be earned. */
export function lettersTold(mark: FacetValue, known: Known): Certificate[] {
  const found = lettersBeside(mark, known);
  return [...known.certificates, ...found].some(({ first }) => first === mark.statement.first) ? found : [];
}

/** A sentence shouted in capitals, where they tell nothing: even its function words, or long ones, are. "ONS" is no "on". */
export function isShouted({ field: { tokens }, segment: { first, last } }: FacetValue['hit']): boolean {
  const isSmall = ({ word, start, end }: Token) => word.length > 1 && end - start === word.length && (JOINERS.has(word) || STOPS.has(word));
  return tokens.slice(first, last).some(token => token.upper && (isSmall(token) || token.word.length > LONGEST_LETTERS));
}

/** "NI-BC": letters that a hyphen joins are one name. */
function isHyphened(tokens: readonly Token[], at: number): boolean {
  return ((tokens[at] as Token).sep & ~SEP.hyphen) === 0 && tokens[at]?.upper === true && tokens[at - 1]?.upper === true;
}

/** Whose letters they are ("HFMA's"), and letters of many things ("LCDs"), are no name of a certificate. */
function isLetters({ raw }: Field, { upper, word, start, end }: Token): boolean {
  return upper && word.length <= LONGEST_LETTERS && /^[a-z]{2,}$/.test(word) && !/['’]|[A-Z]s$/.test(raw.slice(start, end));
}

/** "Pool operator certificate", "certificate in home modification", "Certified Access Specialist": a name in words beside the word. */
export function namedBeside(word: FacetValue, { vetoes, any }: Known): Certificate[] {
  const { field, segment, first, last } = word.hit;
  const { tokens } = field;
  const wordAt = (at: number) => (tokens[at] as Token).word;
  const isAny = (at: number) => isIn(any, at) || JOINERS.has(wordAt(at));
  const ends = (at: number) => STOPS.has(wordAt(at)) || (tokens[at]?.upper === true && isIn(vetoes, at));
  const leadsOn = LEADS.has(tokens[last]?.word ?? '') && last + 1 < segment.last && !breaks(tokens, last, BREAKS);
  const isBefore = !leadsOn && !wordAt(first).endsWith('ed');
  const [from, to] = isBefore ? [nameStart(word.hit, isAny, ends), last] : [first, nameEnd(word.hit, leadsOn, ends)];
  const own = [...Array(to - from).keys()].map(at => from + at).filter(at => (at < first || at >= last) && !isAny(at));
  if (own.length === 0 || isGeneric(word.hit, own)) return [];
  const name = textOf(field, tokens[last]?.word === 'as' ? (own[0] as number) : from, to);
  return [certificateOf(name.charAt(0).toUpperCase() + name.slice(1), word, { first: from, last: to })];
}

/** "Construction Safety Certifications" are many; any license is called "a credential", so that only a name in capitals makes that one. */
function isGeneric({ field: { raw, tokens }, segment, first }: FacetValue['hit'], own: readonly number[]): boolean {
  const { word, end } = tokens[first] as Token;
  const isNamed = own.some(at => at > segment.first && (tokens[at] as Token).first);
  return raw.charAt(end - 1).toLowerCase() === 's' || (word.startsWith('credential') && !isNamed);
}

/** Where a name behind the word ends; without a preposition it goes on as long as its words have capitals. */
function nameEnd({ field: { tokens }, segment, last }: FacetValue['hit'], leadsOn: boolean, ends: (at: number) => boolean): number {
  let to = leadsOn ? last + 1 : last;
  for (; to < segment.last && to - last <= LONGEST_NAME; to++) {
    const { word, first } = tokens[to] as Token;
    if (breaks(tokens, to, BREAKS) || ends(to) || !(leadsOn || (first && !JOINERS.has(word)))) break;
  }
  // "Certificate as ergonomics evaluator or CEAS": the joiner leads on.
  while (to > last + 1 && JOINERS.has((tokens[to - 1] as Token).word)) to--;
  return to;
}

/** Where a name in front of the word begins, past the words that every certificate shares. */
function nameStart(
  { field: { tokens }, segment, first }: FacetValue['hit'],
  isAny: (at: number) => boolean,
  ends: (at: number) => boolean,
): number {
  let from = first;
  for (; from > segment.first && first - from < LONGEST_NAME && !breaks(tokens, from, BREAKS); from--) {
    if (JOINERS.has((tokens[from - 1] as Token).word) || ends(from - 1)) break;
  }
  while (from < first && isAny(from)) from++;
  return from;
}

/** The words of a text as they are written. */
export function textOf({ raw, tokens }: Field, first: number, last: number): string {
  return raw.slice((tokens[first] as Token).start, (tokens[last - 1] as Token).end);
}
