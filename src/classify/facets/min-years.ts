import type { Evidence } from '../classification.ts';
import { alternativesOf, DEGREE, isOneWay, leastOfPiece, sparedBy, sparesYears } from './alternatives.ts';
import { DASH, type Demand, demandsOf, NUMBER, QUIET, SPAN } from './experience.ts';
import { evidenceIn, type Finding, type Piece, type Reading, spot } from './reading.ts';

/** Announcements that list several grades; the lowest one counts. */
const LADDER =
  /\b(?:GS-?\s?\d{1,2}|nurse (?:I{1,3}|IV|V|[1-5])\b|level (?:I{1,3}|IV|[1-5])\b|(?:full|intermediate|senior|chief) grade|grade\b)/i;

/** Said outright: no years are asked. */
const ZERO = [
  /\bno (?:(?:prior|previous|additional|nursing|work|professional|formal|related|gym|clinical|sales|or|and|business|specific|license|licence|degree|certification),?\s){0,5}(?:nursing practice\/)?(?:practice\/)?experience(?: is| are)?(?: (?:required|necessary|needed|asked|expected|demanded|to prove)\b|(?=\s?(?:$|[.,;)!?])))|\bno (?:\w+ ){0,3}background (?:is )?(?:needed|required|necessary)\b/i,
  /\b(?:prior|previous) (?:\w+ )?experience(?: is)? not (?:required|necessary|needed)\b|\ball (?:levels of experience|experience levels)\b/i,
  /\b(?:new(?:ly)?|recent|fresh)[- ]?(?:grad(?:uate)?s?|licensed|graduated)\b[^.;]{0,70}\b(?:welcomed?|encouraged?|accepted|considered|fine|ok|okay|apply|eligible|invited|friendly|acceptable|supported)\b/i,
  /\b(?:welcom\w*|accept\w*|consider\w*|encourag\w*|hir(?:e|es|ing)|open to|mentor\w*|train|trains)\b[^.;]{0,30}\b(?:(?:new(?:ly)?|recent)[- ]?(?:grad(?:uate)?s?|licensed|graduated)|graduate (?:nurses|therapists|clinicians))\b/i,
  /\b(?:experienced|seasoned)\b[^.;]{0,30}\b(?:and|or|as well as)\b[^.;]{0,12}\b(?:new|recent) grad|\b(?:new|recent) grad(?:uate)?s?\b[^.;]{0,16}\b(?:or|and|to) (?:an? )?(?:experienced|seasoned|veteran)|\bwhether you(?: are|['’]re) an? (?:new|recent) grad/i,
  /\b[Nn]ew (?:[A-Z]{2,5}s|nurses|therapists|teachers|assistants|aides|clinicians|hires|coders|writers|recruiters)(?: are| is)?(?: always| very| warmly)? (?:welcome|encouraged)\b|\b[Ff]irst[- ]year (?:teachers|nurses|aides)\b[^.;]{0,20}\bwelcome\b/,
  /\bnew(?:ly)? (?:grad(?:uate)?s?|licensed \w+) only\b|\b(?:hire|take|train) (?:you|people|candidates|applicants) without (?:\w+ ){0,2}experience\b/i,
  /\bexperience(?: required| needed)?\s?[:–-]\s?none\b(?! of)/i,
  /\bnone beyond (?:the )?basic requirements?\b/i,
];
const FROM_ZERO = new RegExp(`\\b(?:zero|0)${DASH}${NUMBER}\\+? ?(?:years?|yrs?)\\b`, 'i');
const ZERO_DENIED = /\b(?:not|no|cannot|unable|isn['’]t|unfortunately)\b[^.;]{0,25}\b(?:new|recent)[- ]?grad/i;
/** Weaker: they give way to years the same posting demands. */
const ENTRY = [
  /\bfirst[- ]year (?:clinicians|therapists|assistants)\b[^.;]{0,20}\bwelcome\b/i,
  /\bexperience(?: is)?[, (]*(?:preferred|a plus|helpful)?[, ]*(?:but )?(?:is )?not (?:required|necessary|needed)\b|\bless than (?:one|1) year\b/i,
  /\bentry[- ]level (?:position|role|job|opportunity|is (?:acceptable|ok|welcome)|candidates?|applicants?|welcome|opening)\b|\b(?:is|this) an? entry[- ]level\b(?! (?:degree|program|master|doctor|educat|exam))/i,
  /\bCF(?:Y|-SLP)?s?\b[^.;,)]{0,50}\b(?:considered|welcomed?|accepted|encouraged)\b|\b(?:clinical fellows?|fellowships?)\b[^.;]{0,20}\b(?:considered|welcome|accepted)\b/i,
];

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
    if (sparesYears(piece, demands)) spared = spot(piece, DEGREE);
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
