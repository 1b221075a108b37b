import { evidenceOf } from '../../../text/document.ts';
import type { Evidence } from '../../../text/evidence.ts';
import type { Linear } from '../../../text/linear.ts';
import { Weigher } from '../../learned/ear.ts';
import { linearFile } from '../../learned/fitted-file.ts';
import { hearSentence, hitsOfSegments } from '../../learned/sentences.ts';
import type { RuleHit } from '../../reading/hit.ts';
import type { PostingReading } from '../../reading/posting.ts';

/** What a sentence does with the requirements: it `says` whatever it says, or `sends` the reader elsewhere or to later for them. */
export const SENDING = ['says', 'sends'] as const;
export const elsewhereFile = linearFile('elsewhere.yaml', SENDING);

/** The sentences that say that what is asked for is told elsewhere, later, or not yet. */
export function sentElsewhere(posting: PostingReading, linear: Linear): Evidence[] {
  const { text } = posting.document;
  const hits = hitsOfSegments(posting.hits);
  return text.segments.flatMap(segment => {
    const own = hits.get(segment) ?? [];
    const sent = own.some(putsOff) || sends(hearSentence(text, segment, own, new Weigher(linear)).scores());
    return sent ? [evidenceOf(text, segment.first, segment.last)] : [];
  });
}

/** Words that say it in so many words. */
const putsOff = ({ rule }: RuleHit): boolean => rule.fact === 'force deferred';

/** On sets left out a sentence that is less than four times as likely to send elsewhere as not was mostly one that tells how to apply. */
const SURE = 1.5;

export const sends = ([says = 0, sent = 0]: Float64Array): boolean => sent - says > SURE;
