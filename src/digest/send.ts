import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { messageOf } from '../errors.ts';
import type { Site } from '../feed/site.ts';
import { endAddress } from '../store/addresses.ts';
import type { Clock } from '../store/clock.ts';
import { toldItems } from '../store/digest-items.ts';
import { type FeedPosting, feedPosting } from '../store/feed.ts';
import { endTrouble, noteTrouble } from '../store/mail-troubles.ts';
import {
  beginSending,
  type Claim,
  claimNext,
  countFailure,
  DOUBT_DAYS,
  doubtMailbox,
  endClaim,
  forgetFailures,
  recover,
} from '../store/outbox.ts';
import type { Database } from '../store/schema.ts';
import { endSubscription } from '../store/subscriptions.ts';
import { askWishes } from '../store/wishes.ts';
import { type Channel, folderChannel, type Reply } from './channel.ts';
import { addressHashes, type Keyring } from './keys.ts';
import { confirmLink, linksOf, restLink } from './links.ts';
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
/** The same of mails that were put off until they failed: somebody on holiday with a full mailbox is a reader still. */
const MOST_PUT_OFF = 5;
/** Waits between the tries of a mail whose recipient's side refuses us: behind the others of its domain, which are tried first. */
const BLOCKED_MINUTES = [16, 61, 241, 721];
const BLOCKED_DAYS = 7;
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
  report.unknown += (await recover(db, await clock())).unknown;
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
        const claim = await claimNext(db, now, leaseOf(sender, now));
        if (!claim) return;
        await sendOne(sender, channel, claim, run);
      }
    } finally {
      await channel.close();
    }
  };
  const lanes = settings.smtpUrl === null ? 1 : Math.min(LANES, Math.ceil(settings.perMinute / PER_LANE));
  await Promise.all(Array.from({ length: lanes }, lane));
  return report;
}

type Run = {
  report: SendReport;
  postings: Map<string, Promise<FeedPosting | null>>;
  /** Domains that have refused us since a mail was taken. */
  refusing: Set<string>;
  turn: () => Promise<void>;
};

async function sendOne(sender: Sender, channel: Channel, claim: Claim, run: Run): Promise<void> {
  const { db, site, keys, settings, clock } = sender;
  let message: Message;
  try {
    const mail = await mailOf(sender, claim, run.postings);
    if (!mail) {
      const response = claim.kind === 'confirm' ? 'nothing is left to confirm' : 'every posting in it has closed';
      await endClaim(db, claim, { status: 'skipped', response, now: await clock(), told: false });
      run.report.skipped += 1;
      return;
    }
    message = await mimeOf(mail, claim, linksOf(site, keys, claim.subscription_id), settings, keys);
  } catch (error) {
    // One mail that cannot be made must not hold up all others: it is put off like one the server puts off.
    return settle(sender, claim, { result: 'later', response: redacted(`could not be made: ${messageOf(error)}`) }, run);
  }
  await run.turn();
  const reply = await channel.deliver(message, claim.id, async () => beginSending(db, claim, leaseOf(sender, await clock())));
  await settle(sender, claim, reply, run);
}

/** Writes down what became of a mail, and what follows for the subscription. */
async function settle({ db, keys, clock }: Sender, claim: Claim, { result, response }: Reply, { report, refusing }: Run): Promise<void> {
  const now = await clock();
  const domain = claim.email.slice(claim.email.lastIndexOf('@') + 1);
  const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  if (result === 'accepted' || result === 'written') {
    await endClaim(db, claim, { status: result === 'accepted' ? 'sent' : 'written', response, now });
    await forgetFailures(db, claim.subscription_id, claim.id);
    await endTrouble(db, domain, now);
    refusing.clear();
    report[result === 'accepted' ? 'sent' : 'written'] += 1;
  } else if (result === 'stop' || result === 'denied') {
    if (result === 'denied') await noteTrouble(db, { scope: '', response }, now);
    await endClaim(db, claim, { status: 'ready', response, again: inMinutes(1), deferred: false });
    report.stopped ??= response;
  } else if ((result === 'later' || result === 'throttled') && claim.deferrals < DEFERRALS_MINUTES.length) {
    await endClaim(db, claim, { status: 'ready', response, again: inMinutes(DEFERRALS_MINUTES[claim.deferrals]!), deferred: true });
    report.later += 1;
  } else if (result === 'later') {
    // It could not be delivered, so its postings were not told.
    await giveUp({ told: false, most: MOST_PUT_OFF });
  } else if (result === 'no_mailbox') {
    await endMailbox();
  } else if (result === 'doubtful') {
    if (await doubtMailbox(db, claim.subscription_id, now)) return endMailbox();
    await endClaim(db, claim, { status: 'ready', response, again: inMinutes(DOUBT_DAYS * 1440), deferred: true });
    report.later += 1;
  } else if (result === 'blocked' || result === 'throttled') {
    await noteTrouble(db, { scope: domain, response }, now);
    const again = BLOCKED_MINUTES[Math.min(claim.deferrals, BLOCKED_MINUTES.length - 1)]!;
    if (now.getTime() - claim.due_at.getTime() > BLOCKED_DAYS * 86_400_000)
      await endClaim(db, claim, { status: 'failed', response, now, told: false });
    else await endClaim(db, claim, { status: 'ready', response, again: inMinutes(again), deferred: true });
    report.blocked += 1;
    // Several in a row: it is not about one of them.
    if (refusing.add(domain).size >= MOST_REFUSING) report.stopped ??= response;
  } else if (result === 'refused') {
    await giveUp({ told: true, most: MOST_REFUSED });
  } else if (result === 'unanswered') {
    const { unknown } = await recover(db, now, inMinutes(5), claim);
    report[unknown > 0 ? 'unknown' : 'later'] += 1;
  }

  async function endMailbox(): Promise<void> {
    await endClaim(db, claim, { status: 'failed', response, now, told: false });
    await endAddress(db, { email: claim.email, hashes: addressHashes(keys, claim.email) }, 'bounced', now);
    report.failed += 1;
  }

  async function giveUp({ told, most }: { told: boolean; most: number }): Promise<void> {
    await endClaim(db, claim, { status: 'failed', response, now, told });
    if ((await countFailure(db, claim.subscription_id)) >= most) await endSubscription(db, claim.subscription_id, 'bounced', now);
    report.failed += 1;
  }
}

/** The mail of a delivery; null when nothing in it is open, or to be confirmed, any more. */
async function mailOf({ db, site, keys, settings, clock }: Sender, claim: Claim, known: Run['postings']): Promise<Mail | null> {
  const { query, kind, every, weekday, hour, zone } = claim;
  const base = { site, query, rhythm: { every, weekday, hour, zone }, postalAddress: settings.postalAddress };
  if (kind === 'confirm') {
    const wishes = await askWishes(db, claim.subscription_id, await clock());
    if (wishes.length === 0 || claim.confirm_id === null) return null;
    return confirmMail({ ...base, wishes, link: confirmLink(site, keys, claim.confirm_id) });
  }
  const links = linksOf(site, keys, claim.subscription_id);
  if (kind === 'quiet') return quietMail({ ...base, links, days: QUIET_DAYS });
  const postings: FeedPosting[] = [];
  const told = await toldItems(db, claim.id);
  for (const { posting_id: id } of told.filter(({ place, open }) => open && place === 'mailed')) {
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
  if (postings.length === 0) return null;
  const linked = told.filter(({ place, open }) => open && place === 'linked').length;
  return digestMail({ ...base, postings, linked, links, rest: last => restLink(site, keys, claim.id, last) });
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
