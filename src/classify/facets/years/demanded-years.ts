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

/** What a posting demands in years, and the years it names only to say that they are not demanded. */
type Years = { readonly demands: readonly Demand[]; readonly denied: readonly Demand[] };

/** The years of experience of a posting, in the order of the text; ages, histories, lengths and wishes are none. */
export function demandedYears(posting: PostingReading, values: readonly FacetValue[]): Years {
  const spans = longest(values.filter(({ value }) => value === 'span' || typeof value === 'number'));
  const fields = values.filter(({ value }) => value === 'field').flatMap(fieldOf);
  // All else that tells years goes on from a span.
  if (spans.length === 0) return { demands: inOrder(fields), denied: [] };
  const marks = bySegment(withoutDenied(values));
  const words = forceWordsOf(posting);
  const lines = forceOfLines(posting);
  const segments = posting.document.text.segments.filter(({ kind }) => kind !== 'heading');
  const nextOf = new Map(segments.slice(1).map((segment, at) => [segments[at] as Segment, segment]));
  const found = spans.flatMap((mark, nth) => {
    const next = spans[nth + 1]?.hit;
    const end = next?.segment === mark.hit.segment ? next.first : mark.hit.segment.last;
    const beside = marks.get(mark.hit.segment) ?? [];
    const force = forceOf(words, lines, mark, end, beside);
    const demand = demandOf({ ...mark, force }, beside);
    return demand ? [demand] : [];
  });
  const lessened = found.map(demand => lessen(demand, marks, nextOf.get(demand.hit.segment)));
  const demands = lessened.filter(({ mark }) => mark.force === 'demanded' || mark.force === 'told');
  const demandsBy = Map.groupBy(demands, ({ hit }) => hit.segment);
  const byDegree = values.filter(({ value }) => value === 'by-degree').flatMap(mark => bareOf(mark, demandsBy.get(mark.hit.segment) ?? []));
  const floors = values
    .filter(mark => mark.value === 'bare-floor' || (mark.value === 'bare-least' && endsPart(mark)))
    .flatMap(mark => floorOf(mark, spans));
  return {
    demands: inOrder([...demands, ...fields, ...byDegree, ...floors]),
    denied: found.filter(({ mark }) => mark.force === 'denied'),
  };
}

const inOrder = (demands: readonly Demand[]): Demand[] => demands.toSorted((a, b) => a.hit.first - b.hit.first);

/** What gives back a part of the years: "can stand for one of the three". */
export const isCredit = ({ value }: FacetValue): boolean => String(value).startsWith('credit');

/** "No substitute for those two years", "without the degree may substitute up to four": none of the years is given back. */
function withoutDenied(values: readonly FacetValue[]): FacetValue[] {
  const denials = bySegment(values.filter(({ value }) => value === 'no-credit'));
  const isDenied = ({ hit }: FacetValue) => denials.get(hit.segment)?.some(no => no.hit.first < hit.last && no.hit.last > hit.first);
  return values.filter(mark => !(isCredit(mark) && isDenied(mark)));
}

/**
 * "Holders of an MBA may subtract two.", "A master's brings it to three." right behind the years: such a sentence takes some of those before it,
 * where it tells no years of its own, or says how many are left.
 */
function lessen(demand: Demand, marks: MarksBySegment, next: Segment | undefined): Demand {
  const own = marks.get(demand.hit.segment) ?? [];
  const beside = (next && marks.get(next)) ?? [];
  const credits = beside.filter(isCredit);
  // "A degree stands for one year, a certificate for six months."
  const given = [...credits, ...beside.filter(({ value }) => value === 'something-else')];
  const asksAgain = beside.some(
    ({ value, hit }) => value === 'span' && !isAttribute(hit) && !given.some(other => covers(other, hit.first, hit.last)),
  );
  const lower = [...own.filter(({ hit }) => hit.first >= demand.hit.last), ...beside].filter(({ value }) => value === 'lowered');
  const least = Math.min(demand.years, ...lower.map(({ hit }) => numberIn(hit.field, hit.first, hit.last)?.number ?? demand.years));
  const [credit] = credits;
  return { ...demand, years: credit && !asksAgain ? Math.max(0, least - sparedBy(credit)) : least };
}

/** How many years a credit gives back. */
function sparedBy({ value, hit: { field, first, last } }: FacetValue): number {
  // "Replaces experience, 30 units to the year, up to two years": the number before the last word is meant.
  const found = numberIn(field, value === 'credit-at-most' ? last - 2 : first, last);
  return found ? inYears(found.number, field.tokens.slice(found.at, last)) : 1;
}

