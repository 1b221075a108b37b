import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { messageOf } from '../errors.ts';
import type { Site } from '../feed/site.ts';
import type { Clock } from '../store/clock.ts';
import { itemsOf } from '../store/digest-items.ts';
import { type FeedPosting, feedPosting } from '../store/feed.ts';
import { beginSending, type Claim, claimNext, countFailure, endClaim, recover } from '../store/outbox.ts';
import type { Database } from '../store/schema.ts';
import { endAddress, endSubscription } from '../store/subscriptions.ts';
import { type Channel, folderChannel, type Reply } from './channel.ts';
import { addressHashes, type Keyring } from './keys.ts';
import { confirmLink, linksOf } from './links.ts';
import type { Mail } from './mail.ts';
import { digestMail } from './mail-digest.ts';
import { confirmMail, quietMail } from './mail-notes.ts';
import { type Message, mimeOf } from './message.ts';
import type { MailSettings } from './settings.ts';
import { redacted, smtpChannel } from './smtp.ts';

export const QUIET_DAYS = 60;

/** A mail that no answer has come for until then is taken to be interrupted. */
const LEASE_MS = 5 * 60_000;
/** Connections at a time. A slow rate needs one only, and no claim then waits long for its turn. */
const LANES = 4;
const PER_LANE = 15;
/** Waits between the tries of a mail that the server puts off; after the last it has failed. */
const DEFERRALS_MINUTES = [5, 15, 60, 240, 480, 720];
/** Mails in a row that were refused for good before no more are sent. */
const MOST_REFUSED = 3;

export type SendReport = {
  sent: number;
  written: number;
  later: number;
  failed: number;
  unknown: number;
  skipped: number;
  stopped: string | null;
};

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
  const report: SendReport = { sent: 0, written: 0, later: 0, failed: 0, unknown: 0, skipped: 0, stopped: null };
  report.unknown += (await recover(db, await clock())).unknown;
  const postings = new Map<string, Promise<FeedPosting | null>>();
  const turn = pace(settings.smtpUrl === null ? 0 : 60_000 / settings.perMinute, signal);
  const lane = async () => {
    const channel = sender.channel?.() ?? (settings.smtpUrl === null ? folderChannel(settings.folder) : smtpChannel(settings.smtpUrl));
    try {
      while (report.stopped === null) {
        signal?.throwIfAborted();
        const now = await clock();
        const claim = await claimNext(db, now, leaseOf(sender, now));
        if (!claim) return;
        await sendOne(sender, channel, claim, { report, postings, turn });
      }
    } finally {
      await channel.close();
    }
  };
  const lanes = settings.smtpUrl === null ? 1 : Math.min(LANES, Math.ceil(settings.perMinute / PER_LANE));
  await Promise.all(Array.from({ length: lanes }, lane));
  return report;
}

type Run = { report: SendReport; postings: Map<string, Promise<FeedPosting | null>>; turn: () => Promise<void> };

async function sendOne(sender: Sender, channel: Channel, claim: Claim, { report, postings, turn }: Run): Promise<void> {
  const { db, site, keys, settings, clock } = sender;
  let message: Message;
  try {
    const mail = await mailOf(sender, claim, postings);
    if (!mail) {
      await endClaim(db, claim, { status: 'skipped', response: 'every posting in it has closed', now: await clock() });
      report.skipped += 1;
      return;
    }
    message = await mimeOf(mail, claim, linksOf(site, keys, claim.subscription_id), settings, keys);
  } catch (error) {
    // One mail that cannot be made must not hold up all others: it is put off like one the server puts off.
    return settle(sender, claim, { result: 'later', response: redacted(`could not be made: ${messageOf(error)}`) }, report);
  }
  await turn();
  const reply = await channel.deliver(message, claim.id, async () => beginSending(db, claim, leaseOf(sender, await clock())));
  await settle(sender, claim, reply, report);
}

/** Writes down what became of a mail, and what follows for the subscription. */
async function settle({ db, keys, clock }: Sender, claim: Claim, { result, response }: Reply, report: SendReport): Promise<void> {
  const now = await clock();
  const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  if (result === 'accepted' || result === 'written') {
    await endClaim(db, claim, { status: result === 'accepted' ? 'sent' : 'written', response, now });
    await countFailure(db, claim.subscription_id, false);
    report[result === 'accepted' ? 'sent' : 'written'] += 1;
  } else if (result === 'stop') {
    await endClaim(db, claim, { status: 'ready', response, again: inMinutes(1), deferred: false });
    report.stopped ??= response;
  } else if (result === 'later') {
    const wait = DEFERRALS_MINUTES[claim.deferrals];
    if (wait === undefined) return giveUp();
    await endClaim(db, claim, { status: 'ready', response, again: inMinutes(wait), deferred: true });
    report.later += 1;
  } else if (result === 'no_mailbox') {
    await endClaim(db, claim, { status: 'failed', response, now });
    await endAddress(db, addressHashes(keys, claim.email), 'bounced', now);
    report.failed += 1;
  } else if (result === 'refused') {
    await giveUp();
  } else if (result === 'unanswered') {
    const { unknown } = await recover(db, now, inMinutes(5), claim);
    report[unknown > 0 ? 'unknown' : 'later'] += 1;
  }

  async function giveUp(): Promise<void> {
    await endClaim(db, claim, { status: 'failed', response, now });
    if ((await countFailure(db, claim.subscription_id, true)) >= MOST_REFUSED)
      await endSubscription(db, claim.subscription_id, 'bounced', now);
    report.failed += 1;
  }
}

/** The mail of a delivery; null when nothing in it is open any more. */
async function mailOf({ db, site, keys, settings }: Sender, claim: Claim, known: Run['postings']): Promise<Mail | null> {
  const { query, kind, every, weekday, hour, zone } = claim;
  const base = { site, query, rhythm: { every, weekday, hour, zone }, postalAddress: settings.postalAddress };
  if (kind === 'confirm') return confirmMail({ ...base, link: confirmLink(site, keys, claim.period) });
  const links = linksOf(site, keys, claim.subscription_id);
  if (kind === 'quiet') return quietMail({ ...base, links, days: QUIET_DAYS });
  const postings: FeedPosting[] = [];
  for (const id of await itemsOf(db, claim.id)) {
    // Subscribers share most postings of a run.
    const read =
      known.get(id) ??
      feedPosting(db, id).then(found =>
        found && !found.closed_at && found.duplicate_of === null ? { ...found, text: '', html: null, tags: [] } : null,
      );
    known.set(id, read);
    const posting = await read;
    if (posting) postings.push(posting);
  }
  return postings.length === 0 ? null : digestMail({ ...base, postings, linked: claim.linked, links });
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
