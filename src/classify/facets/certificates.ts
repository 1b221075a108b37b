import { stateOf } from '../../posting/states.ts';
import type { Field, Segment } from '../../text/document.ts';
import { SEP, type Token } from '../../text/lexer.ts';
import { numberOf } from '../../text/numbers.ts';
import type { FacetValue } from '../read-posting.ts';
import type { Statement } from '../statements.ts';
import { longest } from './marks.ts';

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

/** Rules that name a certificate; the others read the words around one. */
const isName = ({ rule }: FacetValue): boolean => rule.id.startsWith('certificate.');
/** Function words that join or lead into a list; a closed class of the language. */
const JOINERS: ReadonlySet<string> = new Set([
  'or',
  'and',
  'a',
  'an',
  'the',
  'such',
  'as',
  'like',
  'eg',
  'in',
  'of',
  'from',
  'by',
  'for',
  'any',
  'one',
  'i',
  'ii',
  'iii',
  'above',
  'to',
  'your',
  'our',
  'their',
  'you',
  'will',
  'similar',
  'equivalent',
  'both',
  'either',
]);
/** Verbs that end a name; a closed class of the language. */
const STOPS: ReadonlySet<string> = new Set(['is', 'are', 'be', 'was', 'must', 'may', 'can', 'will', 'or']);
/** A certificate's own name is no longer than this many words beside "certified" or "certificate". */
const LONGEST_NAME = 5;
const BREAKS = SEP.comma | SEP.semicolon | SEP.colon | SEP.open | SEP.close | SEP.stop | SEP.bullet | SEP.dash | SEP.newline;

/** The certificates a sentence names, in order: those of the table, letters beside a word such as "certified", and named ones beside it. */
export function certificatesIn(marks: readonly FacetValue[]): Certificate[] {
  const ofKind = (kind: string) => marks.filter(({ value }) => value === kind);
  const vetoes = [...ofKind('no-letters'), ...ofKind('is-license')];
  const listed = longest(marks.filter(isName))
    .filter(
      mark =>
        isWritten(mark) &&
        (weightIn(mark) >= NEEDS_WORD || ofKind('word').length > 0) &&
        !vetoes.some(veto => isOver(veto, mark.hit) && veto.hit.last - veto.hit.first > 1),
    )
    .filter(mark => !isOtherWay(mark, ofKind('no-letters')))
    .map(fromTable);
  const words = ofKind('word').filter(word => !ofKind('is-license').some(license => isOver(license, word.hit)));
  const anchors = [...words.map(({ hit, statement }) => ({ ...hit, statement })), ...listed.filter(({ sure }) => sure)];
  const found = anchors.flatMap(anchor => lettersBeside(anchor, listed, vetoes));
  const lettered = [...listed, ...distinct(found)];
  const naming = ofKind('naming').filter(
    word => word.hit.segment.kind !== 'heading' && !ofKind('is-license').some(license => isOver(license, word.hit)),
  );
  const named = naming.flatMap(word => namedBeside(word, lettered, vetoes, ofKind('any')));
  return distinct([...lettered, ...named]).sort((a, b) => a.first - b.first);
}

/** "RN, PT or CRC": behind "or" a license's letters make it one more license that will do. */
function isOtherWay({ hit: { field, first, last } }: FacetValue, letters: readonly FacetValue[]): boolean {
  const joiner = field.tokens[first - 1]?.word;
  if (joiner !== 'or' && !(joiner === 'and' && last - first > 1)) return false;
  return letters.some(({ hit }) => hit.last === first - 1 && hit.field === field);
}

const isOver = ({ hit }: FacetValue, { first, last }: { first: number; last: number }): boolean => hit.first <= first && hit.last >= last;

function distinct(found: readonly Certificate[]): Certificate[] {
  const kept: Certificate[] = [];
  for (const one of found) if (!kept.some(other => other.first < one.last && other.last > one.first)) kept.push(one);
  return kept;
}

function fromTable(mark: FacetValue): Certificate {
  const { value, hit, statement } = mark;
  const { field, segment, first, last } = hit;
  const name = value === 'as-written' ? textOf(field, first, last) : String(value);
  return { name, field, segment, statement, first, last, sure: weightIn(mark) >= 1, byForm: false };
}

/** Below this weight letters mean so much else that only the word itself makes them a certificate's. */
const NEEDS_WORD = 0.5;

function weightIn({ rule: { effect } }: FacetValue): number {
  return 'facet' in effect ? effect.weight : 0;
}

/** Letters count as capitals only ("lots of caps"), to the last one ("CSRs" are no CSRS); a name of more words may be written as it likes. */
function isWritten({ value, hit: { field, first, last } }: FacetValue): boolean {
  const name = String(value);
  if (last - first > 2 || name !== name.toUpperCase() || value === 'as-written') return true;
  if (!field.tokens.slice(first, last).some(({ upper }) => upper)) return false;
  const { start, end } = field.tokens[last - 1] as Token;
  return last - first > 1 || field.raw.slice(start, end).endsWith('S') === name.endsWith('S');
}

type Anchor = Pick<Certificate, 'field' | 'segment' | 'statement' | 'first' | 'last'>;

/** A sentence shouted in capitals, where they tell nothing: even its function words, or long ones, are. */
function isShouted({ tokens }: Field, { first, last }: Segment): boolean {
  return tokens
    .slice(first, last)
    .some(({ upper, word }) => upper && word.length > 1 && (JOINERS.has(word) || word.length > LONGEST_LETTERS));
}

const LONGEST_LETTERS = 7;
/** Words of a list of letters on one side of a certificate; no posting has a longer one, and each is looked at from every certificate. */
const LONGEST_LIST = 40;

