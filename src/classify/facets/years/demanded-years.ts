import type { Field, Segment } from '../../../text/document.ts';
import { SEP, type Token } from '../../../text/lexer.ts';
import { numberOf } from '../../../text/numbers.ts';
import { BOILERPLATE } from '../../../text/sections.ts';
import { FORCE_OF_SECTION } from '../../reading/force.ts';
import type { RuleHit } from '../../reading/hit.ts';
import type { FacetValue, PostingReading } from '../../reading/posting.ts';
import type { Force } from '../../schema/names.ts';
import { bySegment, covers, isWithin, longest, type MarksBySegment, weightOf } from '../marks.ts';
import { forceOfLines } from '../under-lines.ts';
import { type ForceWords, forceBefore, forceBehind, forceWordsOf, letsIn } from '../wish.ts';

/** Years of experience that a sentence demands, at the words of `hit`. */
export type Demand = { readonly years: number; readonly hit: RuleHit; readonly mark: FacetValue };

/** Nobody is asked for more; longer spans are ages and histories. */
const LONGEST_DEMAND = 15;
/** A sentence of no more words than this says nothing but its years. */
const BARE_SENTENCE = 8;
/** So many words before the years may open a sentence: "at least", "a minimum of", a list's number. */
const OPENING = 3;

/** The years of experience that a posting demands, in the order of the text; ages, histories, lengths and wishes are none. */
export function demandedYears(posting: PostingReading, values: readonly FacetValue[]): Demand[] {
  const spans = longest(values.filter(({ value }) => value === 'span' || typeof value === 'number'));
  const fields = values.filter(({ value }) => value === 'field').flatMap(fieldOf);
  if (spans.length === 0) return fields;
  const marks = bySegment(withoutDenied(values));
  const words = forceWordsOf(posting);
  const lines = forceOfLines(posting);
  const segments = posting.document.text.segments.filter(({ kind }) => kind !== 'heading');
  const nextOf = new Map(segments.slice(1).map((segment, at) => [segments[at] as Segment, segment]));
  const demands = spans.flatMap(mark => {
    const { segment } = mark.hit;
    const beside = marks.get(segment) ?? [];
    const force = forceOf(words, lines, mark, beside);
    const demand = force === 'demanded' || force === 'told' ? demandOf({ ...mark, force }, beside) : null;
    return demand ? [lessen(demand, marks, nextOf.get(segment))] : [];
  });
  return [...demands, ...fields].sort((a, b) => a.hit.first - b.hit.first);
}

/** "Years of experience: 5": the number of a form's field stands behind its label. */
function fieldOf(mark: FacetValue): Demand[] {
  const { field, last } = mark.hit;
  const next = field.tokens[last];
  const years = next && (next.sep & SEP.colon) !== 0 ? numberOf(next.word) : null;
  if (years === null || years > LONGEST_DEMAND) return [];
  return [{ years, hit: { ...mark.hit, first: last, last: last + 1 }, mark }];
}

/** What gives back a part of the years: "can stand for one of the three". */
export const isCredit = ({ value }: FacetValue): boolean => String(value).startsWith('credit');

/** "No substitute for those two years", "without the degree may substitute up to four": none of the years is given back. */
function withoutDenied(values: readonly FacetValue[]): FacetValue[] {
  const denials = bySegment(values.filter(({ value }) => value === 'no-credit'));
  const isDenied = ({ hit }: FacetValue) => denials.get(hit.segment)?.some(no => no.hit.first < hit.last && no.hit.last > hit.first);
  return values.filter(mark => !(isCredit(mark) && isDenied(mark)));
}

/** "Holders of an MBA may subtract two.", "A master's brings it to three." right behind the years: such a sentence takes some of those before it. */
function lessen(demand: Demand, marks: MarksBySegment, next: Segment | undefined): Demand {
  const own = marks.get(demand.hit.segment) ?? [];
  const beside = (next && marks.get(next)) ?? [];
  const lower = [...own.filter(({ hit }) => hit.first >= demand.hit.last), ...beside].filter(({ value }) => value === 'lowered');
  const least = Math.min(demand.years, ...lower.map(({ hit }) => numberIn(hit.field, hit.first, hit.last)?.number ?? demand.years));
  const credit = beside.find(isCredit);
  return { ...demand, years: credit ? Math.max(0, least - sparedBy(credit)) : least };
}

