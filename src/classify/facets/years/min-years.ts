import type { Segment } from '../../../text/document.ts';
import { SEP, type Token } from '../../../text/lexer.ts';
import { evidenceOfHit } from '../../reading/hit.ts';
import type { FacetValue, PostingReading } from '../../reading/posting.ts';
import { degreesIn, rankOf } from '../degree-marks.ts';
import type { Finding } from '../finding.ts';
import { bySegment, covers, isWithin, type MarksBySegment, marksOf } from '../marks.ts';
import { type Demand, demandedYears, isCredit } from './demanded-years.ts';
import { isAlternative, isSpared, isStep, leastOf, MASTER, sparingDegree } from './ways.ts';

/**
 * The least years of experience demanded: 0 when the text asks for none or welcomes beginners, null when it does not say. Of several
 * demands the largest counts, of alternatives and of the grades of one announcement the smallest; preferred years do not count.
 */
export function readMinYears(posting: PostingReading): Finding<number> | null {
  const values = marksOf(posting, 'min_years');
  const ofKind = (kind: string) => values.filter(mark => mark.value === kind && isWithin(mark));
  const bareOf = (kind: string) => ofKind(kind).filter(({ hit, statement }) => statement.last - statement.first === hit.last - hit.first);
  const turnedAway = [...ofKind('none-denied'), ...ofKind('newcomer-others')];
  const labels = new Set(ofKind('label').map(({ hit }) => hit.last));
  const labeled = ofKind('none-labeled').filter(({ hit }) => labels.has(hit.first) && isAnswer(hit));
  const none = openTo([...ofKind('none'), ...bareOf('none-bare'), ...labeled], turnedAway);
  if (none) return found(0, none);
  const demands = demandedYears(posting, values);
  // Seats ("Coder II") are grades where one of them stands by its own years.
  const seats = ofKind('seat');
  const isGraded = seats.some(({ hit }) => demands.some(demand => demand.hit.segment === hit.segment));
  const others = bySegment(ofKind('grade-of-others'));
  const own = ofKind('grade').filter(({ hit }) => !others.get(hit.segment)?.some(mark => covers(mark, hit.first, hit.last)));
  const grades = [...own, ...(isGraded ? seats : [])].toSorted((a, b) => a.hit.first - b.hit.first);
  const graded = leastOfGrades(demands, grades, values);
  if (graded) return graded;
  const demanded = overWays(posting, demands, values);
  if (demanded) return demanded;
  // Training opens no door of its own where years are one of several ways in.
  const taught = demands.length > 0 ? [] : [...values.filter(({ value }) => value === 'taught'), ...bareOf('taught-bare')];
  const open = values.filter(({ value }) => value === 'entry' || value === 'newcomer');
  const entry = openTo([...open, ...taught], turnedAway);
  return entry ? found(0, entry) : null;
}

const found = (years: number, { hit }: { hit: FacetValue['hit'] }): Finding<number> => ({ value: years, evidence: [evidenceOfHit(hit)] });

/** The first words that open the job to beginners and are not taken back. */
function openTo(open: readonly FacetValue[], denied: readonly FacetValue[]): FacetValue | undefined {
  const deniedIn = bySegment(denied.filter(({ hit }) => !isParted(hit)));
  // A program for beginners is no door, but what is said behind it may be ("..., and they are welcome").
  const outweighs = (hit: FacetValue['hit'], no: FacetValue) => no.value === 'newcomer-others' && hit.last > no.hit.last;
  return open.find(
    ({ hit }) => !deniedIn.get(hit.segment)?.some(no => no.hit.first < hit.last && no.hit.last > hit.first && !outweighs(hit, no)),
  );
}

/** "Experience: none", "Experience? Not needed." */
function isAnswer({ field: { raw, tokens }, first }: FacetValue['hit']): boolean {
  const { sep, start } = tokens[first] as Token;
  return (sep & SEP.colon) !== 0 || raw.slice(tokens[first - 1]?.end, start).startsWith('?');
}

/** "No experience needed, new graduates welcome": words of denial that a comma parts from those who begin do not speak of them. */
function isParted({ field, first, last }: FacetValue['hit']): boolean {
  return field.tokens.slice(first + 1, last).filter(({ sep }) => (sep & PARTS) !== 0).length === 1;
}

const PARTS = SEP.comma | SEP.semicolon;

/** Grades of one announcement are ways in of their own; the lowest counts. One grade alone is none. */
function leastOfGrades(demands: readonly Demand[], grades: readonly FacetValue[], values: readonly FacetValue[]): Finding<number> | null {
  const names = new Set(grades.map(({ hit: { field, first, last } }) => wordsOf(field.tokens.slice(first, last))));
  if (names.size < 2) return null;
  const none = values.find(({ value }) => value === 'grade-none');
  if (none) return found(0, none);
  const graded = demands.filter(({ hit }) => hit.first >= (grades[0] as FacetValue).hit.first);
  return graded.length < 2 ? null : leastAmong(graded);
}

const wordsOf = (tokens: readonly Token[]): string => tokens.map(({ word }) => word).join(' ');

function leastAmong(demands: readonly Demand[]): Finding<number> {
  const least = demands.reduce((a, b) => (b.years < a.years ? b : a));
  return found(least.years, least);
}

