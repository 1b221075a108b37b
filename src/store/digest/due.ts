import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { lockLedger } from './items.ts';
import type { Rhythm } from './subscriptions.ts';

/**
 * Gives every subscription whose time has come its delivery, and its next time: one transaction of up to `most`. However late this runs,
 * missed times become one delivery. Returns how many.
 */
export async function planDue(db: Kysely<Database>, nextDue: (rhythm: Rhythm) => Date, now: Date, most = 500): Promise<number> {
  return await db.transaction().execute(async trx => {
    const due = await trx
      .selectFrom('subscriptions')
      .select(['id', 'every', 'weekday', 'hour', 'zone', 'next_due_at'])
      .where('state', '=', 'active')
      .where('paused_at', 'is', null)
      .where('next_due_at', '<=', now)
      .orderBy('next_due_at')
      .limit(most)
      .forUpdate()
      .skipLocked()
      .execute();
    if (due.length === 0) return 0;
    const rows = due.map(({ id, next_due_at }) => ({
      id: randomUUID(),
      subscription_id: id,
      kind: 'digest' as const,
      period: next_due_at!.toISOString(),
      status: 'due' as const,
      due_at: next_due_at!,
      available_at: now,
    }));
    await trx
      .insertInto('deliveries')
      .values(rows)
      .onConflict(conflict => conflict.columns(['subscription_id', 'kind', 'period']).doNothing())
      .execute();
    const next = due.map(rhythm => nextDue(rhythm).toISOString());
    await sql`update subscriptions s set next_due_at = n.at
      from unnest(${due.map(({ id }) => id)}::uuid[], ${next}::timestamptz[]) as n (id, at) where s.id = n.id`.execute(trx);
    return due.length;
  });
}

/** Tells subscriptions that have matched nothing for so many days so, once. Returns how many. */
export async function planQuiet(db: Kysely<Database>, days: number, now: Date): Promise<number> {
  return await db.transaction().execute(async trx => {
    await lockLedger(trx);
    const { rows } = await sql<{ id: string }>`
    with quiet as (
      update subscriptions set quiet_told_at = ${now} where state = 'active' and paused_at is null and quiet_told_at is null
        and greatest(gathered_at, coalesce(last_match_at, gathered_at)) < ${now}::timestamptz - make_interval(days => ${days}::int)
      returning id)
    insert into deliveries (id, subscription_id, kind, period, status, due_at, available_at)
    select gen_random_uuid(), id, 'quiet', ${now.toISOString()}, 'ready', ${now}, ${now} from quiet
    on conflict (subscription_id, kind, period) do nothing returning id`.execute(trx);
    return rows.length;
  });
}

type DueDelivery = { id: string; subscription_id: string; query: string; listening: boolean; first: boolean };

/** Digests that came due and have no contents yet, oldest first, locked until the transaction ends. */
export async function takeDue(trx: Kysely<Database>, most: number): Promise<DueDelivery[]> {
  const { rows } = await sql<DueDelivery>`
    select d.id, d.subscription_id, s.query, (s.state = 'active' and s.paused_at is null) as listening,
      not exists (select 1 from deliveries o where o.subscription_id = s.id and o.kind = 'digest' and o.status not in ('due', 'skipped', 'cancelled')) as first
    from deliveries d join subscriptions s on s.id = d.subscription_id
    where d.status = 'due' order by d.due_at, d.id limit ${most} for update of d skip locked`.execute(trx);
  return rows;
}

/** Ends the composing of deliveries: ready to be sent with so many linked postings, or ended without a mail. */
export async function settleDue(
  trx: Kysely<Database>,
  settled: readonly { id: string; status: 'ready' | 'skipped' | 'cancelled'; linked: number }[],
  now: Date,
): Promise<void> {
  await sql`update deliveries d set status = s.status, linked = s.linked, available_at = ${now},
      ended_at = case when s.status = 'ready' then null else ${now}::timestamptz end
    from unnest(${settled.map(row => row.id)}::uuid[], ${settled.map(row => row.status)}::text[], ${settled.map(row => row.linked)}::int[]) as s (id, status, linked)
    where d.id = s.id and d.status = 'due'`.execute(trx);
}
