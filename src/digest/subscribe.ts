import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import {
  changeSubscription,
  confirmSubscription,
  endSubscription,
  eraseAddress,
  exportRows,
  pendingSubscription,
  type Rhythm,
  requestSubscription,
  type Subscription,
  setPaused,
  subscriptionById,
} from '../store/subscriptions.ts';
import { readAddress } from './address.ts';
import { nextDue, readRhythm } from './cadence.ts';
import { addressHashes, type Keyring, readToken } from './keys.ts';
import { wantedQuery } from './wanted.ts';

/** The words people agree to; a new wording is a new version. */
export const CONSENT = {
  version: '2026-11',
  text: 'Mail me new postings of this filter in this rhythm until I unsubscribe.',
} as const;

export type Wish = { email?: unknown; filter?: unknown; cadence?: unknown; weekday?: unknown; hour?: unknown; zone?: unknown };

type Ground = { db: Kysely<Database>; keys: Keyring; now: Date };

/** Takes a wish to subscribe. The answer is the same whoever the address belongs to. Throws E_INPUT or E_FILTER for what nobody could be sent. */
export async function subscribe({ db, keys, now }: Ground, wish: Wish, source: Subscription['consent_source']): Promise<void> {
  const email = readAddress(wish.email);
  const { query, rhythm } = readWish(wish);
  const hashes = addressHashes(keys, email);
  await requestSubscription(db, { ...rhythm, email, hashes, query, consent_version: CONSENT.version, consent_source: source }, now);
}

/** What a confirmation link is about; null when it is not one, was used or has expired. Changes nothing. */
export async function lookAtConfirmation({ db, keys, now }: Ground, token: string): Promise<Subscription | null> {
  const id = readToken(keys, 'confirm', token);
  return id === null ? null : pendingSubscription(db, id, now);
}

export async function confirm(ground: Ground, token: string): Promise<Subscription | null> {
  const { db, keys, now } = ground;
  const pending = await lookAtConfirmation(ground, token);
  if (!pending?.confirm_id) return null;
  return confirmSubscription(db, pending.confirm_id, addressHashes(keys, pending.email), rhythm => nextDue(rhythm, now), now);
}

/** The subscription of a manage link; null when there is none (any more). */
export async function managed({ db, keys }: Ground, token: string): Promise<Subscription | null> {
  const id = readToken(keys, 'manage', token);
  const subscription = id === null ? null : await subscriptionById(db, id);
  return subscription?.state === 'pending' ? null : subscription;
}

/** Changes filter and rhythm. Throws E_INPUT or E_FILTER. */
export async function change({ db, now }: Ground, subscription: Subscription, wish: Wish): Promise<boolean> {
  const { query, rhythm } = readWish(wish);
  return changeSubscription(db, subscription.id, { ...rhythm, query, next_due_at: nextDue(rhythm, now) });
}

export async function pause({ db, now }: Ground, subscription: Subscription, paused: boolean): Promise<void> {
  await setPaused(db, subscription.id, paused, now, nextDue(subscription, now));
}

/** Ends the subscription of an unsubscribe token. Silent about unknown ones, and again about ended ones. */
export async function unsubscribe({ db, keys, now }: Ground, token: string): Promise<void> {
  const id = readToken(keys, 'unsubscribe', token);
  if (id !== null) await endSubscription(db, id, 'unsubscribed', now);
}

/** Deletes everything kept of an address but a keyed hash; returns how many subscriptions it had. */
export async function erase({ db, keys, now }: Ground, email: string): Promise<number> {
  return eraseAddress(db, addressHashes(keys, email), now);
}

/** Everything kept of subscriptions of one person, in plain members. */
export async function exported(db: Kysely<Database>, subscriptions: readonly Subscription[]) {
  const rows = await exportRows(
    db,
    subscriptions.map(subscription => subscription.id),
  );
  return {
    subscriptions: subscriptions.map(({ address_hash: _, confirm_id: __, ...kept }) => ({
      ...kept,
      consent_text: kept.consent_version === CONSENT.version ? CONSENT.text : null,
      deliveries: rows.deliveries
        .filter(delivery => delivery.subscription_id === kept.id)
        .map(({ id, kind, status, due_at, ended_at, response }) => ({ id, kind, status, due_at, ended_at, response })),
      postings: rows.items
        .filter(item => item.subscription_id === kept.id)
        .map(({ posting_id, matched_at, delivery_id, place }) => ({ posting_id, matched_at, delivery_id, place })),
    })),
  };
}

function readWish({ filter, cadence, weekday, hour, zone }: Wish): { query: string; rhythm: Rhythm } {
  return { query: wantedQuery(typeof filter === 'string' ? filter : ''), rhythm: readRhythm({ every: cadence, weekday, hour, zone }) };
}
