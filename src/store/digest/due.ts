import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { lockLedger } from './items.ts';
import type { Rhythm } from './subscriptions.ts';

/**
 * Gives every subscription whose time has come its delivery, and its next time: one transaction of up to `most`, and of all that is due of
 * the same addresses. However late this runs, missed times become one delivery. Returns how many.
 */
export async function planDue(db: Kysely<Database>, nextDue: (rhythm: Rhythm) => Date, now: Date, most = 500): Promise<number> {
  return await db.transaction().execute(async trx => {
    // Two passes must not share an address between them: it would get two mails for one.
    await lockLedger(trx);
    const due = await trx
      .selectFrom('subscriptions')
      .select(['id', 'every', 'weekday', 'hour', 'zone', 'next_due_at'])
      .where('state', '=', 'active')
      .where('paused_at', 'is', null)
      .where('next_due_at', '<=', now)
      .where(
        sql<boolean>`lower(email) in (select lower(email) from subscriptions where state = 'active' and paused_at is null
          and next_due_at <= ${now} order by next_due_at limit ${most})`,
      )
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

export type DueDelivery = { id: string; subscription_id: string; email: string; query: string; listening: boolean; first: boolean };

/**
 * Digests that came due and have no contents yet, locked until the transaction ends: up to `most`, the oldest ones, and all of the same
 * addresses. Those of an address stand in the order in which its subscriptions were asked for.
 */
export async function takeDue(trx: Kysely<Database>, most: number): Promise<DueDelivery[]> {
  const { rows } = await sql<DueDelivery>`
    with addresses as materialized (select distinct lower(s.email) as email from (select subscription_id from deliveries where status = 'due'
      order by due_at, id limit ${most}) d join subscriptions s on s.id = d.subscription_id)
    select d.id, d.subscription_id, lower(s.email) as email, s.query, (s.state = 'active' and s.paused_at is null) as listening,
      not exists (select 1 from deliveries o where o.subscription_id = s.id and o.kind = 'digest' and o.status not in ('due', 'skipped', 'cancelled')) as first
    from addresses a join subscriptions s on lower(s.email) = a.email join deliveries d on d.subscription_id = s.id
    where d.status = 'due' order by s.consent_at, s.id, d.due_at, d.id for update of d skip locked`.execute(trx);
  return rows;
}

/** How the composing of a delivery ends: ready to be sent with so many linked postings, in the mail of another one, or without a mail. */
export type Settled = { id: string; status: 'ready' | 'merged' | 'skipped' | 'cancelled'; linked: number; mail_id: string | null };

/** Ends the composing of deliveries. */
export async function settleDue(trx: Kysely<Database>, settled: readonly Settled[], now: Date): Promise<void> {
  const column = <Name extends keyof Settled>(name: Name) => settled.map(row => row[name]);
  await sql`update deliveries d set status = s.status, linked = s.linked, mail_id = s.mail_id, available_at = ${now},
      ended_at = case when s.status = 'ready' then null else ${now}::timestamptz end
    from unnest(${column('id')}::uuid[], ${column('status')}::text[], ${column('linked')}::int[], ${column('mail_id')}::uuid[]) as s (id, status, linked, mail_id)
    where d.id = s.id and d.status = 'due'`.execute(trx);
}
