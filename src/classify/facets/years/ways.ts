import type { Field, Segment } from '../../../text/document.ts';
import { SEP, type Token } from '../../../text/lexer.ts';
import type { FacetValue } from '../../reading/posting.ts';
import { rankOf } from '../degree-marks.ts';
import type { MarksBySegment } from '../marks.ts';
import type { Demand } from './demanded-years.ts';

/** Words from "or" to years that still lead to them: "or at least three", "or a minimum of (3)". */
const LEAD = 4;
/** Words that begin one more demand rather than another way in. */
const ADDS: ReadonlySet<string> = new Set(['and', 'plus', 'with', 'including']);

/** A part of a sentence between two "or": one way in, or one thing of several. */
type Branch = { readonly first: number; readonly last: number };

/** The parts of a sentence between its "or". */
function branchesOf({ tokens }: Field, { first, last }: Segment): Branch[] {
  const branches: Branch[] = [];
  let from = first;
  for (let at = first; at <= last; at++) {
    if (at < last && (tokens[at] as Token).word !== 'or') continue;
    if (at > from) branches.push({ first: from, last: at });
    from = at + 1;
  }
  return branches;
}

const holds = ({ first, last }: Branch, { hit }: { hit: FacetValue['hit'] }) => hit.first >= first && hit.first < last;

/**
 * The degree that spares the years asked in another part of its sentence ("doctorate; or master's and two years"), or null. Only a higher
 * degree does, so "bachelor's or master's and 3 years" keeps them.
 */
export function sparingDegree(demands: readonly Demand[], degrees: readonly FacetValue[]): FacetValue | null {
  const { field, segment } = (demands[0] as Demand).hit;
  const branches = branchesOf(field, segment);
  // A degree in brackets says what a license is ("a license (DPT or MPT)"), not how one may qualify.
  const asking = new Set(demands.map(({ mark }) => mark.statement));
  const own = degrees.filter(({ statement }) => !statement.parent || asking.has(statement));
  const degreesOf = (branch: Branch) => own.filter(degree => holds(branch, degree));
  const isAsking = (branch: Branch) => demands.some(demand => holds(branch, demand));
  // "A degree in nursing or a related field, and two years": what goes on to years is the rest of a list, and no way of its own.
  const isRest = (branch: Branch) => {
    const to = demands.find(demand => holds(branch, demand))?.hit.first;
    if (to === undefined) return false;
    const isList = !degreesOf(branch).some(({ hit }) => hit.first < to);
    return field.tokens.slice(branch.first + 1, to + 1).some(({ word, sep }) => (isList && ADDS.has(word)) || (sep & SEP.semicolon) !== 0);
  };
  const least = Math.min(
    ...branches.filter(isAsking).flatMap(branch => {
      const ranks = degreesOf(branch).map(rankOf);
      return ranks.length > 0 ? ranks : [RANK_OF_NONE];
    }),
  );
  const free = branches.filter((branch, at) => !isAsking(branch) && !branches.slice(at + 1, at + 3).some(isRest));
  const best = free.flatMap(degreesOf).filter(degree => rankOf(degree) > least);
  return best.sort((a, b) => rankOf(b) - rankOf(a))[0] ?? null;
}

/** No degree named: no other is higher. */
const RANK_OF_NONE = 9;
/** A master's or doctorate counts as years of its own; a lower degree is only another way in. */
export const MASTER = 3;

/** What a sentence says of other ways in, in marks: years, papers or something else behind "or", and papers anywhere. */
type Others = {
  readonly orYears: readonly FacetValue[];
  readonly orPapers: readonly FacetValue[];
  readonly orOthers: readonly FacetValue[];
  readonly licenses: readonly FacetValue[];
  readonly papers: readonly FacetValue[];
};

