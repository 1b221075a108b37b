import { randomUUID } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { Database, SubscriptionsTable } from './schema.ts';
import { liftErased, suppress } from './suppressions.ts';

export type Subscription = Selectable<SubscriptionsTable>;
export type Rhythm = Pick<Subscription, 'every' | 'weekday' | 'hour' | 'zone'>;

export type SubscriptionRequest = Rhythm & {
  email: string;
  /** The hash under the key in use, and those under older keys. */
  hashes: readonly [string, ...string[]];
  query: string;
  consent_version: string;
  consent_source: Subscription['consent_source'];
};

/** One confirmation per address an hour and three a day, or the form would be a way to flood somebody else's mailbox. */
const CONFIRMATIONS = { hour: 1, day: 3 };
/** Subscriptions an address may have, the ones waiting for confirmation included. */
const MOST_PER_ADDRESS = 20;
export const CONFIRM_HOURS = 48;

/**
 * Takes a wish to subscribe: a pending row and the mail that asks to confirm it, unless the address had its share of those.
 * Does not look at whether the address is known, so that nobody can ask; true when the mail was put into the outbox.
 */
export async function requestSubscription(db: Kysely<Database>, request: SubscriptionRequest, now: Date): Promise<boolean> {
  const { hashes, ...rest } = request;
  return await db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${hashes[0]}, 7))`.execute(trx);
    const counts = await trx
      .selectFrom('subscriptions as s')
      .leftJoin('deliveries as d', join => join.onRef('d.subscription_id', '=', 's.id').on('d.kind', '=', 'confirm'))
      .select([
        sql<number>`count(*) filter (where d.due_at > ${ago(now, 1)})`.as('hour'),
        sql<number>`count(*) filter (where d.due_at > ${ago(now, 24)})`.as('day'),
        sql<number>`count(distinct s.id) filter (where s.state in ('pending', 'active'))`.as('all'),
      ])
      .where('s.address_hash', 'in', hashes)
      .executeTakeFirstOrThrow();
    if (counts.hour >= CONFIRMATIONS.hour || counts.day >= CONFIRMATIONS.day || counts.all >= MOST_PER_ADDRESS) return false;
    const id = randomUUID();
    const confirm_id = randomUUID();
    const expires = new Date(now.getTime() + CONFIRM_HOURS * 3_600_000);
    await trx
      .insertInto('subscriptions')
      .values({ ...rest, id, address_hash: hashes[0], state: 'pending', confirm_id, confirm_expires_at: expires, consent_at: now })
      .execute();
    await trx
      .insertInto('deliveries')
      .values({
        id: randomUUID(),
        subscription_id: id,
        kind: 'confirm',
        period: confirm_id,
        status: 'ready',
        due_at: now,
        available_at: now,
      })
      .execute();
    return true;
  });
}

/** The pending subscription that a confirmation link is of; null when it was used or has expired. */
export async function pendingSubscription(db: Kysely<Database>, confirmId: string, now: Date): Promise<Subscription | null> {
  const row = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('confirm_id', '=', confirmId)
    .where('state', '=', 'pending')
    .where('confirm_expires_at', '>', now)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Makes a pending subscription active, once. One of the same address and filter that was there before goes on in its place, with the new
 * rhythm and the ledger of what it was told. `nextDue` says when its first mail is due. Null when the link was used or has expired.
 */
export async function confirmSubscription(
  db: Kysely<Database>,
  confirmId: string,
  hashes: readonly string[],
  nextDue: (rhythm: Rhythm) => Date,
  now: Date,
): Promise<Subscription | null> {
  return await db.transaction().execute(async trx => {
    const pending = await pendingSubscription(trx, confirmId, now);
    if (!pending) return null;
    const locked = await trx
      .selectFrom('subscriptions')
      .select('id')
      .where('id', '=', pending.id)
      .where('confirm_id', '=', confirmId)
      .forUpdate()
      .execute();
    if (locked.length === 0) return null;
    const before = await trx
      .selectFrom('subscriptions')
      .select(['id', 'state'])
      .where('address_hash', 'in', hashes)
      .where('query', '=', pending.query)
      .where('state', '<>', 'pending')
      .forUpdate()
      .executeTakeFirst();
    const id = before?.id ?? pending.id;
    const { every, weekday, hour, zone, consent_version, consent_source, consent_at } = pending;
    if (before) await trx.deleteFrom('subscriptions').where('id', '=', pending.id).execute();
    await liftErased(trx, hashes);
    return await trx
      .updateTable('subscriptions')
      .set({ every, weekday, hour, zone, consent_version, consent_source, consent_at, next_due_at: nextDue(pending), confirmed_at: now })
      .set({ state: 'active', confirm_id: null, confirm_expires_at: null, paused_at: null, ended_at: null, failures: 0 })
      .$if(before?.state !== 'active', query => query.set({ gathered_at: null, quiet_told_at: null }))
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

export async function subscriptionById(db: Kysely<Database>, id: string): Promise<Subscription | null> {
  return (await db.selectFrom('subscriptions').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

export async function subscriptionsOf(db: Kysely<Database>, hashes: readonly string[]): Promise<Subscription[]> {
  return await db.selectFrom('subscriptions').selectAll().where('address_hash', 'in', hashes).orderBy('consent_at').execute();
}

/** Every subscription, oldest first. */
export async function listSubscriptions(db: Kysely<Database>): Promise<Subscription[]> {
  return await db.selectFrom('subscriptions').selectAll().orderBy('consent_at').orderBy('id').execute();
}

/** Changes filter and rhythm of an active subscription. Another filter begins anew with the last 14 days. False when it is not active. */
export async function changeSubscription(
  db: Kysely<Database>,
  id: string,
  change: Rhythm & { query: string; next_due_at: Date },
): Promise<boolean> {
  return await db.transaction().execute(async trx => {
    const old = await trx.selectFrom('subscriptions').select(['query', 'state']).where('id', '=', id).forUpdate().executeTakeFirst();
    if (old?.state !== 'active') return false;
    const moved = old.query !== change.query;
    if (moved) await trx.deleteFrom('digest_items').where('subscription_id', '=', id).where('delivery_id', 'is', null).execute();
    await trx
      .updateTable('subscriptions')
      .set(change)
      .$if(moved, query => query.set({ gathered_at: null, quiet_told_at: null }))
      .where('id', '=', id)
      .execute();
    return true;
  });
}

/** Pauses, or goes on: then the last 14 days are gathered. */
export async function setPaused(db: Kysely<Database>, id: string, paused: boolean, now: Date, nextDue: Date): Promise<void> {
  await db
    .updateTable('subscriptions')
    .set(paused ? { paused_at: now } : { paused_at: null, gathered_at: null, next_due_at: nextDue })
    .where('id', '=', id)
    .where('state', '=', 'active')
    .where('paused_at', paused ? 'is' : 'is not', null)
    .execute();
}

/** Ends a subscription; what was about to be sent is not sent any more. Again, or after another end, it changes nothing. */
export async function endSubscription(
  db: Kysely<Database>,
  id: string,
  state: 'unsubscribed' | 'bounced' | 'complained',
  now: Date,
): Promise<void> {
  await db
    .updateTable('subscriptions')
    .set({ state, ended_at: now, confirm_id: null })
    .where('id', '=', id)
    .where('state', 'in', ['pending', 'active'])
    .execute();
}

/** Ends every subscription of an address and keeps its hash, so that nothing goes there again. */
export async function endAddress(
  db: Kysely<Database>,
  hashes: readonly string[],
  state: 'bounced' | 'complained',
  now: Date,
): Promise<number> {
  return await db.transaction().execute(async trx => {
    for (const hash of hashes) await suppress(trx, hash, state === 'bounced' ? 'bounce' : 'complaint', now);
    const result = await trx
      .updateTable('subscriptions')
      .set({ state, ended_at: now, confirm_id: null })
      .where('address_hash', 'in', hashes)
      .where('state', 'in', state === 'complained' ? ['pending', 'active', 'unsubscribed', 'bounced'] : ['pending', 'active'])
      .executeTakeFirst();
    return Number(result.numUpdatedRows);
  });
}

/** Deletes all of an address with its deliveries and ledger; a keyed hash stays. Returns how many subscriptions went. */
export async function eraseAddress(db: Kysely<Database>, hashes: readonly [string, ...string[]], now: Date): Promise<number> {
  return await db.transaction().execute(async trx => {
    const result = await trx.deleteFrom('subscriptions').where('address_hash', 'in', hashes).executeTakeFirst();
    await suppress(trx, hashes[0], 'erased', now);
    return Number(result.numDeletedRows);
  });
}

/** What is kept of one subscription, for its owner. */
export async function exportRows(db: Kysely<Database>, ids: readonly string[]) {
  if (ids.length === 0) return { deliveries: [], items: [] };
  const [deliveries, items] = await Promise.all([
    db.selectFrom('deliveries').selectAll().where('subscription_id', 'in', ids).orderBy('due_at').execute(),
    db.selectFrom('digest_items').selectAll().where('subscription_id', 'in', ids).orderBy('matched_at').orderBy('posting_id').execute(),
  ]);
  return { deliveries, items };
}

/** Enforces the retention: unconfirmed wishes 7 days after they expired, ended subscriptions after 30, deliveries after 400, bounces after 90. */
export async function purge(db: Kysely<Database>, now: Date): Promise<void> {
  await db
    .deleteFrom('subscriptions')
    .where('state', '=', 'pending')
    .where('confirm_expires_at', '<', ago(now, 7 * 24))
    .execute();
  await db
    .deleteFrom('subscriptions')
    .where('ended_at', '<', ago(now, 30 * 24))
    .execute();
  await db
    .deleteFrom('deliveries')
    .where('ended_at', '<', ago(now, 400 * 24))
    .execute();
  await db
    .deleteFrom('suppressions')
    .where('reason', '=', 'bounce')
    .where('at', '<', ago(now, 90 * 24))
    .execute();
}

function ago(now: Date, hours: number): Date {
  return new Date(now.getTime() - hours * 3_600_000);
}
