import type { Field, Segment } from '../../../text/document.ts';
import { SEP, type Token } from '../../../text/lexer.ts';
import type { FacetValue } from '../../reading/posting.ts';
import { rankOf } from '../degree-marks.ts';
import type { MarksBySegment } from '../marks.ts';
import { type Demand, isApart, UNITS } from './demanded-years.ts';

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
 * degree does, so "bachelor's or master's and 3 years" keeps them; a master's or doctorate right behind "or" spares years asked by themselves.
 */
export function sparingDegree(demands: readonly Demand[], degrees: readonly FacetValue[]): FacetValue | null {
  const { field, segment } = (demands[0] as Demand).hit;
  // A degree in brackets says what a license is ("a license (DPT or MPT)"), not how one may qualify.
  const asking = new Set(demands.map(({ mark }) => mark.statement));
  const own = degrees.filter(({ hit, statement }) => hit.segment === segment && (!statement.parent || asking.has(statement)));
  const branches = branchesOf(field, segment);
  const isAsking = (branch: Branch) => demands.some(demand => holds(branch, demand));
  // "A degree in nursing or a related field, and two years": what goes on to years is the rest of a list, and no way of its own.
  const isRest = (branch: Branch | undefined) => {
    const to = (branch && demands.find(demand => holds(branch, demand)))?.hit.first;
    if (!branch || to === undefined) return false;
    const isList = !own.some(({ hit }) => hit.first >= branch.first && hit.first < to);
    // "Doctorate or master's in nursing, and two years": nothing sets off the "or", and a comma what both must have.
    const isBare = !turns(field.tokens[branch.first - 1] as Token);
    const adds = ({ word, sep }: Token) => ADDS.has(word) && (isList || (isBare && (sep & SEP.comma) !== 0));
    return field.tokens.slice(branch.first + 1, to + 1).some(token => adds(token) || (token.sep & SEP.semicolon) !== 0);
  };
  // "A master's or doctorate in nursing or a related field, and two years": an "or" that no comma sets off goes on with the list.
  const goesOn = (at: number): Branch | undefined => {
    const next = branches[at + 1];
    return next && !isAsking(next) && !turns(field.tokens[next.first - 1] as Token) ? goesOn(at + 1) : next;
  };
  const ranksOf = (branch: Branch) => own.filter(degree => holds(branch, degree)).map(rankOf);
  const least = Math.min(...branches.filter(isAsking).flatMap(branch => (ranksOf(branch).length > 0 ? ranksOf(branch) : [rankOfNone])));
  for (const [at, branch] of branches.entries()) {
    if (isAsking(branch) || isRest(goesOn(at))) continue;
    const best = own.filter(degree => holds(branch, degree)).sort((a, b) => rankOf(b) - rankOf(a))[0];
    if (best && (rankOf(best) > least || standsInstead(best, branch, demands, own))) return best;
  }
  return null;
}

/** No degree named: no other is higher. */
const rankOfNone = 9;
/** A master's or doctorate counts as years of its own; a lower degree is only another way in. */
export const MASTER = 3;

function standsInstead(degree: FacetValue, branch: Branch, demands: readonly Demand[], degrees: readonly FacetValue[]): boolean {
  const asked = demands.findLast(({ hit }) => hit.last <= branch.first);
  if (!asked || rankOf(degree) < MASTER || degree.hit.first - branch.first > 2) return false;
  const { tokens } = degree.hit.field;
  const between = tokens.slice(asked.hit.last, branch.first);
  return !between.some(({ word }) => word === 'and') && !degrees.some(({ hit }) => hit.first >= asked.hit.last && hit.last <= branch.first);
}

/** "OT or PT license; or PTA license plus four years": the years belong to one way in by a license or degree, another asks none. */
export function isOneWay({ hit }: Demand, licenses: readonly FacetValue[], schooling: readonly FacetValue[]): boolean {
  const { tokens } = hit.field;
  const from = hit.segment.first + 1;
  const turn = from + tokens.slice(from, hit.first).findLastIndex(turns);
  if (turn < from) return false;
  const inside = (marks: readonly FacetValue[], first: number, last: number) =>
    marks.some(mark => mark.hit.segment === hit.segment && mark.hit.first >= first && mark.hit.last <= last);
  const behind = inside(licenses, turn, hit.first) || inside(schooling, turn, hit.first);
  return behind && inside(licenses, hit.segment.first, turn);
}

/** What a sentence says of other ways in, in marks: years, papers or something else behind "or", "either", and papers anywhere. */
type Others = {
  readonly orYears: readonly FacetValue[];
  readonly orPapers: readonly FacetValue[];
  readonly orOthers: readonly FacetValue[];
  readonly either: readonly FacetValue[];
  readonly papers: readonly FacetValue[];
};

