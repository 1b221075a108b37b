import type { Kysely } from 'kysely';
import { keptOf } from '../store/digest/addresses.ts';
import { endMail, type MailSection, mailSections } from '../store/digest/sections.ts';
import {
  changeSubscription,
  endSubscription,
  exportRows,
  type Rhythm,
  type Subscription,
  setPaused,
  subscriptionById,
} from '../store/digest/subscriptions.ts';
import { type Addressee, type Choice, confirmWishes, requestSubscription, wishesOf } from '../store/digest/wishes.ts';
import type { Database } from '../store/schema.ts';
import { mailboxOf, readAddress } from './address.ts';
import { nextDue, readRhythm } from './cadence.ts';
import { WISHES } from './confirmations.ts';
import { entryMistake } from './entry-mistake.ts';
import { addressHashes, type Keyring, readToken } from './keys.ts';
import { wantedQuery } from './wanted.ts';
import { zoneOfFilter } from './zones.ts';

/** The words people agreed to, by version: a new wording is a new version, and old ones are kept for those who agreed to them. */
const CONSENTS: Readonly<Record<string, string>> = {
  '2026-11': 'Mail me new postings of this filter in this rhythm until I unsubscribe.',
  '2026-12': 'Email me new jobs for this search, this often, until I unsubscribe.',
};
const CONSENT_VERSION = '2026-12';
/** The words people agree to now. */
export const CONSENT_TEXT = CONSENTS[CONSENT_VERSION]!;

export type Wish = { email?: unknown; filter?: unknown; cadence?: unknown; weekday?: unknown; hour?: unknown; zone?: unknown };

type Ground = { db: Kysely<Database>; keys: Keyring; now: Date };

/** Takes a wish to subscribe. The answer is the same whoever the address belongs to. Throws E_ENTRY or E_FILTER for what nobody could be sent. */
export async function subscribe({ db, keys, now }: Ground, wish: Wish, source: Subscription['consent_source']): Promise<void> {
  const email = readAddress(wish.email);
  const { query, rhythm } = readWish(wish);
  const consent = { consent_version: CONSENT_VERSION, consent_source: source };
  await requestSubscription(db, { ...rhythm, ...addresseeOf(keys, email), query, ...consent }, WISHES, now);
}

/** The wishes a confirmation link is about; null when it is not one, was used or has expired. Changes nothing. */
export async function lookAtConfirmation({ db, keys, now }: Ground, token: string): Promise<Subscription[] | null> {
  const id = readToken(keys, 'confirm', token);
  return id === null ? null : wishesOf(db, id, now);
}

/**
 * Confirms the wishes of a link: those chosen, or without a choice all that were asked about. Null when the link does not work. The first mail
 * is due at once, as any other is: the ledger decides what is in it, and the next one comes at the time that was chosen.
 */
export async function confirm(ground: Ground, token: string, choice: Choice | null = null): Promise<Subscription[] | null> {
  const { db, keys, now } = ground;
  const id = readToken(keys, 'confirm', token);
  const wishes = await lookAtConfirmation(ground, token);
  if (id === null || !wishes?.[0]) return null;
  const addressee = addresseeOf(keys, wishes[0].email);
  return confirmWishes(db, id, { addressee, choice, nextDue: () => now, policy: WISHES }, now);
}

function addresseeOf(keys: Keyring, email: string): Addressee {
  return { email, hashes: addressHashes(keys, email), mailboxes: addressHashes(keys, mailboxOf(email)) };
}

/** The subscription of a manage link; null when there is none (any more). */
export async function managed({ db, keys }: Ground, token: string): Promise<Subscription | null> {
  const id = readToken(keys, 'manage', token);
  const subscription = id === null ? null : await subscriptionById(db, id);
  return subscription?.state === 'pending' ? null : subscription;
}

