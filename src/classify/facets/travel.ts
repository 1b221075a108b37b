import { SEP, type Token } from '../../text/lexer.ts';
import { numberOf } from '../../text/numbers.ts';
import { EMPLOYER_AND_LAW } from '../../text/sections.ts';
import { evidenceOfHit } from '../reading/hit.ts';
import { FacetValue, type PostingReading } from '../reading/posting.ts';
import type { Subject } from '../schema/names.ts';
import type { Finding } from './finding.ts';
import { isWithin, longest, marksOf } from './marks.ts';

/** Shares told in words; a closed set of the language. */
const SHARES: ReadonlyMap<string, number> = new Map([
  ['half', 50],
  ['third', 100 / 3],
  ['quarter', 25],
]);

/** Of whom a statement speaks when somebody else travels. */
const OTHER_TRAVELERS: ReadonlySet<Subject> = new Set(['customer', 'team', 'post']);

/** Share of the time spent traveling, in percent; the upper end of a range, 0 for "no travel". */
export function readTravel(posting: PostingReading): Finding<number> | null {
  const marks = marksOf(posting, 'travel_percent').filter(mark => isWithin(mark) && isOfThisJob(mark));
  const others = marks.filter(({ value }) => value === 'other');
  const isOther = ({ hit }: FacetValue) => others.some(other => other.hit.first < hit.last && other.hit.last > hit.first);
  const labelled = marks.filter(({ value, hit }) => value === 'label' && hit.segment.kind === 'heading').map(behindLabel);
  for (const mark of [...longest(marks.filter(mark => mark.value === 'share' && percentIn(mark) !== null)), ...labelled]) {
    const percent = percentIn(mark);
    if (percent !== null && !isOther(mark)) return { value: percent, evidence: [evidenceOfHit(mark.hit)] };
  }
  const none = marks.find(mark => mark.value === 'none' && !isOther(mark));
  return none ? { value: 0, evidence: [evidenceOfHit(none.hit)] } : null;
}

function isOfThisJob({ hit, subject }: FacetValue): boolean {
  const { section } = hit.segment;
  return !EMPLOYER_AND_LAW.has(section) && section !== 'benefits' && !OTHER_TRAVELERS.has(subject);
}

/** "Travel required: 25%": a label and the first words of what it labels. */
function behindLabel(mark: FacetValue): FacetValue {
  const { field, segment } = mark.hit;
  return new FacetValue(mark.value, { ...mark.hit, last: Math.min(field.tokens.length, segment.last + LABEL_REACH) }, mark.statement);
}

/** Words behind a label in which its figure stands: "up to 25%", "approx. 10-20%". */
const LABEL_REACH = 4;

/** The last number of a share that is one in percent: "20%", "10 to 20 percent", "half". */
function percentIn({ hit: { field, first, last } }: FacetValue): number | null {
  let percent: number | null = null;
  for (let at = first; at < last; at++) {
    const { word } = field.tokens[at] as Token;
    const share = shareAt(field.tokens, at) ?? (isPercent(field.tokens, at) ? numberOf(word) : null);
    if (share !== null && share <= 100) percent = share;
  }
  return percent;
}

/** A share in words, with the figure before it: "a quarter", "three-quarters". */
function shareAt(tokens: readonly Token[], at: number): number | null {
  const share = SHARES.get((tokens[at] as Token).word);
  if (share === undefined) return null;
  const times = numberOf(tokens[at - 1]?.word ?? '') ?? 1;
  return Math.round(share * times < 100 ? share * times : share);
}

function isPercent(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return next !== undefined ? (next.sep & SEP.percent) !== 0 || next.word === 'percent' : endsInPercent(tokens, at);
}

/** The last word of a text has no word behind it that could carry the sign. */
function endsInPercent(tokens: readonly Token[], at: number): boolean {
  return at === tokens.length - 1;
}
