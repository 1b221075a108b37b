import type { Segment } from '../../../text/document.ts';
import { SEP, type Token } from '../../../text/lexer.ts';
import { evidenceOfHit } from '../../reading/hit.ts';
import type { FacetValue, PostingReading } from '../../reading/posting.ts';
import { ASKS_NOTHING } from '../../reading/subject.ts';
import { degreesIn, rankOf } from '../degree-marks.ts';
import type { Finding } from '../finding.ts';
import { bySegment, covers, isWithin, type MarksBySegment, marksOf } from '../marks.ts';
import { type Demand, demandedYears, isCredit } from './demanded-years.ts';
import { isAlternative, isOneWay, isSpared, isStep, leastOf, MASTER, sparingDegree } from './ways.ts';

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
  const { demands, denied } = demandedYears(posting, values);
  const grades = gradesOf(demands, ofKind);
  const gradedIn = bySegment(grades);
  const free = [...values.filter(({ value }) => value === 'grade-none'), ...ofKind('entry').filter(({ hit }) => gradedIn.has(hit.segment))];
  const graded = leastOfGrades(demands, grades, free, posting.document.title.tokens) ?? leastPlaced(demands, ofKind('graded'));
  if (graded) return graded;
  const demanded = overWays(posting, demands, values);
  if (demanded) return demanded;
  const asked = ofKind('none-bare').filter(isQuestion);
  // Training opens no door of its own where years are one of several ways in.
  const taught = demands.length > 0 ? [] : [...values.filter(({ value }) => value === 'taught'), ...bareOf('taught-bare')];
  const open = [...values.filter(({ value }) => value === 'entry'), ...taught, ...asked, ...newcomersIn(values)];
  const entry = openTo(open, turnedAway) ?? denied[0];
  return entry ? found(0, entry) : null;
}

const found = (years: number, { hit }: { hit: FacetValue['hit'] }): Finding<number> => ({ value: years, evidence: [evidenceOfHit(hit)] });

/** "No background in farming?" reassures those who have none. */
function isQuestion({ hit, statement }: FacetValue): boolean {
  const { end } = hit.segment;
  return hit.first === statement.first && hit.field.raw.charAt(end) === '?' && statement.last - statement.first <= LONGEST_QUESTION;
}

/** Words of such a question; a longer one asks for something. */
const LONGEST_QUESTION = 8;

/** Beginners who are spoken of as applicants: duties train and recruit those of others. */
function newcomersIn(values: readonly FacetValue[]): FacetValue[] {
  return values.filter(({ value, hit, subject }) => value === 'newcomer' && hit.segment.section !== 'duties' && !ASKS_NOTHING.has(subject));
}

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

/** Grades that are called so; and those of seats ("Coder II") where one of them stands by its own years. */
function gradesOf(demands: readonly Demand[], ofKind: (kind: string) => readonly FacetValue[]): readonly FacetValue[] {
  const asking = new Set(demands.map(({ hit }) => hit.segment));
  const seats = ofKind('seat');
  const others = bySegment(ofKind('grade-of-others'));
  const isOwn = ({ hit }: FacetValue) => !others.get(hit.segment)?.some(mark => covers(mark, hit.first, hit.last));
  return [...ofKind('grade').filter(isOwn), ...(seats.some(({ hit }) => asking.has(hit.segment)) ? seats : [])].toSorted(
    (a, b) => a.hit.first - b.hit.first,
  );
}

/** Grades of one announcement are ways in of their own; the lowest counts, or the one that the title names. One grade alone is none. */
function leastOfGrades(
  demands: readonly Demand[],
  grades: readonly FacetValue[],
  free: readonly FacetValue[],
  title: readonly Token[],
): Finding<number> | null {
  const names = new Set(grades.map(nameOf));
  if (names.size < 2) return null;
  const titled = [...names].filter(name => title.some(({ word }) => name.endsWith(` ${word}`)));
  const own = titled.length === 1 ? titled[0] : null;
  const gradeAt = (at: number) => grades.findLast(({ hit }) => hit.first <= at);
  const isMeant = ({ hit }: Demand | FacetValue) => own === null || nameOf(gradeAt(hit.first) ?? (grades[0] as FacetValue)) === own;
  const none = free.find(isMeant);
  if (none) return found(0, none);
  const graded = demands.filter(demand => gradeAt(demand.hit.first) && isMeant(demand));
  return graded.length < (own === null ? 2 : 1) ? null : leastAmong(graded);
}

const nameOf = ({ hit: { field, first, last } }: FacetValue): string => wordsOf(field.tokens.slice(first, last));
const wordsOf = (tokens: readonly Token[]): string => tokens.map(({ word }) => word).join(' ');

