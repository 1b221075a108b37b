import type { Visited } from '../crawlers/visit/visit-board.ts';
import type { ErrorCode } from '../errors.ts';
import type { VisitOutcome } from './outcome.ts';
import { SHRINKING_BELOW } from './source-health.ts';

export type VisitDecision = {
  outcome: VisitOutcome;
  reason: string;
  code: ErrorCode | null;
  /** Keys to close because a whole listing does not have them any more. */
  close: string[];
  /** Keys to close because the board says so itself. */
  gone: string[];
  /** Keys a suspicious visit would have closed; the next visit must agree. */
  hold: string[];
};

/** A visit that would close more than half of a source's open postings, and more than this many, is held. */
export const HOLD_ABOVE = 5;

/**
 * What a visit means for the stored postings. Only a complete reading of an authoritative listing closes by absence;
 * one that would close too much is `suspicious` and closes nothing until a second visit misses the same postings.
 * @param open keys of the source's open postings before this visit
 * @param held keys the visit before would have closed, when it was suspicious
 * @param usual the median of what the complete visits before listed; null when there are too few of them
 */
export function decide(
  visited: Visited,
  options: {
    completeness: 'authoritative' | 'truncated' | 'sampled';
    open: ReadonlySet<string>;
    held: readonly string[] | null;
    usual?: number | null;
  },
): VisitDecision {
  const { listing } = visited;
  const gone = [...visited.gone].filter(key => options.open.has(key));
  const none = { close: [], gone, hold: [], code: listing.code };
  if (listing.end === 'unmodified') return { ...none, outcome: 'complete', reason: 'the listing has not changed since the last visit' };
  // A board that is gone is one 404, and a 404 may be a moment's fault: the scheduler asks again before anything is concluded.
  if (listing.end !== 'complete') return { ...none, outcome: listing.end, reason: listing.reason };
  if (options.completeness !== 'authoritative')
    return { ...none, outcome: 'complete', reason: `a ${options.completeness} listing: absence proves nothing` };
  const missing = [...options.open].filter(key => !visited.seen.has(key));
  const shrunk = options.usual != null && visited.seen.size < options.usual * SHRINKING_BELOW;
  const tooMany = missing.length > HOLD_ABOVE && (missing.length > options.open.size / 2 || shrunk);
  if (!tooMany) return { ...none, outcome: 'complete', reason: '', close: missing };
  const agreed = new Set(options.held ?? []);
  const close = missing.filter(key => agreed.has(key));
  const hold = missing.filter(key => !agreed.has(key));
  if (close.length > 0 && hold.length <= HOLD_ABOVE) {
    return { ...none, outcome: 'complete', reason: `a second visit misses the same ${close.length} postings`, close, hold };
  }
  return {
    ...none,
    outcome: 'suspicious',
    reason: `${missing.length} of ${options.open.size} open postings would close at once${
      shrunk ? ` (${visited.seen.size} listed, ${options.usual} is usual)` : ''
    }; held until a second visit agrees`,
    hold: missing,
  };
}
