import type { Token } from '../../text/lexer.ts';
import { numberOf } from '../../text/numbers.ts';
import { EMPLOYER_AND_LAW } from '../../text/sections.ts';
import { evidenceOfHit } from '../reading/hit.ts';
import type { FacetValue, PostingReading } from '../reading/posting.ts';
import type { Finding } from './finding.ts';
import { bySegment, marksOf } from './marks.ts';

/** More than anybody is asked to lift alone; such figures are of patients, equipment or vehicles. */
const MOST_POUNDS = 150;

/** The heaviest weight the job asks one to lift, carry, push or pull, in pounds; 0 for "no lifting". */
export function readLifting(posting: PostingReading): Finding<number> | null {
  const marks = marksOf(posting, 'lifting_pounds').filter(({ hit }) => !EMPLOYER_AND_LAW.has(hit.segment.section));
  let heaviest: Finding<number> | null = null;
  for (const own of bySegment(marks).values()) {
    if (!own.some(({ value }) => value === 'moves')) continue;
    for (const mark of own.filter(({ value }) => value === 'pounds')) {
      const pounds = poundsIn(mark);
      if (pounds === 0 || pounds > MOST_POUNDS || (heaviest && heaviest.value >= pounds)) continue;
      heaviest = { value: pounds, evidence: [evidenceOfHit(mark.hit)] };
    }
  }
  if (heaviest) return heaviest;
  const none = marks.find(({ value }) => value === 'none');
  return none ? { value: 0, evidence: [evidenceOfHit(none.hit)] } : null;
}

/** The upper end of a weight: 25 of "10 to 25 pounds". */
function poundsIn({ hit: { field, first, last } }: FacetValue): number {
  return Math.max(0, ...field.tokens.slice(first, last).map(({ word }: Token) => numberOf(word) ?? 0));
}