/** "A diploma or two years at a desk", "two years at a desk or a diploma": who comes by the paper is asked no years. */
export function isSpared(demand: Demand, others: readonly Demand[], { orYears, orPapers, orOthers, either, papers }: Others): boolean {
  const { hit } = demand;
  const { tokens } = hit.field;
  const asks = (first: number, last: number) =>
    others.some(other => other !== demand && other.hit.first >= first && other.hit.first < last);
  const adds = (first: number, last: number) => tokens.slice(first, last).some(({ word }) => word !== 'with' && ADDS.has(word));
  const lead = orYears.find(mark => mark.hit.first < hit.first && mark.hit.last > hit.first);
  if (lead) {
    const first = either.find(mark => mark.hit.last <= lead.hit.first)?.hit.first;
    if (first !== undefined && !asks(first, lead.hit.first)) return true;
    const from = partStart(tokens, hit.segment.first, lead.hit.first);
    return !asks(from, lead.hit.first) && papers.some(mark => mark.hit.first >= from && mark.hit.last <= lead.hit.first);
  }
  const isOffered = either.some(mark => mark.hit.last <= hit.first && !asks(mark.hit.last, hit.first));
  const setOff = orOthers.filter(mark => isOffered || turns(tokens[mark.hit.first] as Token));
  const other = [...orPapers, ...setOff].find(mark => mark.hit.first >= hit.last && !isCut(tokens, mark.hit.first + 1, mark.hit.last - 1));
  if (!other || asks(hit.last, hit.segment.last) || adds(hit.last, other.hit.first)) return false;
  if (isCut(tokens, listEnd(tokens, hit.last, other.hit.first), other.hit.first)) return false;
  return !papers.some(mark => mark.hit.first >= hit.last && mark.hit.last <= other.hit.first);
}

/** Where a list ends by an "or" of its own, before another turns to a further way: "in schools, shops or hotels, or a diploma". */
function listEnd(tokens: readonly Token[], first: number, turn: number): number {
  const or = turns(tokens[turn] as Token) ? tokens.slice(first, turn).findLastIndex(({ word }) => word === 'or') : -1;
  return or < 0 || tokens.slice(first, first + or).some(({ sep }) => (sep & ENDS) !== 0) ? first : first + or;
}

const ENDS = SEP.semicolon | SEP.stop | SEP.colon | SEP.open;

/** Whether something other than "or" begins between two words. */
function isCut(tokens: readonly Token[], first: number, last: number): boolean {
  return tokens.slice(first, last).some(({ sep }) => (sep & (ENDS | SEP.comma)) !== 0) || ((tokens[last] as Token).sep & ENDS) !== 0;
}

/** Where the part of a sentence begins that an "or" ends: behind a semicolon, and behind a comma where none stands before the "or". */
function partStart(tokens: readonly Token[], first: number, or: number): number {
  const ends = ((tokens[or] as Token).sep & SEP.comma) !== 0 ? SEP.semicolon : SEP.semicolon | SEP.comma;
  for (let at = or - 1; at > first; at--) if (((tokens[at] as Token).sep & ends) !== 0) return at;
  return first;
}

/** Whether an "or" is set off by a comma, a bracket or capitals, so that it turns to another way in. */
function turns({ word, sep, upper }: Token): boolean {
  return word === 'or' && (upper || (sep & (SEP.comma | SEP.semicolon | SEP.close)) !== 0);
}

/** Of demands that follow each other as alternatives the least, of those that add up the most. */
export function leastOf(demands: readonly Demand[], isOther: (before: Demand, after: Demand) => boolean): Demand | null {
  const groups: Demand[][] = [];
  for (const demand of demands) {
    const group = groups.at(-1);
    const previous = group?.at(-1);
    if (group && previous && isOther(previous, demand)) group.push(demand);
    else groups.push([demand]);
  }
  const least = groups.map(group => group.reduce((a, b) => (b.years < a.years ? b : a)));
  return least.reduce<Demand | null>((a, b) => (a && a.years >= b.years ? a : b), null);
}

/** "HS and 7 years, AA and 5, BA and 3": of two demands, each behind a degree of its own, the higher degree asks less. */
export function isStep(before: Demand, after: Demand, degrees: MarksBySegment): boolean {
  const rankOfLead = ({ hit }: Demand) => {
    const degree = degrees.get(hit.segment)?.findLast(({ hit: { last } }) => last <= hit.first);
    return degree && !isApart(hit.field.tokens, degree.hit.last, hit.first) ? rankOf(degree) : Number.NaN;
  };
  return (rankOfLead(after) - rankOfLead(before)) * (after.years - before.years) < 0;
}

/** "Two years at a desk, or a course and one year": a comma before "or" and none before that is no list of things. */
function isOnlyTurn(tokens: readonly Token[], first: number, or: number): boolean {
  return turns(tokens[or] as Token) && !isCut(tokens, first, or - 1) && !isCut(tokens, or - 1, or - 1);
}

/**
 * Whether "or" leads from one demand to the next rather than joining things one has experience in. `leads` are degrees and licenses that lead
 * there; `byDegree` marks "4 years with a bachelor's, 6 with ...".
 */
export function isAlternative(before: Demand, after: Demand, leads: readonly FacetValue[], byDegree: readonly FacetValue[]): boolean {
  const { tokens } = after.hit.field;
  if (byDegree.some(mark => mark.hit.first <= after.hit.first && mark.hit.last > after.hit.first)) return true;
  for (let at = after.hit.first; at >= before.hit.last; at--) {
    const { word, sep } = tokens[at] as Token;
    if (word === 'or') {
      const lead = tokens.slice(at + 1, after.hit.first);
      // What this one leads to has years of its own already.
      if (lead.some(token => UNITS.has(token.word))) return false;
      const isLed = leads.some(({ hit }) => hit.first > at && hit.first < after.hit.first);
      if (
        isLed ||
        (sep & SEP.semicolon) !== 0 ||
        isOnlyTurn(tokens, before.hit.last, at) ||
        (lead.length <= LEAD && !lead.some(token => ADDS.has(token.word)))
      )
        return true;
    }
    if ((sep & (SEP.stop | SEP.bullet | SEP.semicolon)) !== 0) return false;
  }
  return false;
}
