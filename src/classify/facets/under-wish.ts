import type { Segment } from '../../text/document.ts';
import { type FacetValue, type PostingReading, valuesOf } from '../read-posting.ts';
import type { ForceWords } from './wish.ts';

/** A line that leads a list is no longer than this: "Other qualifications that would help". */
const LONGEST_LEAD = 8;
/** What ends a line that is a sentence of its own, and so leads none. */
const ENDS: ReadonlySet<string> = new Set(['.', ';', ',', '!']);

/**
 * The sentences under a line that calls what follows liked ("What is a plus", "Helpful, not needed") though it is no known heading: a short
 * line of its own that is no item while items stand before or behind it. They end with the list, or where a heading begins.
 */
export function underWish(posting: PostingReading, words: ForceWords): ReadonlySet<Segment> {
  const { segments, raw } = posting.document.text;
  const liked = new Set(
    valuesOf(posting, 'certifications')
      .filter(isWish)
      .map(({ hit }) => hit.segment),
  );
  const under = new Set<Segment>();
  let open: { kind: Segment['kind'] | undefined; section: Segment['section'] } | null = null;
  for (const [at, segment] of segments.entries()) {
    const [before, next] = [segments[at - 1], segments[at + 1]];
    const isAlone = before?.block !== segment.block && next?.block !== segment.block && !ENDS.has(raw.charAt(segment.end));
    const isBesideList = segment.kind === 'sentence' && (next?.kind === 'item' || before?.kind === 'item');
    const isLead = isAlone && isBesideList && segment.last - segment.first <= LONGEST_LEAD && likes(segment, words, liked);
    if (isLead) open = { kind: next?.kind, section: segment.section };
    else if (open && segment.kind === open.kind && segment.section === open.section) under.add(segment);
    else open = null;
  }
  return under;
}

const isWish = ({ value }: FacetValue): boolean => value === 'wish';

/** Whether a line likes something and demands nothing. */
function likes(segment: Segment, words: ForceWords, liked: ReadonlySet<Segment>): boolean {
  const forces = (words.get(segment) ?? []).map(({ force }) => force);
  return (liked.has(segment) || forces.includes('wished')) && !forces.includes('demanded');
}
