import type { Suppression } from '../store/digest/addresses.ts';
import type { KeptSince } from '../store/digest/subscriptions.ts';

/** Days for which things are kept: a bounced mailbox so long, as an address may be given to somebody else. */
const DAYS = {
  /** Wishes whose confirmation has expired. */
  unconfirmed: 7,
  /** Subscriptions that have ended. */
  ended: 30,
  deliveries: 400,
  /** Mailboxes that are not there. */
  bounces: 90,
  /** Refusals of us as a sender that nothing has followed: with nobody left to write to, nothing would end them. */
  refusals: 7,
};
const DAY_MS = 86_400_000;

/** What is older than these moments is deleted. Pure. */
export function keptSince(now: Date): KeptSince {
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  return {
    unconfirmed: ago(DAYS.unconfirmed),
    ended: ago(DAYS.ended),
    deliveries: ago(DAYS.deliveries),
    bounces: ago(DAYS.bounces),
    refusals: ago(DAYS.refusals),
  };
}

/** Suppressions with the moment each is forgotten; null for those that stay for good. Pure. */
export function withEnd(suppressions: readonly Suppression[]): (Suppression & { until: Date | null })[] {
  return suppressions.map(suppression => ({
    ...suppression,
    until: suppression.reason === 'bounce' ? new Date(suppression.since.getTime() + DAYS.bounces * DAY_MS) : null,
  }));
}