/** Changes filter and rhythm. Throws E_ENTRY or E_FILTER. */
export async function change({ db, now }: Ground, subscription: Subscription, wish: Wish): Promise<boolean> {
  const { query, rhythm } = readWish(wish);
  const done = await changeSubscription(db, subscription.id, { ...rhythm, query, next_due_at: nextDue(rhythm, now) });
  if (done === 'twin')
    throw entryMistake(
      'filter',
      'you already get another email for these jobs; change or end that one instead',
      'jobs that no other email of yours is about',
    );
  return done === 'changed';
}

export async function pause({ db, now }: Ground, subscription: Subscription, paused: boolean): Promise<void> {
  await setPaused(db, subscription.id, paused, { now, nextDue: nextDue(subscription, now) });
}

/** Ends the subscription of an unsubscribe token, or all of its address. Silent about unknown ones, and again about ended ones. */
export async function unsubscribe(ground: Ground, token: string, which: 'one' | 'all' = 'one'): Promise<void> {
  const id = readToken(ground.keys, 'unsubscribe', token);
  if (id === null) return;
  const subscription = which === 'all' ? await subscriptionById(ground.db, id) : null;
  if (subscription) await unsubscribeAll(ground, subscription);
  else await endSubscription(ground.db, id, 'unsubscribed', ground.now);
}

/** The subscriptions that the one-click link of a mail ends; null when the mail is not kept any more. */
export async function lookAtMail({ db, keys }: Pick<Ground, 'db' | 'keys'>, token: string): Promise<MailSection[] | null> {
  const id = readToken(keys, 'mail', token);
  const sections = id === null ? [] : await mailSections(db, id);
  return sections.length === 0 ? null : sections;
}

/** Ends all subscriptions that a mail carries, or all of its address. False when the mail is not kept any more: then nothing was ended. */
export async function unsubscribeMail(ground: Ground, token: string, which: 'these' | 'all' = 'these'): Promise<boolean> {
  const id = readToken(ground.keys, 'mail', token);
  const sections = await lookAtMail(ground, token);
  if (id === null || !sections?.[0]) return false;
  if (which === 'all') await unsubscribeAll(ground, sections[0]);
  else await endMail(ground.db, id, ground.now);
  return true;
}

/** The other subscriptions of the same address that send mails. */
export async function othersOf({ db, keys }: Pick<Ground, 'db' | 'keys'>, { id, email }: Subscription): Promise<Subscription[]> {
  const { subscriptions } = await keptOf(db, { email, hashes: addressHashes(keys, email) });
  return subscriptions.filter(other => other.id !== id && other.state === 'active');
}

/** Ends every subscription of the address that one belongs to, those not confirmed as well. Again it changes nothing. */
export async function unsubscribeAll({ db, keys, now }: Ground, { email }: Pick<Subscription, 'email'>): Promise<void> {
  const { subscriptions } = await keptOf(db, { email, hashes: addressHashes(keys, email) });
  for (const { id } of subscriptions) await endSubscription(db, id, 'unsubscribed', now);
}

/** Subscriptions of one person with all that is kept of them, in plain members. */
export async function exportedSubscriptions(db: Kysely<Database>, subscriptions: readonly Subscription[]) {
  const rows = await exportRows(
    db,
    subscriptions.map(subscription => subscription.id),
  );
  return {
    subscriptions: subscriptions.map(({ address_hash: _, confirm_id: __, mailbox_hash: ___, ...kept }) => ({
      ...kept,
      consent_text: CONSENTS[kept.consent_version] ?? null,
      deliveries: rows.deliveries
        .filter(delivery => delivery.subscription_id === kept.id)
        .map(({ id, kind, status, mail_id, due_at, ended_at, response }) => ({ id, kind, status, mail_id, due_at, ended_at, response })),
      postings: rows.items.filter(item => item.subscription_id === kept.id).map(({ subscription_id: _, ...told }) => told),
    })),
  };
}

/** A zone that was left out is that of the place in the filter, where there is one. */
function readWish({ filter, cadence, weekday, hour, zone }: Wish): { query: string; rhythm: Rhythm } {
  const query = wantedQuery(typeof filter === 'string' ? filter : '');
  return { query, rhythm: readRhythm({ every: cadence, weekday, hour, zone: zone || zoneOfFilter(query) }) };
}
