import { DIGITS, type Statement, statementAt } from './pay-statement.ts';
import { closestWord, isBesideTheWork, sellsItself, TRAP } from './pay-words.ts';
import type { Pay, PayInterval } from './posting.ts';

/** Longest text read; a board's pay string and any real posting are far shorter. */
const MAX_TEXT = 1_000_000;
/** Most statements looked at, so that a table of prices costs no more than a posting. */
const MAX_STATEMENTS = 200;
/** Widest gap, in characters, between two statements of one list ("CA $69,000 - $73,000; WA $67,000 - $70,500"). */
const SIBLING_GAP = 160;

/** How often a year an interval is paid when one works full-time; nobody knows how many visits that is. The column pay_year holds the same. */
export const PERIODS_A_YEAR: Record<PayInterval, number | null> = { hour: 2_080, day: 260, week: 52, month: 12, year: 1, visit: null };

const oneSided = (statement: Statement) => statement.low === null || statement.high === null;
const isWide = (statement: Statement) => !oneSided(statement) && statement.low !== statement.high;

/** What comes on top of a figure; the plus in "MA+30" stands within a word. */
const ON_TOP = /(?<!\w)\+|\+(?!\w)|\bplus\b/iu;

/** Two statements are one when they are figures of one list: several places, levels, or a minimum and a maximum. */
function siblings(text: string, a: Statement, b: Statement): boolean {
  if (a.currency !== b.currency || a.interval !== b.interval || (b.unit !== null && a.unit !== b.unit)) return false;
  if ((oneSided(a) && isWide(b)) || (oneSided(b) && isWide(a))) return false;
  const gap = text.slice(a.end, b.start);
  return gap.length <= SIBLING_GAP && !ON_TOP.test(gap) && closestWord(TRAP, gap) < 0;
}

/** A statement with those that go on with its list. */
function listFrom(chosen: Statement, found: readonly Statement[], text: string): readonly Statement[] {
  const list = [chosen];
  for (const next of found.slice(found.indexOf(chosen) + 1)) {
    if (!siblings(text, list.at(-1)!, next)) break;
    list.push(next);
  }
  return list;
}

/** Whether a text names a place: "PA" is none of "PAY". */
function names(text: string, place: string): boolean {
  const parts = text.split(place);
  return parts.slice(1).some((behind, nth) => !/^\p{L}/u.test(behind) && !/\p{L}$/u.test(parts[nth]!));
}

/** The statements of a list that name the place of the job, else all of them. */
function ofPlace(text: string, list: readonly Statement[], places: readonly string[]): readonly Statement[] {
  if (places.length === 0 || list.length < 2) return list;
  const named = list.filter((statement, nth) => {
    const from = Math.max(list[nth - 1]?.end ?? 0, statement.start - SIBLING_GAP);
    const lead =
      text
        .slice(from, statement.start)
        .split(/[.!?]\s/u)
        .at(-1) ?? '';
    // A line that announces the figure itself is not headed by the line above it.
    const line = lead.split('\n').at(-1) ?? '';
    return places.some(place => names(line.trim() ? line : lead, place));
  });
  return named.length > 0 ? named : list;
}

/**
 * The base pay stated in running text or in a board's pay string, and where (UTF-16 offsets of `text`); null when none is stated.
 * Bonuses, benefits, on-target earnings, revenue and figures per credit or per article are not base pay. The first statement wins; further
 * ones of the same list (several places, levels, weekdays and weekends) widen it. An interval that is not written is taken from the
 * magnitude only when that leaves no doubt: 7.25 to 250 is an hour, 15,000 to 1,500,000 a year; anything else is null. A sum that nothing announces
 * is the pay where the text names one such sum and no other.
 * With `places` (names of where the job is), a list by place is read for that place alone when it is named in it. `saidOf` tells what the words
 * around the offsets of a statement say of it: other money, the pay of this very opening, the base beside a total, or a wider sum (a total, the
 * whole grade), which is the pay where nothing narrower is told.
 */
export function parsePay(
  text: string,
  places: readonly string[] = [],
  saidOf: (start: number, end: number) => PayKind | null = () => null,
): { pay: Pay; start: number; end: number } | null {
  const read = text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
  const all: Statement[] = [];
  const unannounced: Statement[] = [];
  let readTo = 0;
  for (const { index } of read.matchAll(DIGITS)) {
    if (index < readTo) continue;
    const { statement, end } = statementAt(read, index);
    if (statement && saidOf(statement.start, statement.end) !== 'other') (statement.unannounced ? unannounced : all).push(statement);
    if (all.length + unannounced.length >= MAX_STATEMENTS) break;
    readTo = end;
  }
  const narrow = all.filter(statement => saidOf(statement.start, statement.end) !== 'wider');
  const found = narrow.some(({ firm, standsIn }) => firm && !standsIn) ? narrow : all;
  const own = ['own', 'base'].flatMap(kind => found.find(statement => saidOf(statement.start, statement.end) === kind) ?? [])[0];
  const chosen = own ?? chosenOf(found) ?? onlyOne(unannounced, read);
  if (!chosen) return null;

  const list = chosen.unannounced ? [chosen] : listFrom(chosen, found, read);
  const further = furtherRates(read, list.at(-1)!);
  const local = ofPlace(read, list, places);
  const told = [...local.map(statement => statement.low).filter(low => low !== null), ...further.figures];
  // Where pay begins and what is paid otherwise are its two ends, whichever is told first.
  const highs = [...local.map(statement => statement.high).filter(high => high !== null), ...further.figures];
  return {
    pay: {
      min: told.length > 0 ? Math.min(...told) : null,
      max: highs.length > 0 ? Math.max(...highs, ...told) : null,
      currency: chosen.currency,
      interval: chosen.interval,
    },
    start: local[0]!.start,
    end: Math.max(local.at(-1)!.end, further.end),
  };
}

