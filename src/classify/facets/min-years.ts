import type { Evidence } from '../classification.ts';
import { evidenceIn, type Finding, type Piece, type Reading, spot } from './reading.ts';

const NUMBERS: Record<string, number> = {
  ...{ zero: 0, a: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ eleven: 11, twelve: 12, fifteen: 15, eighteen: 18, twenty: 20 },
};
const NUMBER = String.raw`(?:\d{1,2}(?:\.\d)?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty)`;
const DASH = String.raw`\s?(?:-|[\u2010-\u2015\u2212]|to|or)\s?`;
const SPAN = new RegExp(
  `(?<![\\w$,-]|\\d\\.)(?<low>${NUMBER})\\s?(?:\\(\\s?\\d{1,2}\\s?\\)\\s?)?\\+?(?:${DASH}(?<high>${NUMBER})\\s?(?:\\(\\s?\\d{1,2}\\s?\\)\\s?)?\\+?)?\\s?(?:(?:or more|plus|full|calendar|additional|recent|full[- ]time|continuous|progressive|consecutive|minimum|such|solid|combined|total)\\s){0,2}-?(?<unit>years?|yrs?|months?|mos)\\b(?!-)`,
  'gi',
);
/** A form's field: "Years of experience: 5". */
const FIELD =
  /\b(?<unit>years)(?: of)? (?:related |relevant |work |clinical )?experience(?: required| needed)?\s?[:=]\s?(?<low>\d{1,2})(?!\d)/gi;
const A_YEAR = /\b(?:at least|minimum(?: of)?|least) an? (?<unit>year|month)\b/gi;