/** How many years a credit gives back. */
function sparedBy({ value, hit: { field, first, last } }: FacetValue): number {
  const found = numberIn(field, value === 'credit-at-most' ? last - 2 : first, last);
  return found ? inYears(found.number, field.tokens.slice(found.at, last)) : 1;
}

/** A word of force right behind the years speaks of them before any other; then the last before them, then their section. */
function forceOf(
  words: ForceWords,
  lines: ReadonlyMap<Segment, Force>,
  { hit, statement }: FacetValue,
  beside: readonly FacetValue[],
): Force {
  const before = forceBeforeYears(words, { hit, statement }, beside);
  const isAsked = beside.some(other => other.value === 'asked' && covers(other, hit.first, hit.last));
  // "Open to OTs and PTs with three years" names the door itself; "assistants are welcome with five" is one more.
  const opens = (words.get(hit.segment) ?? []).some(({ force, first }) => force === 'let-in' && first - statement.first <= 1);
  if (letsIn(words, statement, hit.first) && !(isAsked && before === 'demanded')) return opens ? 'told' : 'let-in';
  const behind = forceBehind(words, statement, hit.last, hit.segment.last);
  // "A year at a desk is enough" lets in whoever has it, and nobody else.
  if (behind === 'let-in') return 'demanded';
  const said = behind ?? before ?? lines.get(hit.segment) ?? FORCE_OF_SECTION[hit.segment.section] ?? 'told';
  // "We will not look at anyone with less than four."
  return said === 'shut-out' && isAsked ? 'demanded' : said;
}

/** "At least" is a demand of its own only where no heading and no word right before it likes what follows: "Preferred: at least four years". */
function forceBeforeYears(
  words: ForceWords,
  { hit, statement }: Pick<FacetValue, 'hit' | 'statement'>,
  beside: readonly FacetValue[],
): Force | null {
  const before = forceBefore(words, statement, hit.first);
  const floor = beside.find(other => other.value === 'bare-least' && covers(other, hit.first, hit.first + 1))?.hit.first;
  if (before !== 'demanded' || floor === undefined) return before;
  const ahead = (words.get(hit.segment) ?? []).findLast(({ last, reach }) => last <= floor && reach === 'right');
  const isLed = ahead && ahead.first >= statement.first && floor - ahead.last <= OPENING;
  return (isLed ? ahead.force : FORCE_OF_SECTION[hit.segment.section]) === 'wished' ? 'wished' : before;
}

function demandOf(mark: FacetValue, beside: readonly FacetValue[]): Demand | null {
  const span = spanOf(mark);
  if (!span || span.years > LONGEST_DEMAND) return null;
  const heaviest = (values: readonly string[], counts: (other: FacetValue) => boolean) =>
    Math.max(0, ...beside.filter(other => values.includes(String(other.value)) && isWithin(other) && counts(other)).map(weightOf));
  const touches = ({ hit }: FacetValue) => hit.first < span.last && hit.last > span.first;
  const named = heaviest(['experience', 'asked', 'credit'], touches);
  if (heaviest(['something-else', 'instead'], other => covers(other, span.last - 2, span.last)) > named) return null;
  if (isAttribute(mark.hit) && heaviest(['experience'], touches) === 0) return null;
  const over = beside.filter(other => touches(other));
  const isSought = beside.some(
    other => LEADS_LISTS.has(String(other.value)) && other.statement === mark.statement && other.hit.last <= mark.hit.first,
  );
  if (!isDemanding(mark, over, named, isSought)) return null;
  const credit = beside.find(other => isCredit(other) && (touches(other) || other.hit.first >= span.last));
  const spared = credit ? sparedBy(credit) : 0;
  const years = isUnder(mark.hit.field, span.first) ? 0 : Math.max(0, span.years - spared);
  return { years, hit: { ...mark.hit, first: span.first }, mark };
}

/** What makes years behind it in a list one more demand: "a degree in nursing or design, and two years in sales". */
const LEADS_LISTS: ReadonlySet<string> = new Set(['license', 'schooling']);

