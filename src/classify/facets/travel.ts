import { numberOf } from '../../text/numbers.ts';
import { EMPLOYER_AND_LAW } from '../../text/sections.ts';
import { evidenceOfHit } from '../reading/hit.ts';
import { FacetValue, type PostingReading } from '../reading/posting.ts';
import type { Subject } from '../schema/names.ts';
import type { Finding } from './finding.ts';
import { isPercent } from './heard.ts';
import { longest, marksOf } from './marks.ts';

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
  const marks = marksOf(posting, 'travel_percent').filter(isOfThisJob);
  const found = (value: number, { hit }: FacetValue) => ({ value, evidence: [evidenceOfHit(hit)] });
  const labelled = marks.filter(({ value, hit }) => value === 'label' && hit.segment.kind === 'heading').map(behindLabel);
  const shares = longest(marks.filter(mark => mark.value === 'share' && percentIn(mark) !== undefined));
  const share = [...shares, ...labelled].find(mark => percentIn(mark) !== undefined);
  if (share) return found(percentIn(share) as number, share);
  const none = marks.find(({ value }) => value === 'none');
  return none ? found(0, none) : null;
}

function isOfThisJob({ hit, subject }: FacetValue): boolean {
  const { section } = hit.segment;
  return !EMPLOYER_AND_LAW.has(section) && section !== 'benefits' && !OTHER_TRAVELERS.has(subject);
}

/** Words behind a label in which its figure stands: "up to 25%", "approx. 10-20%". */
const LABEL_REACH = 4;

/** "Travel required: 25%": a label and the first words of what it labels. */
const behindLabel = ({ value, hit, statement }: FacetValue): FacetValue =>
  new FacetValue(value, { ...hit, last: Math.min(hit.field.tokens.length, hit.segment.last + LABEL_REACH) }, statement);

/** The last number of a share that is one in percent: "20%", "10 to 20 percent", "half", "two thirds". */
function percentIn({ hit: { field, first, last } }: FacetValue): number | undefined {
  const { tokens } = field;
  const shares = tokens.slice(first, last).map(({ word }, nth) => {
    const at = first + nth;
    const share = SHARES.get(word);
    if (share !== undefined) return Math.round(share * (numberOf(tokens[at - 1]?.word ?? '') ?? 1));
    return isPercent(field, at) || tokens[at + 1]?.word === 'percent' ? numberOf(word) : null;
  });
  return shares.findLast(share => share !== null && share <= 100) ?? undefined;
}
