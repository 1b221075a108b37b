import { SEP, type Token } from '../lexer.ts';
import { numberOf } from '../numbers.ts';
import type { FacetValue } from '../read-posting.ts';
import type { RuleHit } from '../rules.ts';
import type { Section } from '../sections.ts';
import { bySegment, covers, isWithin, longest } from './marks.ts';

/** Years of experience that a sentence demands, at the words of `hit`. */
export type Demand = { readonly years: number; readonly hit: RuleHit; readonly mark: FacetValue };

/** Nobody is asked for more; longer spans are ages and histories. */
const LONGEST_DEMAND = 15;
/** Parts of a posting where years are the employer's own unless they are plainly called experience. */
const QUIET: ReadonlySet<Section> = new Set(['about', 'eeo', 'benefits', 'pay']);
/** A sentence of no more words than this says nothing but its years. */
const BARE_SENTENCE = 8;
/** So many words before the years may open a sentence: "at least", "a minimum of", a list's number. */
const OPENING = 3;

/** The years of experience demanded, in the order of the text; ages, histories, lengths and wishes are none. */
export function demandedYears(values: readonly FacetValue[]): Demand[] {
  const marks = bySegment(values);
  const spans = longest(values.filter(({ value }) => value === 'span' || typeof value === 'number'));
  const fields = values.filter(({ value }) => value === 'field').flatMap(fieldOf);
  const found = spans.flatMap(mark => demandOf(mark, marks.get(mark.hit.segment) ?? []));
  return [...found, ...fields].sort((a, b) => a.hit.first - b.hit.first);
}

function demandOf(mark: FacetValue, beside: readonly FacetValue[]): Demand[] {
  const { hit, force } = mark;
  const years = yearsOf(mark);
  if (years === null || years > LONGEST_DEMAND || force === 'wished' || force === 'denied' || force === 'deferred') return [];
  const over = beside.filter(other => covers(other, Math.max(hit.first, hit.last - 2), hit.last) && isWithin(other));
  const weightOf = (...kinds: string[]) =>
    Math.max(0, ...over.filter(({ value }) => kinds.includes(String(value))).map(({ rule }) => weightIn(rule)));
  const named = weightOf('experience', 'asked', 'credit');
  if (weightOf('something-else', 'instead') > named) return [];
  if (isAttribute(hit) && weightOf('experience') < 1) return [];
  if (!isDemanding(mark, over, named)) return [];
  const credit = over.find(({ value }) => value === 'credit');
  return [{ years: credit ? years - (firstNumber(credit.hit) ?? 0) : years, hit, mark }];
}

/** Whether the place of the years, or the words around them, make them a demand of the applicant. */
function isDemanding(mark: FacetValue, over: readonly FacetValue[], named: number): boolean {
  const { hit, statement, subject, force } = mark;
  const { section } = hit.segment;
  const opens = hit.first - statement.first <= OPENING;
  const says = (value: string) => over.some(other => other.value === value);
  if (QUIET.has(section)) return says('experience') && opens && (force === 'demanded' || hit.first === statement.first);
  if (section === 'requirements' || section === 'preferred') return force !== 'told';
  if (says('asked')) return true;
  if (subject !== 'applicant' && subject !== 'job') return false;
  if (named > 0 || says('beside-credential')) return true;
  return opens && (says('of-work') || statement.last - statement.first <= BARE_SENTENCE);
}

/** "A two-year college": years that only tell what a thing is like. */
function isAttribute({ field: { tokens }, last }: RuleHit): boolean {
  return ((tokens[last - 1] as Token).sep & SEP.hyphen) !== 0;
}

function yearsOf({ value, hit }: FacetValue): number | null {
  if (typeof value === 'number') return value;
  const count = firstNumber(hit);
  const unit = hit.field.tokens[hit.last - 1]?.word;
  if (count === null) return null;
  return unit === 'month' || unit === 'mo' ? Math.round((count / 12) * 100) / 100 : count;
}

function firstNumber({ field: { tokens }, first, last }: RuleHit): number | null {
  for (let at = first; at < last; at++) {
    const number = numberOf((tokens[at] as Token).word);
    if (number !== null) return number;
  }
  return null;
}

/** "Years of experience: 5": the number of a form's field stands behind its label. */
function fieldOf(mark: FacetValue): Demand[] {
  const { field, last } = mark.hit;
  const next = field.tokens[last];
  const years = next && (next.sep & SEP.colon) !== 0 ? numberOf(next.word) : null;
  if (years === null || years > LONGEST_DEMAND) return [];
  return [{ years, hit: { ...mark.hit, first: last, last: last + 1 }, mark }];
}

function weightIn({ effect }: FacetValue['rule']): number {
  return 'facet' in effect ? effect.weight : 0;
}