/** The sum that nothing announces, where a text names one such sum and no other pay. */
function onlyOne(unannounced: readonly Statement[], text: string): Statement | undefined {
  return unannounced.length === 1 && !sellsItself(text) ? unannounced[0] : undefined;
}

/** What rules know of a figure. */
export type PayKind = 'other' | 'own' | 'base' | 'wider';

/** The first firm statement, or the full range that a mere beginning of pay is told with elsewhere; a draw or a stipend where nothing else is. */
function chosenOf(found: readonly Statement[]): Statement | undefined {
  const pay = found.filter(statement => !statement.standsIn);
  const first = pay.find(statement => statement.firm) ?? pay[0];
  if (!first) return found.find(({ low, interval }) => (low ?? 0) * (PERIODS_A_YEAR[interval] ?? 0) >= LEAST_A_YEAR);
  return pay.find(one => first.high === null && one.firm && holds(one, first)) ?? first;
}

/** Whether a range holds the beginning that another statement tells. */
function holds({ low, high, currency, interval }: Statement, { low: from, ...other }: Statement): boolean {
  if (from === null || low === null || high === null || currency !== other.currency || interval !== other.interval) return false;
  return low <= from && from < high;
}
/** What a draw or a stipend comes to in a year when one lives on it. */
const LEAST_A_YEAR = 15_000;

/** A further rate without its unit: "$48 per visit, $55 after 4 pm". More than twice the first is something else, and so is a rate with a unit of its own. */
const FURTHER =
  /^[^.!?\n$+]{0,60}\$\s?(\d[\d,]*(?:\.\d{1,2})?)(?![\d,.]*\s?(?:k|m|\/|per|an?|each|every|for (?:each|every))\b|[\d,.]*\s?\/)/iu;
/** A further salary of a list of ranks or steps: "Instructor, $58,000; Professor, $66,000". */
const FURTHER_RANK = /^[;,]\s(?:and\s|or\s)?[^.;,:!?\n$+]{1,40}[\s,:(]{1,3}\$\s?(\d{2,3},\d{3})(?![\d,.]*\s?(?:k|m|\/|per|an?)\b)/iu;
const WIDEST = 2;
/** A lower rate is one only where it says for whom or for what: "$40 for therapists; $35 for fellows". */
const FOR_WHOM = /^\s(?:for|with|without|as an?)\s(?!you\b)/iu;

/** What the same sentence pays in other hours, for other work or to other people, when a rate by hour, day or visit was told first. */
function furtherRates(text: string, { low, high, interval, end }: Statement): { figures: number[]; end: number } {
  const figures: number[] = [];
  let at = end;
  const first = low ?? high;
  if (first === null || (interval === 'year' && low !== high)) return { figures, end };
  const further = interval === 'year' ? FURTHER_RANK : FURTHER;
  for (let next = further.exec(text.slice(at, at + SIBLING_GAP)); next; next = further.exec(text.slice(at, at + SIBLING_GAP))) {
    const figure = Number(next[1]?.replaceAll(',', ''));
    const done = at + next[0].length;
    const isOne =
      figure > (high ?? first) ? figure <= first * WIDEST : figure >= first / WIDEST && FOR_WHOM.test(text.slice(done, done + TRAILING));
    const after = next[0] + (text.slice(done, done + TRAILING).split(/[;.\n]/u, 1)[0] ?? '');
    if (!isOne || /\b(?:plus|from)\b/iu.test(next[0]) || closestWord(TRAP, after) >= 0 || isBesideTheWork(text, done)) break;
    figures.push(figure);
    at = done;
  }
  return { figures, end: at };
}
/** Characters behind a further rate in which a word for other money would stand. */
const TRAILING = 24;

/** The pay of a full year in the same currency; null for pay by the visit. */
export function annualise(pay: Pay): { min: number | null; max: number | null } | null {
  const periods = PERIODS_A_YEAR[pay.interval];
  if (periods === null) return null;
  const yearly = (figure: number | null) => (figure === null ? null : Math.round(figure * periods * 100) / 100);
  return { min: yearly(pay.min), max: yearly(pay.max) };
}