/** A word of force right behind the years speaks of them before any other; then the last before them, then their section. */
function forceOf(
  words: ForceWords,
  lines: ReadonlyMap<Segment, Force>,
  mark: FacetValue,
  end: number,
  beside: readonly FacetValue[],
): Force {
  const { hit, statement } = mark;
  const before = forceBeforeYears(words, mark, beside);
  const behind = forceBehind(words, statement, hit.last, end);
  // "Open to OTs and PTs with three years" names the door itself; "assistants are welcome with five" is one more.
  const opens = (words.get(hit.segment) ?? []).some(({ force, first }) => force === 'let-in' && first - statement.first <= 1);
  const isAsked = beside.some(other => other.value === 'asked' && covers(other, hit.first, hit.last));
  if (letsIn(words, statement, hit.first) && !(isAsked && before === 'demanded')) return opens ? 'told' : 'let-in';
  // "A year at a desk is enough" lets in whoever has it, and nobody else.
  const isHad = beside.some(other => other.value === 'has' && covers(other, hit.first, hit.last));
  if (behind === 'let-in' && (isHad || hit.first - statement.first <= 1)) return 'demanded';
  // "No substitutions" shuts out whoever lacks the years, and so leaves them a demand.
  const said = (behind === 'shut-out' ? null : behind) ?? before;
  if (said) return said === 'shut-out' && isAsked ? 'demanded' : said;
  // Of "two years of driving, sorting or stacking preferred" all is liked; "two years of experience, nights preferred" is asked for.
  const isExperience = beside.some(other => other.value === 'experience' && weightOf(other) > 1 && covers(other, hit.first, hit.last));
  // "Two years of cooking, hospital or hotel preferred" asks for them anywhere.
  const isSetting = beside.some(
    ({ value, hit: { first } }) => value === 'setting' && first > hit.last && isApart(hit.field.tokens, first, first),
  );
  if (mark.force === 'wished' && !isSetting && !isExperience && !isOpenEnded(hit) && hit.first - statement.first <= 1) return 'wished';
  return lines.get(hit.segment) ?? FORCE_OF_SECTION[hit.segment.section] ?? 'told';
}

/** "At least" is a demand of its own only where no heading and no word right before it likes what follows: "Preferred: at least four years". */
function forceBeforeYears(words: ForceWords, { hit, statement }: FacetValue, beside: readonly FacetValue[]): Force | null {
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
  const over = beside.filter(other => touches(other) && isWithin(other));
  const isSought = beside.some(
    other => LEADS_LISTS.has(String(other.value)) && other.statement === mark.statement && other.hit.last <= mark.hit.first,
  );
  if (!isDemanding(mark, over, named, isSought)) return null;
  const isListed = (mark.force === 'demanded' || isSought) && isEntry(mark);
  const isHad = over.some(({ value }) => value === 'has' || value === 'beside-credential');
  if (isArticle(mark) && named === 0 && !isHad && !opensStatement(mark) && !isListed) return null;
  const credit = beside.find(other => isCredit(other) && (touches(other) || other.hit.first >= span.last));
  const spared = credit ? sparedBy(credit) : 0;
  const years = isUnder(mark.hit.field, span.first) ? 0 : Math.max(0, span.years - spared);
  return { years, hit: { ...mark.hit, first: span.first }, mark };
}

/** What makes years behind it in a list one more demand: "a degree in nursing or design, and two years in sales". */
const LEADS_LISTS: ReadonlySet<string> = new Set(['seeks', 'license', 'schooling', 'letters']);

/** Whether the place of the years, or the words around them, make them a demand of the applicant. */
function isDemanding(mark: FacetValue, over: readonly FacetValue[], named: number, isSought: boolean): boolean {
  const { hit, statement, subject, force } = mark;
  const { section } = hit.segment;
  const opens = opensStatement(mark);
  const says = (...values: string[]) => over.some(({ value }) => values.includes(String(value)));
  // There years are the employer's own unless they are plainly called experience.
  const isPlain = says('experience') && (force === 'demanded' || says('asked')) && subject === 'applicant';
  if (BOILERPLATE.has(section))
    return isPlain || (opens && says('experience', 'of-work') && (force === 'demanded' || hit.first === statement.first));
  if (section === 'requirements' || section === 'preferred') return force !== 'told';
  if (says('asked', 'beside-credential', 'by-degree')) return true;
  // A team, an employer or clients may be named beside what is asked of the applicant.
  const isAsked = (force === 'demanded' && named > 0) || (hit.first === hit.segment.first && says('of-work', 'experience'));
  if (subject !== 'applicant' && subject !== 'job') return isAsked;
  return named > 0 || isToldOfWork(mark, says, isSought);
}

