import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { Rhythm, Subscription } from './subscriptions.ts';

/** An address with its hashes under every key at hand, the one in use first. */
export type Address = { email: string; hashes: readonly [string, ...string[]] };
type SuppressionReason = Database['suppressions']['reason'];
export type Suppression = { hash: string; reason: SuppressionReason; since: Date };

/** What is kept of an address, found by the address itself and by its hashes: rows made under a key that is not at hand are found, too. */
export type KeptOfAddress = { subscriptions: Subscription[]; suppressions: Suppression[]; deliveries: string[]; postings: number };

/** Everything the database keeps of an address. */
export async function keptOf(db: Kysely<Database>, { email, hashes }: Address): Promise<KeptOfAddress> {
  const subscriptions = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where(eb => eb.or([eb(sql`lower(email)`, '=', sql`lower(${email})`), eb('address_hash', 'in', hashes)]))
    .orderBy('consent_at')
    .orderBy('id')
    .execute();
  const ids = subscriptions.map(({ id }) => id);
  const every = [...new Set([...hashes, ...subscriptions.map(row => row.address_hash)])];
  const suppressions = (await suppressionRows(db)).filter(row => every.includes(row.hash));
  if (ids.length === 0) return { subscriptions, suppressions, deliveries: [], postings: 0 };
  const [deliveries, items] = await Promise.all([
    db.selectFrom('deliveries').select('id').where('subscription_id', 'in', ids).execute(),
    db.selectFrom('digest_items').select(sql<number>`count(*)`.as('n')).where('subscription_id', 'in', ids).executeTakeFirstOrThrow(),
  ]);
  return { subscriptions, suppressions, deliveries: deliveries.map(({ id }) => id), postings: items.n };
}

/** Deletes all of an address with its deliveries and ledger; one keyed hash stays, and a complaint. Returns what was there. */
export async function eraseAddress(db: Kysely<Database>, address: Address, now: Date): Promise<KeptOfAddress> {
  return await db.transaction().execute(async trx => {
    const kept = await keptOf(trx, address);
    const ids = kept.subscriptions.map(({ id }) => id);
    if (ids.length > 0) await trx.deleteFrom('subscriptions').where('id', 'in', ids).execute();
    const lifted = kept.suppressions.filter(({ reason }) => reason === 'bounce').map(({ hash }) => hash);
    if (lifted.length > 0) await trx.deleteFrom('suppressions').where('address_hash', 'in', lifted).execute();
    await suppress(trx, address.hashes[0], 'erased', now);
    return kept;
  });
}

/** Ends every subscription of an address and keeps its hash, so that nothing goes there again. Returns how many ended. */
export async function endAddress(db: Kysely<Database>, address: Address, state: 'bounced' | 'complained', now: Date): Promise<number> {
  return await db.transaction().execute(async trx => {
    const { subscriptions } = await keptOf(trx, address);
    const hashes = new Set([...address.hashes, ...subscriptions.map(row => row.address_hash)]);
    for (const hash of hashes) await suppress(trx, hash, state === 'bounced' ? 'bounce' : 'complaint', now);
    if (subscriptions.length === 0) return 0;
    const result = await trx
      .updateTable('subscriptions')
      .set({ state, ended_at: now, confirm_id: null })
      .where(
        'id',
        'in',
        subscriptions.map(({ id }) => id),
      )
      .where('state', 'in', state === 'complained' ? ['pending', 'active', 'unsubscribed', 'bounced'] : ['pending', 'active'])
      .executeTakeFirst();
    return Number(result.numUpdatedRows);
  });
}

export type Lifted = { lifted: Suppression[]; revived: Subscription[] };

type Lifting = {
  nextDue: (rhythm: Rhythm) => Date;
  apply: boolean;
  noted?: (trx: Kysely<Database>, lifted: Lifted) => Promise<unknown>;
};

/**
 * Takes every suppression of an address away and lets its confirmed subscriptions that had ended as bounced go on, with the postings of the
 * last 14 days. One that ended by a complaint stays ended: only its owner can begin anew. With `apply: false` it only looks. `noted` is called in
 * the same transaction when something was changed.
 */
export async function liftAddress(db: Kysely<Database>, address: Address, { nextDue, apply, noted }: Lifting): Promise<Lifted> {
  return await db.transaction().execute(async trx => {
    const { subscriptions, suppressions } = await keptOf(trx, address);
    const revived = subscriptions.filter(row => row.state === 'bounced' && row.confirmed_at !== null);
    const found = { lifted: suppressions, revived };
    if (apply && suppressions.length + revived.length > 0) {
      for (const { hash } of suppressions) await trx.deleteFrom('suppressions').where('address_hash', '=', hash).execute();
      for (const row of revived)
        await trx
          .updateTable('subscriptions')
          .set({ state: 'active', ended_at: null, failures: 0, doubted_at: null, gathered_at: null, next_due_at: nextDue(row) })
          .where('id', '=', row.id)
          .where('state', '=', 'bounced')
          .execute();
      await noted?.(trx, found);
    }
    return found;
  });
}

/** Every address that gets no mail, as its keyed hash, oldest first. */
export async function suppressionRows(db: Kysely<Database>): Promise<Suppression[]> {
  const rows = await db.selectFrom('suppressions').selectAll().orderBy('at').orderBy('address_hash').execute();
  return rows.map(({ address_hash, reason, at }) => ({ hash: address_hash, reason, since: at }));
}

/** Notes that an address must get no mail. A complaint outweighs every other reason; nothing is made weaker by a later one. */
async function suppress(db: Kysely<Database>, addressHash: string, reason: SuppressionReason, at: Date): Promise<void> {
  await db
    .insertInto('suppressions')
    .values({ address_hash: addressHash, reason, at })
    .onConflict(conflict => conflict.column('address_hash').doUpdateSet({ reason, at }).where('suppressions.reason', '<>', 'complaint'))
    .execute();
}

/** Takes away what a confirmation disproves: that the owner wants nothing (any more), or that there is no such mailbox. */
export async function liftProven(db: Kysely<Database>, addressHashes: readonly string[]): Promise<void> {
  await db.deleteFrom('suppressions').where('address_hash', 'in', addressHashes).where('reason', 'in', ['erased', 'bounce']).execute();
}
