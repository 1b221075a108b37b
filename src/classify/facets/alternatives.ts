import type { Evidence } from '../classification.ts';
import type { Demand } from './experience.ts';
import { type Piece, spot } from './reading.ts';

const DEGREES: readonly (readonly [number, RegExp])[] = [
  [1, /\b(?:associate['’]?s?|adn|diploma)\b/i],
  [2, /\b(?:bachelor\w*|bsn|b\.?s\.?|b\.?a\.?)(?=$|\W)/i],
  [3, /\b(?:master\w*|msn|m\.?s\.?|m\.?a\.?|mba|graduate degree)(?=$|\W)/i],
  [4, /\b(?:doctor\w*|ph\.?d|dpt|otd|dnp)\b/i],
];
/** Any word for a degree. */
export const DEGREE = /\b(?:degree|bachelor\w*|master\w*|doctor\w*|ph\.?d|bsn|msn|adn|diploma|associate\w*)\b/i;
/** "M.S. " and "PhD" in running text, whose points end no clause. */
const ABBREVIATED = /\b(?:[BM]\.?[SA]\.?|Ph\.?\s?D\.?)(?=\s)/g;
const rankOf = (text: string): number => DEGREES.find(([, pattern]) => pattern.test(text))?.[0] ?? 0;

/**
 * A branch of "doctorate; or master's and two years" that asks no years: the least then is none. Only a higher degree spares the years, so
 * "bachelor's or master's and 3 years" keeps them. Null without such a branch.
 */
export function sparedBy(demands: readonly Demand[]): Evidence | null {
  const piece = demands[0]!.piece;
  let at = 0;
  const branches = piece.text.split(/(\bor\b)/i).flatMap(text => {
    const start = at;
    at += text.length;
    return /^or$/i.test(text) ? [] : [{ text, start, end: at }];
  });
  const asking = branches.filter(branch => demands.some(demand => demand.at >= branch.start && demand.at < branch.end));
  const least = Math.min(...asking.map(({ text }) => rankOf(text) || 9));
  for (const branch of branches) {
    if (asking.includes(branch)) continue;
    const rank = rankOf(branch.text);
    // "One year at the lower grade, or a doctoral degree": the degree stands instead of the years.
    const asked = demands.findLast(demand => demand.end <= branch.start);
    const between = asked ? piece.text.slice(asked.end, branch.start) : '';
    const instead =
      asked &&
      rank >= 3 &&
      !/\band\b/i.test(between) &&
      !DEGREE.test(between) &&
      /^\s?(?:an? )?(?:completed )?(?:doctor|ph|master)/i.test(branch.text);
    const degree = rank > least || instead ? spot({ ...piece, start: piece.start + branch.start, text: branch.text }, DEGREE) : null;
    if (degree) return degree;
  }
  return null;
}

/** "OT or PT licence; or active PTA licence plus four years": the years belong to one way in, another way asks none. */
export function isOneWay(demand: Demand): boolean {
  const before = demand.piece.text.slice(0, demand.at);
  const way = before.split(/[;,]\s?or\b/i);
  const license = /\blicen[cs]ed?\b|\bcertif/i;
  return way.length > 1 && license.test(way.at(-1) ?? '') && license.test(way.slice(0, -1).join(' '));
}

/** Whether "or" leads from one demand to the next rather than joining things one has experience in. */
function isAlternative(gap: string): boolean {
  const tail = gap.split(/\bor\b/i);
  const last = (tail.at(-1) ?? '').replace(ABBREVIATED, 'degree');
  if (tail.length < 2 || /[;.•*]\s|\s[-–]\s|\band (?:at least|a minimum|minimum)\b/i.test(last)) return false;
  return (
    (DEGREE.test(last) && last.length <= 140) ||
    (last.length <= 32 && !/\b(?:and|plus|with|including)\b/i.test(last)) ||
    /;\s?$/.test(tail.at(-2) ?? '')
  );
}

/** Demands of one piece are alternatives when "or" leads to the next one; then the least counts, else the most. */
export function leastOfPiece(demands: readonly Demand[]): Demand | undefined {
  const groups: Demand[][] = [];
  for (const demand of demands) {
    const group = groups.at(-1);
    const previous = group?.at(-1);
    if (group && previous && isAlternative(demand.piece.text.slice(previous.end, demand.at))) group.push(demand);
    else groups.push([demand]);
  }
  return groups
    .map(group => group.reduce((a, b) => (b.years < a.years ? b : a)))
    .reduce<Demand | undefined>((a, b) => (a && a.years >= b.years ? a : b), undefined);
}

/** "At least one of the requirements below: (1) ..." opens a list within its own line. */
const ONE_OF = /\b(?:one|any|either) of (?:the |these )?(?:following|requirements|criteria|options|below)\b/i;
/** Sentences of one line that may belong to such a list. */
const LONGEST_LIST = 4;

/** The pieces of one list of ways to qualify: after "one of", or joined by OR at line ends. */
export function alternativesOf(pieces: readonly Piece[]): Set<number> {
  const ways = new Set<number>();
  let open: Piece | null = null;
  for (const piece of pieces) {
    const inList: boolean =
      open !== null &&
      (piece.kind === 'item' ? piece.section === open.section : piece.block === open.block && piece.index - open.index <= LONGEST_LIST);
    if (inList) ways.add(piece.index);
    else open = null;
    const tail = piece.text.slice(-32);
    const announced = /\b(?:one|any|either) of(?: the following)?\W*$/i.test(tail);
    if (announced || ONE_OF.test(piece.text)) {
      open = piece;
      if (!announced) ways.add(piece.index);
    }
    if (/^(?:-\s?)?or\b/i.test(piece.text)) {
      ways.add(piece.index);
      ways.add(piece.index - 1);
    }
    if (/\bor\W*$/i.test(tail)) {
      ways.add(piece.index);
      ways.add(piece.index + 1);
    }
  }
  return ways;
}

/** A way in that names a higher degree than those which ask years. */
export function sparesYears(piece: Piece, demands: ReadonlyMap<Piece, Demand[]>): boolean {
  const asked = [...demands.keys()].filter(other => Math.abs(other.index - piece.index) <= 6).map(other => rankOf(other.text) || 9);
  return asked.length > 0 && rankOf(piece.text) > Math.min(...asked);
}