/** Demands of sentences of their own are those of grades where one is placed in any of these. */
function leastPlaced(demands: readonly Demand[], graded: readonly FacetValue[]): Finding<number> | null {
  const isPlaced = graded.length > 0 && new Set(demands.map(({ mark }) => mark.statement)).size > 1;
  return isPlaced ? leastAmong(demands) : null;
}

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
  const isSparing = sparingWays(posting.document.text.segments, ways, demands, marks);
  const fixed: Demand[] = [];
  const optional: Demand[] = [];
  let spared: FacetValue | null = sparedByWay(posting.document.text.segments, ways, demands, degrees);
  const degreesOf = bySegment(degrees);
  for (const [segment, own] of Map.groupBy(demands, ({ hit }) => hit.segment)) {
    const held = degreesOf.get(segment) ?? [];
    // A degree that stands for some of the years spares no more.
    const free = marks.get(segment)?.some(isCredit) ? null : sparingDegree(own, held);
    const least = leastIn(own, marks.get(segment) ?? [], held);
    if (free) spared ??= free;
    else if (least && !isSparing(segment)) (ways.has(segment) ? optional : fixed).push(least);
  }
  const most = leastOf(leastOfPeople(fixed, marks), (before, after) => isStep(before, after, degreesOf));
  if (most) return found(most.years, most);
  if (spared) return rankOf(spared) >= MASTER ? found(0, spared) : null;
  return optional.length > 0 ? leastAmong(optional) : null;
}

/** Of the years that classes of people must bring, each in a sentence of its own, the least. */
function leastOfPeople(demands: readonly Demand[], marks: MarksBySegment): readonly Demand[] {
  const ofPeople = demands.filter(({ hit }) =>
    marks.get(hit.segment)?.some(({ value, hit: own }) => value === 'of-people' && own.first < hit.first && own.last >= hit.last),
  );
  const least = Math.min(...ofPeople.map(({ years }) => years));
  return ofPeople.length < 2 ? demands : demands.filter(demand => !ofPeople.includes(demand) || demand.years === least);
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
function leastIn(own: readonly Demand[], marks: readonly FacetValue[], degrees: readonly FacetValue[]): Demand | null {
  const ofKind = (kind: string) => marks.filter(({ value }) => value === kind);
  const licenses = ofKind('license');
  const schooling = [...degrees, ...ofKind('schooling')];
  const others = {
    orYears: ofKind('or-years'),
    orPapers: [...ofKind('or-credential'), ...ofKind('or-training')],
    orOthers: ofKind('or-other'),
    either: ofKind('either'),
    papers: [...licenses, ...schooling, ...ofKind('letters')],
  };
  const asked = own.filter(demand => !isOneWay(demand, licenses, schooling) && !isSpared(demand, own, others));
  const [leads, byDegree, ranks] = [
    [...degrees, ...licenses, ...ofKind('letters'), ...ofKind('of-people')],
    ofKind('by-degree'),
    bySegment(degrees),
  ];
  return leastOf(asked, (before, after) => isAlternative(before, after, leads, byDegree) || isStep(before, after, ranks));
}

/** Sentences of one line that may belong to a list of ways announced in it. */
const LONGEST_LIST = 4;

/** The sentences of lists of ways in, each with the number of its list: after "one of the following", or joined by "or" at line ends. */
function waysIn({ document: { text } }: PostingReading, announced: MarksBySegment): Map<Segment, number> {
  const ways = new Map<Segment, number>();
  const { segments, tokens, raw } = text;
  const announces = ({ end }: Segment) => raw.charAt(end) === ':';
  let open: { segment: Segment; index: number } | null = null;
  for (const [index, segment] of segments.entries()) {
    const inList: boolean =
      open !== null &&
      (segment.kind === 'item'
        ? segment.section === open.segment.section
        : index - open.index <= LONGEST_LIST &&
          (segment.block === open.segment.block || announces(open.segment)) &&
          segments[index - 1]?.kind !== 'item');
    if (inList && open) ways.set(segment, open.index);
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
  degrees: readonly FacetValue[],
): FacetValue | null {
  if (ways.size === 0 || demands.length === 0) return null;
  const degreesOf = bySegment(degrees);
  const highest = (segment: Segment) => Math.max(-1, ...(degreesOf.get(segment) ?? []).map(rankOf));
  const asking = new Set(demands.map(({ hit }) => hit.segment));
  for (const [at, segment] of segments.entries()) {
    if (!ways.has(segment) || asking.has(segment)) continue;
    const near = segments.slice(Math.max(0, at - LIST_REACH), at + LIST_REACH + 1).filter(other => asking.has(other));
    const least = Math.min(...near.map(highest).filter(rank => rank >= 0));
    const better = degreesOf.get(segment)?.find(degree => rankOf(degree) > least);
    if (better) return better;
  }
  return null;
}
