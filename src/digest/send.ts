import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { messageOf } from '../errors.ts';
import type { Site } from '../feed/site.ts';
import type { Clock } from '../store/clock.ts';
import { beginSending, type Claim, claimNext, endClaim, recover } from '../store/digest/outbox.ts';
import { askWishes } from '../store/digest/wishes.ts';
import type { Database } from '../store/schema.ts';
import { during, type Operations } from '../telemetry/operations.ts';
import { type Channel, folderChannel } from './channel.ts';
import { confirmUntil } from './confirmations.ts';
import { digestOf, type KnownPostings } from './digest-contents.ts';
import type { Keyring } from './keys.ts';
import { confirmLink, linksOf } from './links.ts';
import type { Mail } from './mail.ts';
import { confirmMail, quietMail } from './mail-notes.ts';
import { type Message, mimeOf } from './message.ts';
import type { MailSettings } from './settings.ts';
import { MOST_INTERRUPTED, type SendReport, settle, settleUnmade, type Tally } from './settle.ts';
import { redacted, smtpChannel } from './smtp.ts';
import { tasteOf } from './taste.ts';

export const QUIET_DAYS = 60;

/** A mail that no answer has come for until then is taken to be interrupted. */
const LEASE_MS = 5 * 60_000;
/** Somebody who wants mails at an address that bounced may be asked once so often. */
const ASK_BOUNCED_MS = 7 * 86_400_000;
/** Connections at a time. A slow rate needs one only, and no claim then waits long for its turn. */
const LANES = 4;
const PER_LANE = 15;
export type Sender = {
  db: Kysely<Database>;
  site: Site;
  keys: Keyring;
  settings: MailSettings;
  clock: Clock;
  signal?: AbortSignal | undefined;
  /** For tests: shorter leases, another way out. */
  leaseMs?: number | undefined;
  channel?: (() => Channel) | undefined;
};

/** Sends what is ready, at the rate that is set, until nothing is left or the server wants no more. */
export async function sendReady(sender: Sender): Promise<SendReport> {
  const { db, clock, settings, signal } = sender;
  const report: SendReport = { sent: 0, written: 0, later: 0, failed: 0, blocked: 0, unknown: 0, skipped: 0, stopped: null };
  report.unknown += (await recover(db, { now: await clock(), most: MOST_INTERRUPTED })).unknown;
  const run: Run = {
    report,
    postings: new Map(),
    refusing: new Set(),
    turn: pace(settings.smtpUrl === null ? 0 : 60_000 / settings.perMinute, signal),
  };
  const lane = async () => {
    const channel = sender.channel?.() ?? (settings.smtpUrl === null ? folderChannel(settings.folder) : smtpChannel(settings.smtpUrl));
    try {
      while (report.stopped === null) {
        signal?.throwIfAborted();
        const now = await clock();
        const claim = await claimNext(db, {
          now,
          leaseUntil: leaseOf(sender, now),
          bouncedBefore: new Date(now.getTime() - ASK_BOUNCED_MS),
        });
        if (!claim) return;
        await during('mail', { kind: claim.kind }, facts => sendOne(sender, channel, claim, run, facts));
      }
    } finally {
      await channel.close();
    }
  };
  const lanes = settings.smtpUrl === null ? 1 : Math.min(LANES, Math.ceil(settings.perMinute / PER_LANE));
  await Promise.all(Array.from({ length: lanes }, lane));
  return report;
}

type Run = Tally & { postings: KnownPostings; turn: () => Promise<void> };

async function sendOne(sender: Sender, channel: Channel, claim: Claim, run: Run, facts: Operations['mail']): Promise<void> {
  const { db, keys, settings, clock } = sender;
  let message: Message;
  try {
    const mail = await mailFor(sender, claim, run.postings);
    if (!mail) {
      const response = claim.kind === 'confirm' ? 'nothing is left to confirm' : 'every posting in it has closed';
      await endClaim(db, claim, { status: 'skipped', response, now: await clock(), told: false });
      run.report.skipped += 1;
      facts.result = 'skipped';
      return;
    }
    message = await mimeOf(mail, claim, { settings, keys });
  } catch (error) {
    facts.result = 'unmade';
    // One mail that cannot be made must not hold up all others.
    return settleUnmade(sender, claim, redacted(`could not be made: ${messageOf(error)}`), run.report);
  }
  await run.turn();
  const reply = await channel.deliver(message, claim.id, async () => beginSending(db, claim, leaseOf(sender, await clock())));
  facts.result = reply.result;
  await settle(sender, claim, reply, run);
}

/** The mail of a delivery; null when nothing in it is open, or to be confirmed, any more. */
async function mailFor({ db, site, keys, settings, clock }: Sender, claim: Claim, known: Run['postings']): Promise<Mail | null> {
  const { query, kind, every, weekday, hour, zone } = claim;
  const base = { site, query, rhythm: { every, weekday, hour, zone }, postalAddress: settings.postalAddress };
  if (kind === 'confirm') {
    const now = await clock();
    const wishes = await askWishes(db, claim.subscription_id, { now, expires: confirmUntil(now) });
    if (wishes.length === 0 || claim.confirm_id === null) return null;
    const taste = await tasteOf(db, wishes[0]!.query);
    return confirmMail({ ...base, wishes, taste, now: claim.dated_at, link: confirmLink(site, keys, claim.confirm_id) });
  }
  if (kind === 'quiet') return quietMail({ ...base, links: linksOf(site, keys, claim.subscription_id), days: QUIET_DAYS });
  return await digestOf({ db, site, keys, known, postalAddress: settings.postalAddress }, claim);
}

/** Lets one through at a time, so many milliseconds apart. */
function pace(ms: number, signal: AbortSignal | undefined): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = performance.now();
    const wait = next - now;
    next = Math.max(next, now) + ms;
    if (wait > 0) await sleep(wait, undefined, { signal });
  };
}

function leaseOf({ leaseMs = LEASE_MS }: Sender, now: Date): Date {
  return new Date(now.getTime() + leaseMs);
}