/** Words behind a span of time that make it something else than experience. */
const NOT_EXPERIENCE_AFTER =
  /^['’]?s?[\s,]{0,2}(?:\)?\s)?(?:old\b|of age|ago\b|in business|in a row|and (?:older|under|younger)|to \d+ years|warranty|contract|term\b|assignment|commitment|appointment|program\b|degree|college|university|institution|residency|lease|anniversary|tenure|duration|from (?:date|hire|start|the date)|of (?:hire|employment|start|your|service\b|progressively higher|graduate (?:education|study|school)|undergraduate|college|university|education(?! (?:and|or|&) experience)|full-time (?:graduate|study)|study|schooling|academic|research training|age)|(?:service|work) guarantee|out of|after (?:hire|graduation|starting)|per\b|each\b|at a time|probation)/i;
/** Words before it that do. */
const NOT_EXPERIENCE_BEFORE =
  /(?:\b(?:ages?|aged|within|every|first|next|last|past|previous|after|under|until|up to|during|in|over the|through|celebrating|nearly|almost|since|per|(?<!no )less than|no more than|term|renewable|lasts?|runs?|takes?|duration:?)(?:\s(?:a|an|the|of|about|approximately|your))?|\bages?\b[^,;.]{0,24})\s?[(:]?\s?$/i;
const HISTORY_BEFORE =
  /(?<!\b(?:licensed|practic\w+|worked|held|certified|employed|registered|experience|asks?|look|looks|looking|calls?)\s)\bfor (?:over |more than |nearly |almost |about |the (?:last|past) )?$/i;
const WORK = /\b(?:experience|experienced|practice|background|minimum|at least|required?|requires|must|need|equivalent|comparable)\b/i;
/** A sentence that lists what one must have, whatever part it stands in. */
const ASKS = /\b(?:licen[cs]ed?|licensure|degree|diploma|certif\w*|ability to|we want|you need|to qualify|candidates?)\b/i;
/** The employer's own years: "our company has more than 20 years experience". */
const OURS =
  /\b(?:company|we|our|firm|organization|inc|llc|team|group|agency)\b(?!.*\b(?:require|need|want|seek|look|ask|prefer)\w*)[^.;]{0,40}\b(?:has|have|with|brings?|offers?|boasts?|for)\b[^.;]{0,20}$/i;
const OURS_AFTER = /^[^.;]{0,40},\s(?:our|we|the company)\b/i;
const EXEMPT = /\bexempt\b|\bmay (?:be )?(?:substitut|waive)\w*/i;
const QUIET = new Set(['about', 'eeo', 'benefits', 'pay']);
const LADDER =
  /\b(?:GS-?\s?\d{1,2}|nurse (?:I{1,3}|IV|V|[1-5])\b|level (?:I{1,3}|IV|[1-5])\b|(?:full|intermediate|senior|chief) grade|grade\b)/i;

const ZERO = [
  /\bno (?:(?:prior|previous|additional|nursing|work|professional|formal|related|gym|clinical|sales|or|and|business|specific|license|licence|degree|certification),?\s){0,5}(?:nursing practice\/)?(?:practice\/)?experience(?: is| are)?(?: (?:required|necessary|needed|to prove)\b|(?=\s?(?:$|[.,;)!])))/i,
  /\b(?:prior|previous) (?:\w+ )?experience(?: is)? not (?:required|necessary|needed)\b|\ball (?:levels of experience|experience levels)\b/i,
  /\b(?:new(?:ly)?|recent)[- ]?(?:grad(?:uate)?s?|licensed|graduated)\b[^.;]{0,70}\b(?:welcomed?|encouraged?|accepted|considered|fine|ok|okay|apply|eligible|invited|friendly|acceptable|supported)\b/i,
  /\b(?:welcom\w*|accept\w*|consider\w*|encourag\w*|hir(?:e|es|ing)|open to|mentor\w*|train|trains)\b[^.;]{0,30}\b(?:(?:new(?:ly)?|recent)[- ]?(?:grad(?:uate)?s?|licensed|graduated)|graduate (?:nurses|therapists|clinicians))\b/i,
  /\b(?:experienced|seasoned)\b[^.;]{0,30}\b(?:and|or|as well as)\b[^.;]{0,12}\b(?:new|recent) grad|\b(?:new|recent) grad(?:uate)?s?\b[^.;]{0,16}\b(?:or|and|to) (?:an? )?(?:experienced|seasoned|veteran)|\bwhether you(?: are|['’]re) an? (?:new|recent) grad/i,
  /\bnone beyond (?:the )?basic requirements?\b/i,
];
const FROM_ZERO = new RegExp(`\\b(?:zero|0)${DASH}${NUMBER}\\+? ?(?:years?|yrs?)\\b`, 'i');
const ZERO_DENIED = /\b(?:not|no|cannot|unable|isn['’]t|unfortunately)\b[^.;]{0,25}\b(?:new|recent)[- ]?grad/i;
/** Weaker: they give way to years the same posting demands. */
const ENTRY = [
  /\bexperience(?: is)?[, (]*(?:preferred|a plus|helpful)?[, ]*(?:but )?(?:is )?not (?:required|necessary|needed)\b|\bless than (?:one|1) year\b/i,
  /\bentry[- ]level (?:position|role|job|opportunity|is (?:acceptable|ok|welcome)|candidates?|applicants?|welcome|opening)\b|\b(?:is|this) an? entry[- ]level\b(?! (?:degree|program|master|doctor|educat|exam))/i,
  /\bCF(?:Y|-SLP)?s?\b[^.;,)]{0,50}\b(?:considered|welcomed?|accepted|encouraged)\b|\b(?:clinical fellows?|fellowships?)\b[^.;]{0,20}\b(?:considered|welcome|accepted)\b/i,
];

type Demand = { piece: Piece; years: number; at: number; end: number; evidence: Evidence };

function yearsOf(match: RegExpMatchArray): number {
  const low = (match.groups?.low ?? 'one').toLowerCase();
  const count = NUMBERS[low] ?? Number(low);
  return /^mo/i.test(match.groups?.unit ?? '') ? Math.round((count / 12) * 100) / 100 : count;
}

const WISHED =
  /\b(?:preferr?ed|preferably|prefer|desired|desirable|ideal|a plus|a bonus|nice to have|advantage(?:ous)?|helpful|an asset|strongly encouraged|beneficial)\b/i;

/** Whether the words around a span of time only wish for it. A wish behind a comma belongs to what stands there ("two years at least, clinic preferred"). */
function isWish(text: string, at: number, end: number, next: number): boolean {
  const behind = text.slice(end, Math.min(text.length, next, end + 160));
  const clause = behind.split(/[;.•](?:\s|$)/)[0] ?? '';
  const wish = WISHED.exec(clause);
  const demand = /\b(?:required|must|minimum|mandatory)\b/i.exec(clause);
  if (wish && !(demand && demand.index < wish.index)) {
    const between = clause.slice(0, wish.index);
    const lastComma = between.lastIndexOf(',');
    const ofPlace = /^\s(?:in|with|at|from|within|on)\b/.test(clause.slice(wish.index + wish[0].length)) && lastComma >= 0;
    if (ofPlace) return false;
    // "in home health, hospice or SNF preferred" is one list, wished for as a whole.
    const list =
      !/\b(?:at least|minimum)\b/i.test(text.slice(Math.max(0, at - 24), at)) &&
      /^[^,]{0,40}\b(?:in|at)\s[^,]+,/i.test(between) &&
      /\b(?:or|and)\b/i.test(between.slice(lastComma + 1));
    if (list) return true;
    if (lastComma < 0 || /^[\s,]*(?:strongly |highly |is |are |but |not |though |also )*$/i.test(between.slice(lastComma + 1))) return true;
  }
  const before = (
    text
      .slice(Math.max(0, at - 60), at)
      .split(/[;.•*|](?:\s|$)|\s[-–]\s|\brequired\b/i)
      .at(-1) ?? ''
  ).replace(/\([^)]{0,30}$/, '');
  return /\b(?:preferr?ed|preferably|ideally|prefer|desired|nice to have|bonus|desirable|would love(?: it)? if)\b(?:\W{1,3}\w+){0,5}\W{0,4}$/i.test(
    before,
  );
}

function demandsOf(piece: Piece): Demand[] {
  const { text, section } = piece;
  const spans = [...text.matchAll(SPAN), ...text.matchAll(A_YEAR), ...text.matchAll(FIELD)].sort((a, b) => a.index - b.index);
  return spans.flatMap((match, nth) => {
    const at = match.index;
    const end = at + match[0].length;
    const before = text.slice(Math.max(0, at - 60), at);
    if (
      /-\s?(?:year|yr|month)/i.test(match[0]) &&
      !/^s?\s(?:of\s)?(?:[\w-]+\s){0,3}(?:experience|minimum)\b/i.test(text.slice(end, end + 60))
    )
      return [];
    const after = text.slice(end, end + 60);
    if (NOT_EXPERIENCE_AFTER.test(after) || NOT_EXPERIENCE_BEFORE.test(before)) return [];
    if (HISTORY_BEFORE.test(before) && !/^\W*experience\b/i.test(text)) return [];
    const near = (before.split(/[;.]\s/).at(-1) ?? '') + (after.split(/[;.](?:\s|$)/)[0] ?? '');
    const demanding = section === 'requirements' || section === 'preferred';
    if (EXEMPT.test(after.split(/[;.](?:\s|$)/)[0] ?? '') || OURS.test(before.split(/[;.]\s/).at(-1) ?? '') || OURS_AFTER.test(after))
      return [];
    const leads = at <= 2 && /\+|\d\s?[-–]\s?\d/.test(match[0]);
    if (!demanding && !leads && !WORK.test(near) && !ASKS.test(text)) return [];
    // The employer's own history ("over 10 years in project management") stands in these parts too; a demand there begins its sentence.
    if (QUIET.has(section) && !/(?:^\W*|\b(?:minimum(?: of)?|at least|must have|requires?)\s|[a-z]\.?)$/.test(before)) return [];
    if (section === 'preferred' && !/\brequired\b|\bminimum\b/i.test(near)) return [];
    if (isWish(text, at, end, spans[nth + 1]?.index ?? text.length)) return [];
    return [{ piece, years: yearsOf(match), at, end, evidence: evidenceIn(piece, at, match[0].length) }];
  });
}

const DEGREES: readonly (readonly [number, RegExp])[] = [
  [1, /\b(?:associate['’]?s?|adn|diploma)\b/i],
  [2, /\b(?:bachelor\w*|bsn|b\.?s\.?|b\.?a\.?)(?=$|\W)/i],
  [3, /\b(?:master\w*|msn|m\.?s\.?|m\.?a\.?|mba|graduate degree)(?=$|\W)/i],
  [4, /\b(?:doctor\w*|ph\.?d|dpt|otd|dnp)\b/i],
];
const DEGREE = /\b(?:degree|bachelor\w*|master\w*|doctor\w*|ph\.?d|bsn|msn|adn|diploma|associate\w*)\b/i;
const rankOf = (text: string): number => DEGREES.find(([, pattern]) => pattern.test(text))?.[0] ?? 0;

/**
 * A branch of "doctorate; or master's and two years" that asks no years: the least then is none. Only a higher degree spares the years, so
 * "bachelor's or master's and 3 years" keeps them. Null without such a branch.
 */
function sparedBy(demands: readonly Demand[]): Evidence | null {
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
    const degree = rank > least ? spot({ ...piece, start: piece.start + branch.start, text: branch.text }, DEGREE) : null;
    if (degree) return degree;
  }
  return null;
}

/** "OT or PT licence; or active PTA licence plus four years": the years belong to one way in, another way asks none. */
function isOneWay(demand: Demand): boolean {
  const before = demand.piece.text.slice(0, demand.at);
  const way = before.split(/[;,]\s?or\b/i);
  const license = /\blicen[cs]ed?\b|\bcertif/i;
  return way.length > 1 && license.test(way.at(-1) ?? '') && license.test(way.slice(0, -1).join(' '));
}

/** Whether "or" leads from one demand to the next rather than joining things one has experience in. */
function isAlternative(gap: string): boolean {
  const tail = gap.split(/\bor\b/i);
  const last = tail.at(-1) ?? '';
  if (tail.length < 2 || /[;.•*]\s|\s[-–]\s|\band (?:at least|a minimum|minimum)\b/i.test(last)) return false;
  return (
    (DEGREE.test(last) && last.length <= 140) ||
    (last.length <= 32 && !/\b(?:and|plus|with|including)\b/i.test(last)) ||
    /;\s?$/.test(tail.at(-2) ?? '')
  );
}

/** Demands of one piece are alternatives when "or" leads to the next one; then the least counts, else the most. */
function leastOfPiece(demands: readonly Demand[]): Demand | undefined {
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
function alternativesOf(pieces: readonly Piece[]): Set<number> {
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

/**
 * The least years of experience demanded: 0 when the text asks for none or welcomes new graduates, null when it does not say. Of several
 * demands the largest counts, of alternatives and of the grades of one announcement the smallest; preferred years do not count.
 */
export function readMinYears(reading: Reading): Finding<number> | null {
  const spans = reading.about('span');
  const open = (pieces: readonly Piece[]) => pieces.filter(piece => !QUIET.has(piece.section));
  const [novice, unproven] = [open(reading.about('novice')), open(reading.about('experience', 'denial'))];
  const zero = firstZero(novice, ZERO) ?? firstZero(unproven, ZERO) ?? firstZero(open(spans), [FROM_ZERO]);
  if (zero) return { value: 0, evidence: [zero] };
  const demands = new Map(spans.map(piece => [piece, demandsOf(piece)] as const).filter(([, found]) => found.length > 0));

  const all = [...demands.values()].flat();
  const graded = all.filter(({ piece, at }) => LADDER.test(piece.text.slice(Math.max(0, at - 160), at + 120)));
  if (graded.length > 1) return pick(graded.reduce((a, b) => (b.years < a.years ? b : a)));

  const ways = demands.size > 0 ? alternativesOf(reading.pieces) : new Set<number>();
  const fixed: Demand[] = [];
  const optional: Demand[] = [];
  let spared: Evidence | null = null;
  for (const piece of reading.pieces) {
    if (ways.size === 0 || spared || !ways.has(piece.index) || demands.has(piece) || QUIET.has(piece.section)) continue;
    if (optionalDegree(piece, demands)) spared = spot(piece, DEGREE);
  }
  for (const [piece, found] of demands) {
    const least = leastOfPiece(found.filter(demand => !isOneWay(demand)));
    const free = sparedBy(found);
    if (free) spared ??= free;
    else if (least && ways.has(piece.index)) optional.push(least);
    else if (least) fixed.push(least);
  }
  if (fixed.length > 0) return pick(fixed.reduce((a, b) => (b.years > a.years ? b : a)));
  if (spared) return { value: 0, evidence: [spared] };
  if (optional.length > 0) return pick(optional.reduce((a, b) => (b.years < a.years ? b : a)));
  const entry =
    firstZero(novice, ENTRY) ??
    firstZero(unproven, ENTRY) ??
    unasked(open(reading.about('span', 'denial'))) ??
    (reading.title && spot(reading.title, /\bentry[- ]level\b|\bnew grads?(?:uates?)?\b/i));
  return entry ? { value: 0, evidence: [entry] } : null;
}

/** A way in that names a higher degree than those which ask years. */
function optionalDegree(piece: Piece, demands: ReadonlyMap<Piece, Demand[]>): boolean {
  const asked = [...demands.keys()].filter(other => Math.abs(other.index - piece.index) <= 6).map(other => rankOf(other.text) || 9);
  return asked.length > 0 && rankOf(piece.text) > Math.min(...asked);
}

/** "Two years of experience (preferred, not required)": said to be no demand. */
function unasked(pieces: readonly Piece[]): Evidence | null {
  for (const piece of pieces) {
    for (const match of piece.text.matchAll(SPAN)) {
      const behind = piece.text.slice(match.index + match[0].length, match.index + match[0].length + 110).split(/[;.]\s/)[0] ?? '';
      const not = /^[^.;]{0,90}?\bnot (?:required|necessary)\b/i.exec(behind);
      if (not) return evidenceIn(piece, match.index, match[0].length + not.index + not[0].length);
    }
  }
  return null;
}

const pick = ({ years, evidence }: Demand): Finding<number> => ({ value: years, evidence: [evidence] });

function firstZero(pieces: readonly Piece[], patterns: readonly RegExp[]): Evidence | null {
  for (const piece of pieces) {
    if (ZERO_DENIED.test(piece.text)) continue;
    for (const pattern of patterns) {
      const found = spot(piece, pattern);
      if (found) return found;
    }
  }
  return null;
}
