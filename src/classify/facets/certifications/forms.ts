import { stateOf } from '../../../posting/states.ts';
import type { Field, Segment } from '../../../text/document.ts';
import { SEP, type Token } from '../../../text/lexer.ts';
import { numberOf } from '../../../text/numbers.ts';
import type { FacetValue } from '../../reading/posting.ts';
import type { Statement } from '../../reading/statement.ts';

/** A certificate named in a sentence, at its words `first` up to `last`. `sure`: its name alone tells it from other things. */
export type Certificate = {
  readonly name: string;
  readonly field: Field;
  readonly segment: Segment;
  readonly statement: Statement;
  readonly first: number;
  readonly last: number;
  readonly sure: boolean;
  /** Found by its form alone, not in the table. */
  readonly byForm: boolean;
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
/** A certificate's own name is no longer than this many words beside "certified" or "certificate". */
const LONGEST_NAME = 5;
const BREAKS = SEP.comma | SEP.semicolon | SEP.colon | SEP.open | SEP.close | SEP.stop | SEP.bullet | SEP.dash | SEP.newline;

type Anchor = Pick<Certificate, 'field' | 'segment' | 'statement' | 'first' | 'last'>;

/** A sentence shouted in capitals, where they tell nothing: even its function words, or long ones, are. "ONS" is no "on". */
function isShouted({ tokens }: Field, { first, last }: Segment): boolean {
  const isSmall = ({ word, start, end }: Token) => word.length > 1 && end - start === word.length && (JOINERS.has(word) || STOPS.has(word));
  return tokens.slice(first, last).some(token => token.upper && (isSmall(token) || token.word.length > LONGEST_LETTERS));
}

const LONGEST_LETTERS = 7;
/** Words of a list of letters on one side of a certificate; no posting has a longer one, and each is looked at from every certificate. */
const LONGEST_LIST = 40;

/** Capitals of two to seven letters that stand in one list with the word, on either side of it. */
export function lettersBeside(anchor: Anchor, known: readonly Certificate[], vetoes: readonly FacetValue[]): Certificate[] {
  const { field, segment, statement, first, last } = anchor;
  if (segment.kind === 'heading' || isShouted(field, segment)) return [];
  const found: Certificate[] = [];
  const take = (at: number): boolean => {
    const token = field.tokens[at] as Token;
    const isKnown = known.some(one => one.first <= at && one.last > at);
    if (isKnown || JOINERS.has(token.word)) return true;
    if (!isLetters(field, token) || vetoes.some(({ hit }) => hit.first <= at && hit.last > at)) return false;
    if (titleStart(field, at + 1) === at) return true;
    // "HCQM certification from ABQAURP".
    if (GIVES.has(field.tokens[at - 1]?.word ?? '') && known.some(one => one.last < at && at - one.last <= BESIDE)) return true;
    // "EPA Lead-Safe Renovator": letters of who gives it.
    const next = known.find(one => one.first === at + 1 && one.last - one.first > 1);
    if (next && !breaks(field.tokens, at + 1, BREAKS | SEP.slash) && !(field.tokens[at + 1] as Token).upper) return false;
    const end = compoundEnd(field, at, segment.last);
    // What a bracket lists is its own statement's.
    const own = known.find(one => one.statement.parent === statement && one.statement.first <= at && one.statement.last > at) ?? anchor;
    found.push({ ...anchor, name: textOf(field, at, end), statement: own.statement, first: at, last: end, sure: true, byForm: true });
    return true;
  };
  const [start, end] = [Math.max(segment.first, first - LONGEST_LIST), Math.min(segment.last, last + LONGEST_LIST)];
  // "LIKED: SCRN": what stands before a colon is a label.
  for (let at = first - 1; at >= start && !breaks(field.tokens, at + 1, HARD | SEP.colon) && take(at); at--);
  for (let at = last; at < end && !breaks(field.tokens, at, HARD) && take(at); at++);
  return found.filter(one => !found.some(other => other.first < one.first && other.last >= one.last));
}

/** Function words that lead from a certificate to who gives it. */
const GIVES: ReadonlySet<string> = new Set(['from', 'by', 'through', 'via']);
const HARD = SEP.semicolon | SEP.stop | SEP.bullet;

/** Where "CREST Certified Manager" begins, whose "certified" stands at some word: the letters of who gives it are part of the name. */
function titleStart(field: Field, at: number): number {
  const [before, word, next] = field.tokens.slice(at - 1, at + 2);
  const isTitle = word?.word === 'certified' && next?.first && ((word.sep & (BREAKS | SEP.slash)) | (next.sep & BREAKS)) === 0;
  return isTitle && before && isLetters(field, before) ? at - 1 : at;
}

/** Whose letters they are ("HFMA's"), and letters of many things ("LCDs"), are no name of a certificate. */
function isLetters({ raw }: Field, { upper, word, start, end }: Token): boolean {
  return upper && word.length <= LONGEST_LETTERS && /^[a-z]{2,}$/.test(word) && !/['’]|[A-Z]s$/.test(raw.slice(start, end));
}

/** "NI-BC": letters that a hyphen joins are one name. */
function compoundEnd({ tokens }: Field, at: number, last: number): number {
  let end = at + 1;
  while (end < last && ((tokens[end] as Token).sep & ~SEP.hyphen) === 0 && (tokens[end] as Token).upper) end++;
  return end;
}

/**
 * "COS-C within a year", "REAS, or the ability to get it", "ACCS preferred": letters of which the words of the mark say that they must be had
 * by a date or are to be earned, where the posting asks (things are due in duties, too), or which a whole statement only asks or likes.
 */
export function lettersTold(
  { hit, statement, value }: FacetValue,
  known: readonly Certificate[],
  vetoes: readonly FacetValue[],
): Certificate[] {
  const { field, segment, first } = hit;
  const beside = lettersBeside({ field, segment, statement, first, last: segment.last }, known, vetoes);
  const opens = [...known, ...beside].some(one => one.first === statement.first && one.field === field);
  const isTold = value === 'asking' ? opens : segment.section === 'requirements' || segment.section === 'preferred';
  return isTold ? beside.filter(({ first: from, last: to }) => to - from > 1 || (field.tokens[from] as Token).word.length > 2) : [];
}

/**
 * "Epic Ambulatory certification", "AWS Developer certification": names in capitals that go with their maker's. Of several that will do, as
 * in "Epic certification in Ambulatory or Orders", whoever brings one brings the maker's certification. `words` are those that say that a
 * name is a certificate's.
 */
export function ofMaker(maker: FacetValue, words: readonly FacetValue[], makers: readonly FacetValue[]): Certificate[] {
  const { hit, statement } = maker;
  const { field, segment, first, last } = hit;
  const { tokens } = field;
  const at = (start: number) => words.find(word => word.hit.first <= start && word.hit.last > start);
  const word = last < segment.last && !breaks(tokens, last, BREAKS) ? at(last) : undefined;
  // "Certification in Epic ClinDoc".
  const isLed = LEADS.has(tokens[first - 1]?.word ?? '') && at(first - 2) !== undefined;
  // "AWS, Google Cloud and Microsoft Azure certifications": another maker's.
  const isEnd = (start: number) => at(start) !== undefined || makers.some(other => other.hit.first === start);
  const named = { field, segment, statement, first, sure: true, byForm: true };
  const whole = (to: number) => [{ ...named, name: wholeOf(maker), last: to }];
  // "AWS Certified Developer" is read as any other name beside "certified".
  const isAdjective = word !== undefined && (tokens[word.hit.first] as Token).word.endsWith('ed');
  if (word && !LEADS.has(tokens[word.hit.last]?.word ?? '')) return isAdjective ? [] : whole(word.hit.last);
  const { modules, isChoice, end } = modulesFrom(hit, word ? word.hit.last + 1 : last, isEnd);
  // "Tableau, CAHIMS certification": the comma parts what has nothing to do with each other.
  if (modules.length === 0 || (!word && breaks(tokens, last, SEP.comma | SEP.slash | SEP.semicolon)) || !(word || isLed || at(end)))
    return [];
  if (isChoice) return whole(end);
  return modules.map(({ first: from, last: to }, nth) => {
    const name = `${textOf(field, first, last)} ${textOf(field, from, to)}`;
    return { ...named, name, first: nth === 0 ? first : from, last: to };
  });
}

/** The names in capitals from `start` on, where they end, and whether one of several will do. */
function modulesFrom({ field: { tokens }, segment }: FacetValue['hit'], start: number, isWord: (at: number) => boolean) {
  const modules: { first: number; last: number }[] = [];
  let [at, isChoice] = [start, false];
  for (let goesOn = true; goesOn && at < segment.last; ) {
    let end = at;
    while (end < segment.last && end - at < LONGEST_NAME && isNamePart(tokens, end, at) && !isWord(end)) end++;
    if (end === at) break;
    modules.push({ first: at, last: end });
    const joins = AGAIN.has(tokens[end]?.word ?? '');
    goesOn = joins || (end < segment.last && breaks(tokens, end, SEP.comma | SEP.slash));
    at = joins ? end + 1 : end;
    // "Certification in Ambulatory or in Orders".
    if (joins && LEADS.has(tokens[at]?.word ?? '')) at++;
    isChoice ||= joins && tokens[end]?.word === 'or' && at < segment.last && isNamePart(tokens, at, at);
  }
  return { modules, isChoice: isChoice && modules.length > 1, end: modules.at(-1)?.last ?? start };
}

/** Function words that lead to the next name of a list. */
const AGAIN: ReadonlySet<string> = new Set(['or', 'and']);

/** Whether a word goes on with a name in capitals that begins at `from`../. */
function isNamePart(tokens: readonly Token[], at: number, from: number): boolean {
  const { first, word } = tokens[at] as Token;
  return first && !JOINERS.has(word) && (at === from || !breaks(tokens, at, BREAKS | SEP.slash));
}

/** What the words around "certified" or "certificate" are: names known already, words of every certificate, words that end a name. */
type Around = ReturnType<typeof aroundOf>;

function aroundOf(word: FacetValue, known: readonly Certificate[], vetoes: readonly FacetValue[], any: readonly FacetValue[]) {
  const { tokens } = word.hit.field;
  const isIn = (spans: readonly { first: number; last: number }[], at: number) => spans.some(({ first, last }) => first <= at && last > at);
  const forces = word.statement.hits.filter(({ rule }) => 'force' in rule.effect);
  const [vetoed, anyhow] = [vetoes, any].map(marks => marks.map(({ hit }) => hit)) as [FacetValue['hit'][], FacetValue['hit'][]];
  return {
    isTaken: (at: number) => isIn(known, at) || ((tokens[at] as Token).upper && isIn(vetoed, at)),
    isAny: (at: number) => isIn(anyhow, at) || JOINERS.has((tokens[at] as Token).word) || numberOf((tokens[at] as Token).word) !== null,
    isStop: (at: number) => STOPS.has((tokens[at] as Token).word) || isIn(forces, at),
  };
}

/** "Pool operator certificate", "certificate in home modification", "Certified Access Specialist": a name in words beside the word. */
export function namedBeside(
  word: FacetValue,
  known: readonly Certificate[],
  vetoes: readonly FacetValue[],
  any: readonly FacetValue[],
  makers: readonly FacetValue[],
): Certificate[] {
  const { field, segment, first, last } = word.hit;
  const { tokens } = field;
  const around = aroundOf(word, known, vetoes, any);
  const leadsOn = LEADS.has(tokens[last]?.word ?? '') && last + 1 < segment.last && !breaks(tokens, last, BREAKS);
  const adjective = (tokens[first] as Token).word.endsWith('ed');
  const start = makers.find(({ hit }) => hit.last === first)?.hit.first ?? titleStart(field, first);
  const [from, to] = adjective || leadsOn ? [start, nameEnd(word, leadsOn, around)] : [nameStart(word, around), last];
  const own = [...Array(to - from).keys()]
    .map(at => from + at)
    .filter(at => (at < first ? start === first : at >= last) && !around.isAny(at));
  if (own.length === 0 || (adjective && start === first && to - last < 2) || own.some(around.isTaken) || isGeneric(word.hit, own))
    return [];
  // "CITI certificate in human subjects protection": the words tell what is known by its letters.
  if (leadsOn && first > segment.first && around.isTaken(first - 1) && !breaks(tokens, first, BREAKS)) return [];
  const isSpelled = known.some(one => one.first >= to && one.first - to <= FAR_BESIDE && goesOnTo(tokens, to, one.first));
  const isSecond = known.some(one => one.last < from && from - one.last <= BESIDE && leadsToLike(tokens, one.last, from, around));
  if (isSpelled || isSecond || own.every(at => stateOf((tokens[at] as Token).word))) return [];
  const name =
    makersOnly(own, makers, field) ??
    ((adjective && bracketed(field, to)) || capital(inOrder(field, word.hit, from, to, adjective || !leadsOn)));
  return [{ name, field, segment, statement: word.statement, first: from, last: to, sure: true, byForm: true }];
}

/** "Certification in the assigned Epic module": of the words beside it only the maker's have capitals. */
function makersOnly(own: readonly number[], makers: readonly FacetValue[], field: Field): string | null {
  const inCapitals = own.filter(at => (field.tokens[at] as Token).first);
  const maker = makers.find(({ hit }) => inCapitals.length > 0 && inCapitals.every(at => hit.first <= at && hit.last > at));
  return maker ? wholeOf(maker) : null;
}

/** The name of a maker's certification, whatever it is in. */
export const wholeOf = ({ hit: { field, first, last } }: FacetValue): string => `${textOf(field, first, last)} certification`;

/** "Certificate in gerontology" is read "gerontology certificate", as most write it; "certificate as a screener" tells what one is then. */
function inOrder(field: Field, { first, last }: { first: number; last: number }, from: number, to: number, asWritten: boolean): string {
  if (field.tokens[last]?.word === 'as') return textOf(field, field.tokens[last + 1]?.word.length === 1 ? last + 2 : last + 1, to);
  if (asWritten || from !== first || field.tokens[last]?.word !== 'in') return textOf(field, from, to);
  const noun = textOf(field, first, last).toLowerCase().replace(/s$/, '');
  return `${textOf(field, last + 1, to)} ${noun}`;
}

/** "Construction Safety Certifications" are many; any license is called "a credential", so that only a name in capitals makes that one. */
function isGeneric({ field: { raw, tokens }, segment, first }: FacetValue['hit'], own: readonly number[]): boolean {
  const { word, end } = tokens[first] as Token;
  const isNamed = own.some(at => at > segment.first && (tokens[at] as Token).first);
  return raw.charAt(end - 1).toLowerCase() === 's' || (word.startsWith('credential') && !isNamed);
}

/** "CPC or another coding credential": words that lead from a certificate to its like. */
function leadsToLike(tokens: readonly Token[], from: number, to: number, { isAny, isStop }: Around): boolean {
  const words = [...Array(to - from).keys()].map(at => from + at);
  return JOINERS.has((tokens[from] as Token).word) && words.every(at => isAny(at) || isStop(at));
}

/** "Certified Medical Examiner (CME)": the letters by which a name in words goes. */
function bracketed(field: Field, at: number): string | null {
  const [token, next] = [field.tokens[at], field.tokens[at + 1]];
  const isAlone = token && breaks(field.tokens, at, SEP.open) && (!next || (next.sep & SEP.close) !== 0);
  return isAlone && isLetters(field, token) ? textOf(field, at, at + 1) : null;
}

/** "Coding credential (CPC)", "coding credential such as CPC": a bracket or a few words lead from a name to the letters it goes by. */
function goesOnTo(tokens: readonly Token[], from: number, to: number): boolean {
  if (breaks(tokens, to, SEP.open) && !tokens.slice(from, to).some(({ sep }) => (sep & BREAKS) !== 0)) return true;
  if (to - from > BESIDE) return false;
  const between = tokens.slice(from, to).map(({ word }) => word);
  return breaks(tokens, from, SEP.open) || (between.some(word => !AGAIN.has(word)) && between.every(word => JOINERS.has(word)));
}

/** "CPC, CCA or equivalent coding credential": so near behind a certificate the words name no other one. */
const BESIDE = 3;
/** "Certification in care quality or utilization management (CPHQ)": the letters in a bracket stand for all that is named before it. */
const FAR_BESIDE = 8;

/** Prepositions that lead from the word to the name: "certified in", "certificate of". */
const LEADS: ReadonlySet<string> = new Set(['in', 'of', 'for', 'as']);

/** Where a name behind the word ends; without a preposition it goes on as long as its words have capitals. */
function nameEnd({ hit: { field, segment, last } }: FacetValue, leadsOn: boolean, { isTaken, isStop }: Around): number {
  const { tokens } = field;
  let to = leadsOn ? last + 1 : last;
  for (; to < segment.last && to - last <= LONGEST_NAME; to++) {
    const { word, first } = tokens[to] as Token;
    const goesOn = leadsOn || (first && !JOINERS.has(word));
    if (!goesOn || breaks(tokens, to, BREAKS) || isTaken(to) || isStop(to) || numberOf(word) !== null) break;
  }
  // "Certificate as ergonomics evaluator or CEAS": the joiner leads on.
  while (to > last + 1 && JOINERS.has((tokens[to - 1] as Token).word)) to--;
  return to;
}

/** Where a name in front of the word begins, past the words that every certificate shares. */
function nameStart({ hit: { field, segment, first } }: FacetValue, { isTaken, isAny, isStop }: Around): number {
  const { tokens } = field;
  let from = first;
  while (from > segment.first && first - from < LONGEST_NAME && !breaks(tokens, from, BREAKS)) {
    const before = from - 1;
    if (JOINERS.has((tokens[before] as Token).word) || isTaken(before) || isStop(before)) break;
    from = before;
  }
  while (from < first && isAny(from)) from++;
  return from;
}

const breaks = (tokens: readonly Token[], at: number, marks: number): boolean => ((tokens[at] as Token).sep & marks) !== 0;

/** The words of a text as they are written. */
export function textOf({ raw, tokens }: Field, first: number, last: number): string {
  return raw.slice((tokens[first] as Token).start, (tokens[last - 1] as Token).end);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
