import type { Kysely, Selectable } from 'kysely';
import type { Database, SubscriptionsTable } from '../schema.ts';

export type Subscription = Selectable<SubscriptionsTable>;
export type Rhythm = Pick<Subscription, 'every' | 'weekday' | 'hour' | 'zone'>;

export async function subscriptionById(db: Kysely<Database>, id: string): Promise<Subscription | null> {
  return (await db.selectFrom('subscriptions').selectAll().where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Every subscription, oldest first. */
export async function listSubscriptions(db: Kysely<Database>): Promise<Subscription[]> {
  return await db.selectFrom('subscriptions').selectAll().orderBy('consent_at').orderBy('id').execute();
}

/**
 * Changes filter and rhythm of an active subscription. Another filter begins anew with the last 14 days. `ended` when it is not active; `twin`, and
 * nothing is changed, when its address has another one of that filter, which would tell everything twice.
 */
export async function changeSubscription(
  db: Kysely<Database>,
  id: string,
  change: Rhythm & { query: string; next_due_at: Date },
): Promise<'changed' | 'ended' | 'twin'> {
  return await db.transaction().execute(async trx => {
    const old = await trx
      .selectFrom('subscriptions')
      .select(['query', 'state', 'address_hash'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (old?.state !== 'active') return 'ended';
    const moved = old.query !== change.query;
    if (moved && (await hasTwin(trx, old.address_hash, change.query))) return 'twin';
    // What is told again was told before, under whichever filter.
    if (moved)
      await trx
        .deleteFrom('digest_items')
        .where('subscription_id', '=', id)
        .where('delivery_id', 'is', null)
        .where('news', '=', 'new')
        .execute();
    await trx
      .updateTable('subscriptions')
      .set(change)
      .$if(moved, query => query.set({ gathered_at: null, quiet_told_at: null }))
      .where('id', '=', id)
      .execute();
    return 'changed';
  });
}

async function hasTwin(trx: Kysely<Database>, addressHash: string, query: string): Promise<boolean> {
  const twin = await trx
    .selectFrom('subscriptions')
    .select('id')
    .where('address_hash', '=', addressHash)
    .where('query', '=', query)
    .where('state', '=', 'active')
    .limit(1)
    .executeTakeFirst();
  return twin !== undefined;
}

/** Pauses, or goes on: then the last 14 days are gathered. */
export async function setPaused(
  db: Kysely<Database>,
  id: string,
  paused: boolean,
  { now, nextDue }: { now: Date; nextDue: Date },
): Promise<void> {
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

/** What is kept of one subscription, for its owner. */
export async function exportRows(db: Kysely<Database>, ids: readonly string[]) {
  if (ids.length === 0) return { deliveries: [], items: [] };
  const [deliveries, items] = await Promise.all([
    db.selectFrom('deliveries').selectAll().where('subscription_id', 'in', ids).orderBy('due_at').execute(),
    db.selectFrom('digest_items').selectAll().where('subscription_id', 'in', ids).orderBy('matched_at').orderBy('posting_id').execute(),
  ]);
  return { deliveries, items };
}

/** Before which moments what has ended is not kept any more; src/digest/retention.ts decides them. */
export type KeptSince = Record<'unconfirmed' | 'ended' | 'deliveries' | 'bounces' | 'refusals', Date>;

/** Rows of a kind that one pass deletes at most: the next one goes on. */
const AT_ONCE = 1_000;

/** Enforces the retention. */
export async function purge(db: Kysely<Database>, { unconfirmed, ended, deliveries, bounces, refusals }: KeptSince): Promise<void> {
  const wishes = db.selectFrom('subscriptions').select('id').where('state', '=', 'pending').where('confirm_expires_at', '<', unconfirmed);
  const over = db.selectFrom('subscriptions').select('id').where('ended_at', '<', ended);
  const told = db.selectFrom('deliveries').select('id').where('ended_at', '<', deliveries);
  await db.deleteFrom('subscriptions').where('id', 'in', wishes.limit(AT_ONCE)).execute();
  await db.deleteFrom('subscriptions').where('id', 'in', over.limit(AT_ONCE)).execute();
  await db.deleteFrom('deliveries').where('id', 'in', told.limit(AT_ONCE)).execute();
  await db.deleteFrom('suppressions').where('reason', '=', 'bounce').where('at', '<', bounces).execute();
  await db.deleteFrom('mail_troubles').where('last_at', '<', refusals).execute();
}