/** Demands over the ways in: those of a list of ways are alternatives, and a way that asks a higher degree instead asks no years. */
function overWays(posting: PostingReading, demands: readonly Demand[], values: readonly FacetValue[]): Finding<number> | null {
  if (demands.length === 0) return null;
  const degrees = degreesIn(marksOf(posting, 'degree'));
  const ofKind = (kind: string) => values.filter(({ value }) => value === kind);
  const announced = [...ofKind('one-of'), ...ofKind('one-of-end').filter(({ hit }) => hit.last === hit.segment.last)];
  const marks = bySegment(values);
  const ways = waysIn(posting, bySegment(announced));
  const { segments } = posting.document.text;
  const isSparing = sparingWays(segments, ways, demands, marks);
  const fixed: Demand[] = [];
  const optional: Demand[] = [];
  const degreesOf = bySegment(degrees);
  let spared = sparedByWay(segments, ways, demands, degreesOf);
  for (const [segment, own] of Map.groupBy(demands, ({ hit }) => hit.segment)) {
    const held = degreesOf.get(segment) ?? [];
    // A degree that stands for some of the years spares no more.
    const free = marks.get(segment)?.some(isCredit) ? null : sparingDegree(own, held);
    const least = leastIn(own, marks.get(segment) ?? [], held);
    if (free) spared ??= free;
    else if (least && !isSparing(segment)) (ways.has(segment) ? optional : fixed).push(least);
  }
  const most = leastOf(fixed, (before, after) => isStep(before, after, degreesOf));
  if (most) return found(most.years, most);
  if (spared) return rankOf(spared) >= MASTER ? found(0, spared) : null;
  return optional.length > 0 ? leastAmong(optional) : null;
}

/**
 * Whether the years of an item are asked of nobody who comes by another one of its list, as one or more of them ask for no years. Years
 * with a floor ("at least two years"), and those behind a list of licenses, are a demand of their own that stands in the same list.
 */
function sparingWays(
  segments: readonly Segment[],
  ways: ReadonlyMap<Segment, number>,
  demands: readonly Demand[],
  marks: MarksBySegment,
): (segment: Segment) => boolean {
  const asking = new Map(demands.map(demand => [demand.hit.segment, demand]));
  const free = new Map<number, Segment>();
  for (const [segment, list] of ways) if (segment.kind === 'item' && !asking.has(segment) && !free.has(list)) free.set(list, segment);
  const ofLicenses = (list: number) => marks.get(segments[list] as Segment)?.some(({ value }) => value === 'license') ?? false;
  return segment => {
    const list = ways.get(segment) ?? -1;
    const spared = free.get(list);
    const demand = asking.get(segment);
    if (segment.kind !== 'item' || !spared || !demand) return false;
    const opens = demand.hit.first - segment.first <= 1 && spared.first < segment.first;
    return !(opens && ofLicenses(list)) && !marks.get(segment)?.some(({ value }) => value === 'floor');
  };
}

/** The least that one sentence demands, past years that a license, a degree or a certificate named in it stands for. */
function leastIn(own: readonly Demand[], marks: readonly FacetValue[], degrees: readonly FacetValue[]): Demand | undefined {
  const ofKind = (...kinds: unknown[]) => marks.filter(({ value }) => kinds.includes(value));
  const others = {
    orYears: ofKind('or-years'),
    orPapers: ofKind('or-credential', 'or-training'),
    orOthers: ofKind('or-other'),
    licenses: ofKind('license'),
    papers: [...degrees, ...ofKind('license', 'schooling', 'letters')],
  };
  const ranks = bySegment(degrees);
  return leastOf(
    own.filter(demand => !isSpared(demand, own, others)),
    (before, after) => isAlternative(before, after, degrees) || isStep(before, after, ranks),
  );
}

/** The sentences of lists of ways in, each with the number of its list: after "one of the following", or joined by "or" at line ends. */
function waysIn({ document: { text } }: PostingReading, announced: MarksBySegment): Map<Segment, number> {
  const ways = new Map<Segment, number>();
  const { segments, tokens } = text;
  let open: { segment: Segment; index: number } | null = null;
  for (const [index, segment] of segments.entries()) {
    if (open && segment.kind === 'item' && segment.section === open.segment.section) ways.set(segment, open.index);
    else open = null;
    const one = announced.get(segment)?.[0];
    if (one) open = { segment, index };
    if (one && one.hit.last < segment.last) ways.set(segment, index);
    const before = segments[index - 1];
    const joins = (tokens[segment.first] as Token).word === 'or' || (before && (tokens[before.last - 1] as Token).word === 'or');
    if (joins && before) ways.set(before, ways.get(before) ?? index).set(segment, ways.get(before) ?? index);
  }
  return ways;
}

/** Ways of one list stand this close together, in sentences. */
const LIST_REACH = 6;

/** A way in of such a list that asks a higher degree and no years. */
function sparedByWay(
  segments: readonly Segment[],
  ways: ReadonlyMap<Segment, number>,
  demands: readonly Demand[],
  degrees: MarksBySegment,
): FacetValue | null {
  const ranksOf = (segment: Segment) => (degrees.get(segment) ?? []).map(rankOf);
  const asking = new Set(demands.map(({ hit }) => hit.segment));
  for (const [at, segment] of segments.entries()) {
    if (!ways.has(segment) || asking.has(segment)) continue;
    const near = segments.slice(Math.max(0, at - LIST_REACH), at + LIST_REACH + 1).filter(other => asking.has(other));
    const least = Math.min(...near.filter(other => degrees.has(other)).map(other => Math.max(...ranksOf(other))));
    const better = degrees.get(segment)?.find(degree => rankOf(degree) > least);
    if (better) return better;
  }
  return null;
}