/** Whether years that nothing calls experience are told as such: had, open-ended, or spent at work in a sentence that asks. */
function isToldOfWork(mark: FacetValue, says: (...values: string[]) => boolean, isSought: boolean): boolean {
  const { hit, statement, force } = mark;
  if (says('has') || isOpenEnded(hit)) return true;
  if ((force === 'demanded' || (isSought && isEntry(mark))) && says('of-work')) return true;
  // Months told without a word of experience are the length of a job more often than a demand, but where they open a statement.
  if (MONTHS.has((hit.field.tokens[hit.last - 1] as Token).word)) return says('of-work') && opensStatement(mark);
  return (opensStatement(mark) && says('of-work')) || (hit.first === statement.first && statement.last - statement.first <= BARE_SENTENCE);
}

/** "6+ yrs" asks for no less, whatever stands around it. */
function isOpenEnded({ field: { tokens }, first, last }: RuleHit): boolean {
  return tokens.slice(first + 1, last).some(({ sep }) => (sep & SEP.plus) !== 0);
}

/** "A year" is a span only where somebody has or is asked for it, or where it opens a sentence: "two retreats a year in Madison" is none. */
function isArticle({ hit }: FacetValue): boolean {
  return hit.field.tokens[hit.first]?.word === 'a';
}

function opensStatement({ hit, statement }: FacetValue): boolean {
  return hit.first - statement.first <= OPENING || ((hit.field.tokens[hit.first] as Token).sep & SEP.colon) !== 0;
}

const JOINS: ReadonlySet<string> = new Set(['and', 'plus']);

/** "Needed: a license, a year of practice, and a year of sales": an entry of a list. */
function isEntry({ hit }: FacetValue): boolean {
  return isApart(hit.field.tokens, hit.first, hit.first) || JOINS.has(hit.field.tokens[hit.first - 1]?.word ?? '');
}

/** Whether a comma stands before one of some words: "in place of the degree, at least one year". */
export const isApart = (tokens: readonly Token[], first: number, last: number): boolean =>
  tokens.slice(first, last + 1).some(({ sep }) => (sep & SEP.comma) !== 0);

/** "A two-year college": years that only tell what a thing is like. */
function isAttribute({ field: { tokens }, last }: RuleHit): boolean {
  return ((tokens[last - 1] as Token).sep & SEP.hyphen) !== 0;
}

/** The years of a span and where they stand; a number in front of a colon or comma ("GS-13: one year") is none of them. */
function spanOf({ value, hit: { field, first, last } }: FacetValue): { years: number; first: number; last: number } | null {
  const unit = field.tokens.slice(first, last).findIndex(({ word }) => UNITS.has(word));
  const end = unit < 0 ? last : first + unit + 1;
  if (typeof value === 'number') return { years: value, first: Math.max(first, end - 2), last: end };
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
export const UNITS: ReadonlySet<string> = new Set(['year', 'yr', 'yoe', 'decade', ...MONTHS]);
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

/** "4 years with a bachelor's, 6 with an associate's": a number whose unit stands with the years before it. */
function bareOf(mark: FacetValue, demands: readonly Demand[]): Demand[] {
  const { field, first, last } = mark.hit;
  const found = numberIn(field, first, last);
  const isBare = !field.tokens.slice(first, last).some(({ word }) => UNITS.has(word));
  const follows = demands.some(({ hit }) => hit.last <= first);
  const isKnown = found && demands.some(({ hit }) => hit.first === found.at);
  return found && isBare && follows && !isKnown ? [{ years: found.number, hit: mark.hit, mark }] : [];
}

/** Whether no word of the same part follows: "at least five" of years, and not of something named behind it. */
function endsPart({ hit: { field, last, segment } }: FacetValue): boolean {
  return last === segment.last || ((field.tokens[last] as Token).sep & BREAKS) !== 0;
}

/** "Ten years would be ideal; five we insist on": a floor whose unit stands with the years before it. */
function floorOf(mark: FacetValue, spans: readonly FacetValue[]): Demand[] {
  const { field, first, last, segment } = mark.hit;
  const before = spans.findLast(span => span.hit.field === field && span.hit.last <= first);
  const found = numberIn(field, first, last);
  const isNear = before && segment.block === before.hit.segment.block && segment.first - before.hit.segment.last <= BARE_SENTENCE;
  return found && isNear && found.number <= LONGEST_DEMAND ? [{ years: found.number, hit: { ...mark.hit, first: found.at }, mark }] : [];
}

/** "< 1 year": a mark that is no word. */
function isUnder({ raw, tokens }: Field, at: number): boolean {
  const { start } = tokens[at] as Token;
  return raw.slice(Math.max(0, start - 2), start).trim() === '<';
}

/** "Years of experience: 5": the number of a form's field stands behind its label. */
function fieldOf(mark: FacetValue): Demand[] {
  const { field, last } = mark.hit;
  const next = field.tokens[last];
  const years = next && (next.sep & SEP.colon) !== 0 ? numberOf(next.word) : null;
  if (years === null || years > LONGEST_DEMAND) return [];
  return [{ years, hit: { ...mark.hit, first: last, last: last + 1 }, mark }];
}