/** Capitals of two to seven letters that stand in one list with the word, on either side of it. */
function lettersBeside(anchor: Anchor, known: readonly Certificate[], vetoes: readonly FacetValue[]): Certificate[] {
  const { field, segment, statement, first, last } = anchor;
  if (segment.kind === 'heading' || isShouted(field, segment)) return [];
  const found: Certificate[] = [];
  const take = (at: number): boolean => {
    const token = field.tokens[at] as Token;
    const isKnown = known.some(one => one.first <= at && one.last > at);
    if (isKnown || JOINERS.has(token.word)) return true;
    if (!isLetters(token) || vetoes.some(({ hit }) => hit.first <= at && hit.last > at)) return false;
    const end = compoundEnd(field, at, segment.last);
    found.push({ name: textOf(field, at, end), field, segment, statement, first: at, last: end, sure: true, byForm: true });
    return true;
  };
  const [start, end] = [Math.max(segment.first, first - LONGEST_LIST), Math.min(segment.last, last + LONGEST_LIST)];
  for (let at = first - 1; at >= start && !breaksHard(field, at + 1) && take(at); at--);
  for (let at = last; at < end && !breaksHard(field, at) && take(at); at++);
  return found.filter(one => !found.some(other => other.first < one.first && other.last >= one.last));
}

const breaksHard = ({ tokens }: Field, at: number): boolean => ((tokens[at] as Token).sep & (SEP.semicolon | SEP.stop | SEP.bullet)) !== 0;

function isLetters({ upper, word }: Token): boolean {
  return upper && word.length <= LONGEST_LETTERS && /^[a-z]{2,}$/.test(word);
}

/** "NI-BC": letters that a hyphen joins are one name. */
function compoundEnd({ tokens }: Field, at: number, last: number): number {
  let end = at + 1;
  while (end < last && ((tokens[end] as Token).sep & ~SEP.hyphen) === 0 && (tokens[end] as Token).upper) end++;
  return end;
}

/** What the words around "certified" or "certificate" are: names known already, words of every certificate, words that end a name. */
type Around = {
  readonly isTaken: (at: number) => boolean;
  readonly isAny: (at: number) => boolean;
  readonly isStop: (at: number) => boolean;
};

function aroundOf(word: FacetValue, known: readonly Certificate[], vetoes: readonly FacetValue[], any: readonly FacetValue[]): Around {
  const { tokens } = word.hit.field;
  const isIn = (spans: readonly { first: number; last: number }[], at: number) => spans.some(({ first, last }) => first <= at && last > at);
  const forces = word.statement.hits.filter(({ rule }) => 'force' in rule.effect);
  const [vetoed, anyhow] = [vetoes, any].map(marks => marks.map(({ hit }) => hit)) as [FacetValue['hit'][], FacetValue['hit'][]];
  return {
    isTaken: at => isIn(known, at) || ((tokens[at] as Token).upper && isIn(vetoed, at)),
    isAny: at => isIn(anyhow, at) || JOINERS.has((tokens[at] as Token).word),
    isStop: at => STOPS.has((tokens[at] as Token).word) || isIn(forces, at),
  };
}

/** "Pool operator certificate", "certificate in home modification", "Certified Access Specialist": a name in words beside the word. */
function namedBeside(
  word: FacetValue,
  known: readonly Certificate[],
  vetoes: readonly FacetValue[],
  any: readonly FacetValue[],
): Certificate[] {
  const { field, segment, first, last } = word.hit;
  const { tokens } = field;
  const around = aroundOf(word, known, vetoes, any);
  const leadsOn = LEADS.has(tokens[last]?.word ?? '') && last + 1 < segment.last;
  const adjective = (tokens[first] as Token).word.endsWith('ed');
  const [from, to] = adjective || leadsOn ? [first, nameEnd(word, leadsOn, around)] : [nameStart(word, around), last];
  const own = [...Array(to - from).keys()].map(at => from + at).filter(at => (at < first || at >= last) && !around.isAny(at));
  if (own.length === 0 || (adjective && to - last < 2) || own.some(around.isTaken)) return [];
  const isSpelled = known.some(one => one.first === to && breaks(tokens, to, SEP.open));
  const isSecond = JOINERS.has(tokens[from - 1]?.word ?? '') && known.some(one => one.last < from && from - one.last <= BESIDE);
  if (isSpelled || isSecond || own.every(at => stateOf((tokens[at] as Token).word))) return [];
  const name = capital(textOf(field, from, to));
  return [{ name, field, segment, statement: word.statement, first: from, last: to, sure: true, byForm: true }];
}

/** "CPC, CCA or equivalent coding credential": so near behind a certificate the words name no other one. */
const BESIDE = 3;

/** Prepositions that lead from the word to the name: "certified in", "certificate of". */
const LEADS: ReadonlySet<string> = new Set(['in', 'of', 'for']);

/** Where a name behind the word ends; without a preposition it goes on as long as its words have capitals. */
function nameEnd({ hit: { field, segment, last } }: FacetValue, leadsOn: boolean, { isTaken, isStop }: Around): number {
  const { tokens } = field;
  let to = leadsOn ? last + 1 : last;
  for (; to < segment.last && to - last <= LONGEST_NAME; to++) {
    const { word, first } = tokens[to] as Token;
    const goesOn = leadsOn || (first && !JOINERS.has(word));
    if (!goesOn || breaks(tokens, to, BREAKS) || isTaken(to) || isStop(to) || numberOf(word) !== null) break;
  }
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

function textOf({ raw, tokens }: Field, first: number, last: number): string {
  return raw.slice((tokens[first] as Token).start, (tokens[last - 1] as Token).end);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
