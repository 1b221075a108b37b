import type { Kysely } from 'kysely';
import type { Clock } from '../store/clock.ts';
import { endAddress } from '../store/digest/addresses.ts';
import { type Claim, endClaim, recover } from '../store/digest/outbox.ts';
import { countFailure, forgetFailures } from '../store/digest/sections.ts';
import { endSubscription } from '../store/digest/subscriptions.ts';
import type { Database } from '../store/schema.ts';
import type { Reply } from './channel.ts';
import { addressHashes, type Keyring } from './keys.ts';
import { DOUBT_DAYS, doubted, refusedBy, takenBy } from './trouble.ts';

/** Waits between the tries of a mail that the server puts off; after the last it has failed. */
const DEFERRALS_MINUTES = [5, 15, 60, 240, 480, 720];
/** Mails in a row that were refused for good before no more are sent. */
export const MOST_REFUSED = 3;
/** The same of mails that were put off until they failed: somebody on holiday with a full mailbox is a reader still. */
export const MOST_PUT_OFF = 5;
/** Waits between the tries of a mail whose recipient's side refuses us: behind the others of its domain, which are tried first. */
const BLOCKED_MINUTES = [16, 61, 241, 721];
/** A mail that nobody takes until then, for reasons of ours or none that is sure, has failed. */
const OPEN_DAYS = 7;
/** A mail may be interrupted so often before only the operator can say what became of it: so it is sent twice at most. */
export const MOST_INTERRUPTED = 2;
/** Domains that refuse us one after the other, with nothing taken in between, before the pass ends. */
const MOST_REFUSING = 3;

export type SendReport = {
  sent: number;
  written: number;
  later: number;
  failed: number;
  /** Not sent, because the recipient's side refuses us as a sender; they stay due. */
  blocked: number;
  unknown: number;
  skipped: number;
  stopped: string | null;
};

/** What a pass keeps count of. */
export type Tally = {
  report: SendReport;
  /** Domains that have refused us since a mail was taken. */
  refusing: Set<string>;
};

type Ground = { db: Kysely<Database>; keys: Keyring; clock: Clock };
type Settling = { db: Kysely<Database>; keys: Keyring; now: Date; claim: Claim; response: string; domain: string; tally: Tally };

/** Writes down what became of a mail, and what follows for the subscription. */
export async function settle(ground: Ground, claim: Claim, { result, response }: Reply, tally: Tally): Promise<void> {
  const domain = claim.email.slice(claim.email.lastIndexOf('@') + 1);
  const { db, keys } = ground;
  await OUTCOMES[result]({ db, keys, now: await ground.clock(), claim, response, domain, tally });
}

/** The same of a mail that could not be made: put off like one the server puts off. That is our fault, and never the subscription's. */
export async function settleUnmade({ db, clock }: Ground, claim: Claim, response: string, report: SendReport): Promise<void> {
  const now = await clock();
  const wait = DEFERRALS_MINUTES[claim.deferrals];
  if (wait === undefined) await endClaim(db, claim, { status: 'failed', response, now, told: false });
  else await endClaim(db, claim, { status: 'ready', response, again: minutesFrom(now, wait), deferred: true });
  report[wait === undefined ? 'failed' : 'later'] += 1;
}

const OUTCOMES: Record<Reply['result'], (settling: Settling) => Promise<void>> = {
  accepted: settling => taken(settling, 'sent'),
  written: settling => taken(settling, 'written'),
  later: async settling => {
    if (!(await putOff(settling))) await giveUp(settling, { most: MOST_PUT_OFF });
  },
  throttled: async settling => {
    if (!(await putOff(settling))) await blocked(settling);
  },
  no_mailbox: noMailbox,
  doubtful,
  refused: settling => giveUp(settling, { most: MOST_REFUSED, dropsLast: true }),
  blocked,
  stop: stopped,
  denied: async settling => {
    await refusedBy(settling.db, { scope: '', response: settling.response }, settling.now);
    await stopped(settling);
  },
  unanswered: async ({ db, claim, now, tally }) => {
    const { unknown } = await recover(db, { now, most: MOST_INTERRUPTED, again: minutesFrom(now, 5), claim });
    tally.report[unknown > 0 ? 'unknown' : 'later'] += 1;
  },
  lost: async () => undefined,
};

async function taken({ db, claim, now, response, domain, tally }: Settling, status: 'sent' | 'written'): Promise<void> {
  await endClaim(db, claim, { status, response, now });
  await forgetFailures(db, claim.id);
  await takenBy(db, domain, now);
  tally.refusing.clear();
  tally.report[status] += 1;
}

async function stopped({ db, claim, now, response, tally }: Settling): Promise<void> {
  await endClaim(db, claim, { status: 'ready', response, again: minutesFrom(now, 1), deferred: false });
  tally.report.stopped ??= response;
}

/** False when it was put off often enough. */
async function putOff({ db, claim, now, response, tally }: Settling): Promise<boolean> {
  const wait = DEFERRALS_MINUTES[claim.deferrals];
  if (wait === undefined) return false;
  await endClaim(db, claim, { status: 'ready', response, again: minutesFrom(now, wait), deferred: true });
  tally.report.later += 1;
  return true;
}

async function doubtful(settling: Settling): Promise<void> {
  const { db, claim, now, response, tally } = settling;
  const doubt = await doubted(db, claim.subscription_id, now);
  if (doubt === 'gone') return noMailbox(settling);
  if (doubt === 'domain') return blocked(settling);
  const over = isOver(settling);
  if (over) await endClaim(db, claim, { status: 'failed', response, now, told: false });
  else await endClaim(db, claim, { status: 'ready', response, again: minutesFrom(now, DOUBT_DAYS * 1440), deferred: true });
  tally.report[over ? 'failed' : 'later'] += 1;
}

async function noMailbox({ db, keys, claim, now, response, tally }: Settling): Promise<void> {
  await endClaim(db, claim, { status: 'failed', response, now, told: false });
  await endAddress(db, { email: claim.email, hashes: addressHashes(keys, claim.email) }, 'bounced', now);
  tally.report.failed += 1;
}

/** The mail stays due, behind the others of its domain. */
async function blocked(settling: Settling): Promise<void> {
  const { db, claim, now, response, domain, tally } = settling;
  await refusedBy(db, { scope: domain, response }, now);
  const again = BLOCKED_MINUTES[Math.min(claim.deferrals, BLOCKED_MINUTES.length - 1)]!;
  if (isOver(settling)) await endClaim(db, claim, { status: 'failed', response, now, told: false });
  else await endClaim(db, claim, { status: 'ready', response, again: minutesFrom(now, again), deferred: true });
  tally.report.blocked += 1;
  // Several in a row: it is not about one of them.
  if (tally.refusing.add(domain).size >= MOST_REFUSING) tally.report.stopped ??= response;
}

function isOver({ claim, now }: Settling): boolean {
  return now.getTime() - claim.due_at.getTime() > OPEN_DAYS * 86_400_000;
}

/** The next mail tells what this one was to. `dropsLast`: what was refused for what it is `most` times in a row counts as told. */
async function giveUp(
  { db, claim, now, response, tally }: Settling,
  { most, dropsLast = false }: { most: number; dropsLast?: boolean },
): Promise<void> {
  const counted = await countFailure(db, claim.id);
  const over = counted.filter(({ failures }) => failures >= most);
  await endClaim(db, claim, { status: 'failed', response, now, told: dropsLast && over.length === counted.length });
  for (const { id } of over) await endSubscription(db, id, 'bounced', now);
  tally.report.failed += 1;
}

function minutesFrom(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000);
}
