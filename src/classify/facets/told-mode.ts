import type { WorkMode } from '../../posting/posting.ts';
import { evidenceOf } from '../../text/document.ts';
import { type Linear, linearFile, weigh } from '../linear.ts';
import type { PostingReading } from '../read-posting.ts';
import { bySegment, hearSentence } from '../sentences.ts';
import type { Finding } from './finding.ts';

/** What a sentence tells of where the work is done. */
export const TOLD = ['nothing', 'remote', 'hybrid', 'onsite'] as const;
export const modeFile = linearFile('mode.yaml', TOLD);

/** A sentence less sure than this mostly spoke of something else, on sets left out. */
const SURE = 0.5;

/** The mode that the words of one sentence speak for most, where no rule reads any. */
export function toldMode(posting: PostingReading, linear: Linear): Finding<WorkMode> | null {
  const { text } = posting.document;
  const hits = bySegment(posting.hits);
  let best: Finding<WorkMode> | null = null;
  let most = SURE;
  for (const segment of text.segments) {
    const scores = weigh(hearSentence(text, segment, hits.get(segment) ?? []), linear);
    for (let told = 1; told < TOLD.length; told++) {
      const lead = (scores[told] as number) - (scores[0] as number);
      if (lead <= most) continue;
      most = lead;
      best = { value: TOLD[told] as WorkMode, evidence: [evidenceOf(text, segment.first, segment.last)], rule: 'mode.told' };
    }
  }
  return best;
}