/** "A diploma or two years at a desk", "two years at a desk or a diploma": who comes by the paper is asked no years. */
export function isSpared({ hit }: Demand, own: readonly Demand[], { orYears, orPapers, orOthers, licenses, papers }: Others): boolean {
  const { tokens } = hit.field;
  const isNamed = (marks: readonly FacetValue[], first: number, last: number) =>
    marks.some(mark => mark.hit.first >= first && mark.hit.last <= last);
  const names = (first: number, last: number) => isNamed(papers, first, last);
  // "A license, or a degree and two years": the years belong to the paper they stand with.
  const { first } = hit.segment;
  const turn = first + tokens.slice(first, hit.first).findLastIndex(turns);
  const isFree = isNamed(licenses, first, turn) && !own.some(other => other.hit.first < turn);
  if (turn > first && isFree && names(turn, hit.first) && !isCut(tokens, turn + 1, hit.first)) return true;
  const lead = orYears.find(mark => mark.hit.first < hit.first && mark.hit.last > hit.first);
  if (lead) return names(first, lead.hit.first);
  const setOff = orOthers.filter(mark => turns(tokens[mark.hit.first] as Token));
  const other = [...orPapers, ...setOff].find(mark => mark.hit.first >= hit.last && !isCut(tokens, mark.hit.first + 1, mark.hit.last - 1));
  return other !== undefined && !isCut(tokens, hit.last, other.hit.first) && !names(hit.last, other.hit.first);
}

const ENDS = SEP.semicolon | SEP.stop | SEP.colon | SEP.open;

/** Whether something other than "or" begins between two words. */
function isCut(tokens: readonly Token[], first: number, last: number): boolean {
  return tokens.slice(first, last).some(({ sep }) => (sep & (ENDS | SEP.comma)) !== 0) || ((tokens[last] as Token).sep & ENDS) !== 0;
}

/** Whether an "or" is set off by a comma, a bracket or capitals, so that it turns to another way in. */
function turns({ word, sep, upper }: Token): boolean {
  return word === 'or' && (upper || (sep & (SEP.comma | SEP.semicolon | SEP.close)) !== 0);
}

/** Of demands that follow each other as alternatives the least, of those that add up the most. */
export function leastOf(demands: readonly Demand[], isOther: (before: Demand, after: Demand) => boolean): Demand | undefined {
  const groups: Demand[][] = [];
  for (const demand of demands) {
    const group = groups.at(-1);
    const previous = group?.at(-1);
    if (group && previous && isOther(previous, demand)) group.push(demand);
    else groups.push([demand]);
  }
  const least = groups.map(group => group.reduce((a, b) => (b.years < a.years ? b : a)));
  return least.toSorted((a, b) => b.years - a.years)[0];
}

/** "HS and 7 years, AA and 5, BA and 3": of two demands, each behind a degree of its own, the higher degree asks less. */
export function isStep(before: Demand, after: Demand, degrees: MarksBySegment): boolean {
  const rankOfLead = ({ hit }: Demand) => {
    const degree = degrees.get(hit.segment)?.findLast(({ hit: { last } }) => last <= hit.first);
    return degree ? rankOf(degree) : Number.NaN;
  };
  return (rankOfLead(after) - rankOfLead(before)) * (after.years - before.years) < 0;
}

/** Whether "or" leads from one demand to the next, by a degree perhaps, rather than joining things one has experience in. */
export function isAlternative(before: Demand, after: Demand, degrees: readonly FacetValue[]): boolean {
  const { tokens } = after.hit.field;
  if (((tokens[after.hit.first] as Token).sep & (SEP.stop | SEP.semicolon)) !== 0) return false;
  const between = tokens.slice(before.hit.last, after.hit.first);
  if (between.some(({ word, sep }) => word === 'or' && (sep & SEP.semicolon) !== 0)) return true;
  const or = between.findLastIndex(({ word }) => word === 'or');
  const lead = between.slice(or + 1);
  const isLed = degrees.some(({ hit }) => hit.first > before.hit.last + or && hit.first < after.hit.first);
  return or >= 0 && (isLed || (lead.length <= LEAD && !lead.some(({ word }) => ADDS.has(word))));
}
