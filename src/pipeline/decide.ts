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
  /** Keys a suspicious visit would have closed; the next visit that hears of them must agree. */
  hold: string[];
  /** Keys that an operator keeps open, and that stay so. */
  keep: string[];
};

/** A visit that would close more than half of a source's open postings, and more than this many, is held. */
export const HOLD_ABOVE = 5;

type Stored = {
  completeness: 'authoritative' | 'truncated' | 'sampled';
  open: ReadonlySet<string>;
  held: readonly string[] | null;
  kept?: readonly string[] | null;
  usual?: number | null;
};

/**
 * What a visit means for the stored postings. Only a complete reading of an authoritative listing closes by absence, and what the board says is
 * gone is closed in any case; but a visit that would close too much is `suspicious` and closes nothing until a second one agrees, or an operator.
 * @param open keys of the source's open postings before this visit
 * @param held keys that visits before would have closed, when they were suspicious
 * @param kept keys of a closing that an operator refused: they neither close nor are held again while the board shows none of them
 * @param usual the median of what the complete visits before listed; null when there are too few of them
 */
export function decide(visited: Visited, { completeness, open, held, kept = null, usual = null }: Stored): VisitDecision {
  const keep = keptStill(visited, kept ?? [], open);
  const plain = { ...withoutDoubt(visited, completeness, keep.size), keep: [...keep] };
  const agreed = new Set(held ?? []);
  const gone = [...visited.gone].filter(key => open.has(key) && !keep.has(key));
  const provesAbsence = visited.listing.end === 'complete' && completeness === 'authoritative';
  const missing = provesAbsence ? [...open].filter(key => !visited.seen.has(key) && !visited.gone.has(key) && !keep.has(key)) : [];
  const closing = [...gone, ...missing];
  // A listing that proves no absence settles nothing of a held posting that it did not show and that nobody looked at.
  const isUnheard = (key: string) => open.has(key) && !visited.seen.has(key) && !visited.answers.has(key);
  const waiting = provesAbsence ? [] : [...agreed].filter(isUnheard);
  const doubt = doubtOf(visited, closing.length, open.size, provesAbsence ? usual : null);
  if (doubt === null) return { ...plain, close: missing, gone, hold: waiting };
  const fresh = closing.filter(key => !agreed.has(key));
  const again = closing.length - fresh.length;
  if (again === 0 || fresh.length > HOLD_ABOVE) {
    const reason = `${closing.length} of ${open.size} open postings would close at once${doubt}; held until a second visit agrees`;
    return { ...plain, outcome: 'suspicious', reason, close: [], gone: [], hold: [...closing, ...waiting] };
  }
  const reason = [plain.reason, `a second visit misses the same ${again} postings`].filter(Boolean).join('; ');
  const isAgreed = (key: string) => agreed.has(key);
  return { ...plain, reason, close: missing.filter(isAgreed), gone: gone.filter(isAgreed), hold: [...fresh, ...waiting] };
}

/**
 * An operator judged a board as it was: what of it is there again shows that it is another by now, and all it does not list is judged anew. A
 * listing that has not changed shows nothing, though all that is open counts as seen by it.
 */
function keptStill({ listing, seen }: Visited, kept: readonly string[], open: Stored['open']): Set<string> {
  const isAnother = listing.end !== 'unmodified' && kept.some(key => seen.has(key));
  return new Set(isAnother ? [] : kept.filter(key => open.has(key)));
}

/** What a visit is when it closes no more than visits do. */
function withoutDoubt(
  { listing }: Visited,
  completeness: Stored['completeness'],
  kept: number,
): Pick<VisitDecision, 'outcome' | 'reason' | 'code'> {
  const { end, code, reason } = listing;
  if (end === 'unmodified') return { outcome: 'complete', reason: 'the listing has not changed since the last visit', code };
  // A board that is gone is one 404, and a 404 may be a moment's fault: the scheduler asks again before anything is concluded.
  if (end !== 'complete') return { outcome: end, reason, code };
  if (completeness !== 'authoritative') return { outcome: end, reason: `a ${completeness} listing: absence proves nothing`, code };
  return { outcome: end, reason: kept > 0 ? `an operator keeps ${kept} postings open that it does not list` : '', code };
}

/**
 * Why so many closings are doubted, as a clause that may be empty; null when they are not. Besides most of what is open it is most pages of
 * single postings at once that a sick system answers for as gone, and a listing far below the usual.
 */
function doubtOf({ seen, answers }: Visited, closing: number, open: number, usual: number | null): string | null {
  if (closing <= HOLD_ABOVE) return null;
  const gone = [...answers.values()].filter(answer => answer === 'gone').length;
  if (gone > HOLD_ABOVE && gone > answers.size / 2) return ` (${gone} of ${answers.size} pages of single postings say so)`;
  if (usual !== null && seen.size < usual * SHRINKING_BELOW) return ` (${seen.size} listed, ${usual} is usual)`;
  return closing > open / 2 ? '' : null;
}
