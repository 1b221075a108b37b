import type { Kysely } from 'kysely';
import type { Pay } from '../posting/posting.ts';
import { addOpenAgain, addRaised, paidOtherwise } from '../store/digest/again.ts';
import type { Pending } from '../store/digest/match-postings.ts';
import type { Database } from '../store/schema.ts';

/**
 * Days for which a posting must have been closed before it is news that it is open again: the longest rhythm, so that everybody could have
 * missed it from a mail. What a board loses and shows again within a week was never away for its readers.
 */
export const AWAY_DAYS = 7;
/** Days in which a posting is told again at most once, and at most once for a raise. */
const ONCE_IN_DAYS = 30;
/** By how much a bound must rise: less is what conversions between hour and year, and rounding, make of the same pay. */
const RAISE = 1.02;

/**
 * Puts on the ledger what is told again of postings that subscriptions know: that they are open again, and that they pay more than was told.
 * Returns how many lines that makes.
 */
export async function noteAgain(trx: Kysely<Database>, pending: readonly Pending[], now: Date): Promise<number> {
  const again = { now, notSince: new Date(now.getTime() - ONCE_IN_DAYS * 86_400_000) };
  const reopened = pending.filter(posting => posting.reopened).map(({ id }) => id);
  const opened = reopened.length > 0 ? await addOpenAgain(trx, reopened, again) : 0;
  const changes = await paidOtherwise(
    trx,
    pending.map(({ id }) => id),
  );
  const raises = changes.filter(({ told, pay }) => isRaise(told, pay));
  return opened + (raises.length > 0 ? await addRaised(trx, raises, again) : 0);
}

/** Whether the pay stated now is higher: a bound rose by a margin that no rounding makes, and none fell. Of one currency and interval only. */
export function isRaise(before: Pay | null, now: Pay | null): boolean {
  if (!before || !now || before.currency !== now.currency || before.interval !== now.interval) return false;
  const bounds = (['min', 'max'] as const).map(name => [before[name], now[name]] as const);
  const fell = bounds.some(([old, fresh]) => old !== null && fresh !== null && fresh < old);
  return !fell && bounds.some(([old, fresh]) => old !== null && fresh !== null && old > 0 && fresh >= old * RAISE);
}