/** Whether the place of the years, or the words around them, make them a demand of the applicant. */
function isDemanding(mark: FacetValue, over: readonly FacetValue[], named: number, isSought: boolean): boolean {
  const { hit, statement, subject, force } = mark;
  const { section } = hit.segment;
  const opens = opensStatement(mark);
  const says = (...values: string[]) => over.some(({ value }) => values.includes(String(value)));
  // There years are the employer's own unless they open a statement as experience.
  if (BOILERPLATE.has(section)) return opens && says('experience', 'of-work');
  if (section === 'requirements' || section === 'preferred') return force !== 'told';
  if (says('asked', 'beside-credential')) return true;
  if (subject !== 'applicant' && subject !== 'job') return false;
  if (named > 0 || says('has') || (says('of-work') && (opens || force === 'demanded' || isSought))) return true;
  return hit.first === statement.first && statement.last - statement.first <= BARE_SENTENCE;
}

function opensStatement({ hit, statement }: FacetValue): boolean {
  return hit.first - statement.first <= OPENING || ((hit.field.tokens[hit.first] as Token).sep & SEP.colon) !== 0;
}

/** "A two-year college": years that only tell what a thing is like. */
function isAttribute({ field: { tokens }, last }: RuleHit): boolean {
  return ((tokens[last - 1] as Token).sep & SEP.hyphen) !== 0;
}

/** The years of a span and where they stand; a number in front of a colon or comma ("GS-13: one year") is none of them. */
function spanOf({ value, hit: { field, first, last } }: FacetValue): { years: number; first: number; last: number } | null {
  const unit = field.tokens.slice(first, last).findIndex(({ word }) => UNITS.has(word));
  const end = unit < 0 ? last : first + unit + 1;
  if (typeof value === 'number') return { years: value, first, last: end };
  let from = first;
  for (let at = first + 1; at < end; at++) if (breaks(field.tokens[at] as Token) || isNumbered(field.tokens, at)) from = at;
  const found = numberIn(field, from, end);
  if (!found) return null;
  return { years: inYears(found.number, field.tokens.slice(from, end)), first: found.at, last: end };
}

/** A number in years, where the words it stands among may count months. */
const inYears = (number: number, tokens: readonly Token[]): number =>
  tokens.some(({ word }) => MONTHS.has(word)) ? Math.round((number / 12) * 100) / 100 : number;

const MONTHS: ReadonlySet<string> = new Set(['month', 'mo']);
/** Words for a stretch of work. */
const UNITS: ReadonlySet<string> = new Set(['year', 'yr', 'yoe', 'decade', ...MONTHS]);
const BREAKS = SEP.colon | SEP.comma | SEP.semicolon | SEP.stop;

/** "(4) two years" are two, "two (2) years" too. */
const breaks = ({ sep, word }: Token): boolean => (sep & BREAKS) !== 0 || ((sep & SEP.close) !== 0 && numberOf(word) !== null);

/** "3.2 Two years of practice": the figure of a numbered paragraph stands before a numeral. */
function isNumbered(tokens: readonly Token[], at: number): boolean {
  const [before, { word, sep }] = [tokens[at - 1], tokens[at] as Token];
  return sep === SEP.space && isFigure(before?.word) && !isFigure(word) && numberOf(word) !== null;
}

const isFigure = (word = ''): boolean => /^\d/.test(word);

function numberIn({ tokens }: Field, first: number, last: number): { number: number; at: number } | null {
  for (let at = first; at < last; at++) {
    const { word } = tokens[at] as Token;
    const number = numberOf(word);
    if (number !== null) return { number: number + onesBehind(word, number, tokens[at + 1]), at };
  }
  return null;
}

/** The ones of "twenty-four", whose parts are two words. */
function onesBehind(word: string, number: number, next: Token | undefined): number {
  const ones = next && (next.sep & SEP.hyphen) !== 0 && Number.isNaN(Number(next.word)) ? numberOf(next.word) : null;
  const isTens = Number.isNaN(Number(word)) && number >= 20 && number % 10 === 0;
  return isTens && ones !== null && ones < 10 ? ones : 0;
}

/** "< 1 year": a mark that is no word. */
function isUnder({ raw, tokens }: Field, at: number): boolean {
  const { start } = tokens[at] as Token;
  return raw.slice(Math.max(0, start - 2), start).trim() === '<';
}
