import type { Kysely } from 'kysely';
import { doubtMailbox, endTrouble, type Hold, noteTrouble } from '../store/digest/mail-troubles.ts';
import type { Database } from '../store/schema.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Waits before a domain that refuses us is tried again. */
const HOLD_MINUTES = [15, 60, 240, 720];
/** Refusals in a row that are held to be about one mailbox, where the domain took other mails within a day. */
const MOST_PERSONAL = 3;
const TAKEN_WITHIN_HOURS = 24;
/** A returned mail comes hours after our own server took it; only then does an acceptance prove something. */
export const PROVEN_HOURS = 24;
/** Days between two replies of "perhaps no such mailbox" that together are believed. */
export const DOUBT_DAYS = 2;

/** What a doubtful reply comes to: `open` still, `gone`: the mailbox is not there, `domain`: it is about us, whatever the mailbox. */
type Doubt = 'open' | 'gone' | 'domain';

/**
 * For how long a domain (or our own server) that refuses us once more is left alone: longer each time. Nothing is held where others of the
 * domain got theirs within a day (`taken`), unless it happens three times in a row. Pure.
 * @param before what was known of it; `refusals` is 0 at the first
 */
export function holdAfter(before: Hold & { refusals: number }, taken: boolean, now: Date): Hold {
  // Refusals while it is held are those of mails that were under way before.
  if (before.until > now) return before;
  const personal = before.rounds === 0 && (before.refusals === 0 ? taken : before.refusals + 1 < MOST_PERSONAL);
  if (personal) return before;
  const minutes = HOLD_MINUTES[Math.min(before.rounds, HOLD_MINUTES.length - 1)]!;
  return { rounds: before.rounds + 1, until: new Date(now.getTime() + minutes * MINUTE_MS) };
}

/**
 * What a reply comes to that left open whether the mailbox is there. A domain that says so of several mailboxes and takes nothing in between
 * means us. Of one mailbox it is believed days later, when the domain has taken another's mail since; where nobody else there could get one,
 * without that. Pure.
 */
export function judgeDoubt(known: NonNullable<Awaited<ReturnType<typeof doubtMailbox>>>, now: Date): Doubt {
  if (known.refusesOthers) return 'domain';
  if (known.since.getTime() > now.getTime() - DOUBT_DAYS * 24 * HOUR_MS) return 'open';
  return !known.others || known.takenSince ? 'gone' : 'open';
}

/** Notes that a domain (or, with an empty scope, our own server) refuses us. `returned`: a report said so. */
export async function refusedBy(
  db: Kysely<Database>,
  refusal: { scope: string; response: string; returned?: boolean },
  now: Date,
): Promise<void> {
  const takenSince = new Date(now.getTime() - TAKEN_WITHIN_HOURS * HOUR_MS);
  await noteTrouble(db, refusal, { now, takenSince, hold: (before, taken) => holdAfter(before, taken, now) });
}

/** Forgets a domain's refusals, and those of our own server, when a mail to that domain was taken. */
export async function takenBy(db: Kysely<Database>, domain: string, now: Date): Promise<void> {
  await endTrouble(db, domain, new Date(now.getTime() - PROVEN_HOURS * HOUR_MS));
}

/** Notes a doubtful reply. `provenHours`: an acceptance younger than that proves nothing, as the mail may still come back. */
export async function doubted(db: Kysely<Database>, subscriptionId: string, now: Date, provenHours = 0): Promise<Doubt> {
  const known = await doubtMailbox(db, subscriptionId, { now, provenBefore: new Date(now.getTime() - provenHours * HOUR_MS) });
  return known ? judgeDoubt(known, now) : 'open';
}
