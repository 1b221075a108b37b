import type { Field } from '../../text/document.ts';
import { SEP, type Token } from '../../text/lexer.ts';
import { numberOf } from '../../text/numbers.ts';
import type { FacetValue } from '../reading/posting.ts';

/** The years of a span and where they stand; a number in front of a colon or comma ("GS-13: one year") is none of them. */
export function yearsOf({ value, hit: { field, first, last } }: FacetValue): { years: number; first: number; last: number } | null {
  const unit = field.tokens.slice(first, last).findIndex(({ word }) => UNITS.has(word));
  const end = unit < 0 ? last : first + unit + 1;
  if (typeof value === 'number') return { years: value, first, last: end };
  if (value === ONE) return isRate(field, first) ? null : { years: 1, first, last: end };
  let from = first;
  for (let at = first + 1; at < end; at++) if (breaks(field.tokens[at] as Token) || isNumbered(field.tokens, at)) from = at;
  const found = numeralIn(field, from, end);
  if (!found) return null;
  const years = isUnder(field, found.at) ? 0 : inYears(found.number, field.tokens.slice(from, end));
  return { years, first: found.at, last: end };
}

/** "A year", of which only what stands around it tells whether it is asked. */
export const ONE = 'one';
/** "$54,000 a year", "twelve visits a year": a figure right before the article is told by the year. */
function isRate({ tokens }: Field, first: number): boolean {
  return tokens[first]?.sep === SEP.space && numberOf(tokens[first - 1]?.word ?? '') !== null;
}

/** The number among some words, in years, or null. */
export function numberIn(field: Field, first: number, last: number): number | null {
  const found = numeralIn(field, first, last);
  return found && inYears(found.number, field.tokens.slice(found.at, last));
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

function numeralIn({ raw, tokens }: Field, first: number, last: number): { number: number; at: number } | null {
  for (let at = first; at < last; at++) {
    const { word, start } = tokens[at] as Token;
    const number = numberOf(word);
    if (number !== null && isTenths(raw, start)) return { number: Number(`0.${word}`), at };
    if (number !== null) return { number: number + onesBehind(word, number, tokens[at + 1]), at };
  }
  return null;
}

/** ".5 years": a point before a figure is no part of its word. */
const isTenths = (raw: string, start: number): boolean => raw.charAt(start - 1) === '.' && raw.charAt(start - 2).trim() === '';

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
