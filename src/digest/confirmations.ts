import type { WishPolicy } from '../store/digest/wishes.ts';

/** How long the link of a confirmation works. */
export const CONFIRM_HOURS = 48;
/** Confirmations nobody has used: so many a mailbox within so many hours, or the form would be a way to flood somebody else's. */
const MOST_UNUSED = [
  { mails: 1, hours: 1 },
  { mails: 3, hours: 24 },
];
/** One that had to wait longer is not sent at all. */
const LONGEST_WAIT_HOURS = 24;

/** Until when a link that is mailed now works. Pure. */
export function confirmUntil(now: Date): Date {
  return hoursFrom(now, CONFIRM_HOURS);
}

/** When a mailbox may get another confirmation, given the times of those nobody has used; null when that is more than a day away. Pure. */
export function nextConfirmation(unused: readonly Date[], now: Date): Date | null {
  const newest = unused.map(time => time.getTime()).sort((a, b) => b - a);
  const free = MOST_UNUSED.map(({ mails, hours }) => hoursFrom(new Date(newest[mails - 1] ?? 0), hours).getTime());
  const at = new Date(Math.max(now.getTime(), ...free));
  return at > hoursFrom(now, LONGEST_WAIT_HOURS) ? null : at;
}

/** Subscriptions a mailbox may have, the ones waiting for confirmation included, and how often it may be asked. */
export const WISHES: WishPolicy = { mostPerMailbox: 20, confirmUntil, nextConfirmation };

function hoursFrom(now: Date, hours: number): Date {
  return new Date(now.getTime() + hours * 3_600_000);
}
