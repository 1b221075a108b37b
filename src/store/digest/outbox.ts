import { type Kysely, type Selectable, sql } from 'kysely';
import type { Database, DeliveriesTable } from '../schema.ts';
import { notePayTold } from './items.ts';
import { leaveOutUnwanted } from './sections.ts';
import type { Rhythm } from './subscriptions.ts';

type Delivery = Selectable<DeliveriesTable>;

/** A mail that this process alone may send until the lease ends. */
export type Claim = Pick<Delivery, 'id' | 'kind' | 'period' | 'attempts' | 'deferrals' | 'due_at'> & {
  subscription_id: string;
  email: string;
  /** The Date of the mail: now, unless an earlier try of it may have arrived. */
  dated_at: Date;
  confirm_id: string | null;
  query: string;
  every: Rhythm['every'];
  weekday: number;
  hour: number;
  zone: string;
};

/**
 * Claims the next mail that is ready and whose domain is not held; confirmations first, then whoever waits longest. In the same transaction
 * it looks again at whether the subscription still wants it and the address may be written to; what may not is cancelled. Somebody who wants
 * mails at an address that bounced may be asked when that was before `bouncedBefore`: confirming proves that it works. Null when nothing is ready.
 */
export async function claimNext(
  db: Kysely<Database>,
  { now, leaseUntil, bouncedBefore }: { now: Date; leaseUntil: Date; bouncedBefore: Date },
): Promise<Claim | null> {
  for (;;) {
    const claim = await db.transaction().execute(async trx => {
      const { rows } = await sql<Claim & { wanted: boolean }>`
        select d.id, d.subscription_id, d.kind, d.period, d.attempts + 1 as attempts, d.deferrals, d.due_at, coalesce(d.dated_at, ${now}) as dated_at,
          s.email, s.query, s.every, s.weekday, s.hour, s.zone, s.confirm_id,
          case when d.kind = 'confirm' then s.state = 'pending' and (s.asked_at is null or d.attempts > 0) else exists (select 1 from deliveries e
              join subscriptions t on t.id = e.subscription_id where (e.id = d.id or (e.mail_id = d.id and e.status = 'merged')) and t.state = 'active' and t.paused_at is null) end
            and not exists (select 1 from suppressions u where u.address_hash = s.address_hash and (d.kind <> 'confirm'
              or u.reason = 'complaint' or (u.reason = 'bounce' and u.at > ${bouncedBefore}))) as wanted
        from deliveries d join subscriptions s on s.id = d.subscription_id
        where d.status = 'ready' and d.available_at <= ${now}
          and not exists (select 1 from mail_troubles m where m.until > ${now} and m.scope = split_part(s.email, '@', 2))
        order by (d.kind = 'confirm') desc, d.available_at, d.id limit 1 for update of d skip locked for share of s`.execute(trx);
      const row = rows[0];
      if (!row) return null;
      const { wanted, ...next } = row;
      await trx
        .updateTable('deliveries')
        .set(
          wanted
            ? { status: 'claimed', attempts: next.attempts, lease_until: leaseUntil }
            : { status: 'cancelled', ended_at: now, untold: true },
        )
        .where('id', '=', next.id)
        .execute();
      if (!wanted || next.kind !== 'digest') return wanted ? next : await cancelMerged(trx, next.id);
      await notePayTold(trx, next.id);
      return { ...next, subscription_id: await leaveOutUnwanted(trx, next.id) };
    });
    if (claim !== 'cancelled') return claim;
  }
}

async function cancelMerged(trx: Kysely<Database>, mailId: string): Promise<'cancelled'> {
  await trx.updateTable('deliveries').set({ status: 'cancelled' }).where('mail_id', '=', mailId).where('status', '=', 'merged').execute();
  return 'cancelled';
}

/** Notes that the text of a mail goes out from now on, with the Date it keeps. False when the claim was lost: then it must not. */
export async function beginSending(db: Kysely<Database>, claim: Claim, leaseUntil: Date): Promise<boolean> {
  const result = await db
    .updateTable('deliveries')
    .set({ status: 'sending', lease_until: leaseUntil, dated_at: claim.dated_at })
    .where('id', '=', claim.id)
    .where('status', '=', 'claimed')
    .where('attempts', '=', claim.attempts)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) === 1;
}

/**
 * Ends a claim: with the mail's end, or with when to try it again. What another process holds by now stays as it is. `told: false`: nobody got
 * the postings in it, so that the next mail may tell them.
 */
export async function endClaim(
  db: Kysely<Database>,
  claim: Claim,
  end:
    | { status: 'sent' | 'written' | 'failed' | 'skipped'; response: string | null; now: Date; told?: boolean }
    | { status: 'ready'; response: string | null; again: Date; deferred: boolean },
): Promise<void> {
  const change =
    end.status === 'ready'
      ? { available_at: end.again, deferrals: sql<number>`deferrals + ${end.deferred ? 1 : 0}` }
      : { ended_at: end.now, untold: end.told === false };
  await db
    .updateTable('deliveries')
    .set({ status: end.status, response: end.response, lease_until: null, ...change })
    .where('id', '=', claim.id)
    .where('status', 'in', ['claimed', 'sending'])
    .where('attempts', '=', claim.attempts)
    .execute();
}

/**
 * Mails whose text began to go out and whose answer never came: sent again under the same Message-ID, from `again` on, but left as
 * `unknown` when that was so `most` times. With a claim, that one; without, all whose lease has ended. Those that were only claimed are free again.
 */
export async function recover(
  db: Kysely<Database>,
  { now, most, again = now, claim }: { now: Date; most: number; again?: Date; claim?: Claim },
): Promise<{ freed: number; interrupted: number; unknown: number }> {
  const which = claim ? sql`id = ${claim.id} and attempts = ${claim.attempts}` : sql`lease_until < ${now}`;
  const { rows } = await sql<{ status: string; was: string }>`
    with stuck as (select id, status as was, interrupted from deliveries where status in ('claimed', 'sending') and ${which} for update skip locked)
    update deliveries d set lease_until = null, interrupted = s.interrupted + (s.was = 'sending')::int, available_at = ${again},
      status = case when s.was = 'sending' and s.interrupted + 1 >= ${most} then 'unknown' else 'ready' end,
      ended_at = case when s.was = 'sending' and s.interrupted + 1 >= ${most} then ${now}::timestamptz end
    from stuck s where d.id = s.id returning d.status, s.was`.execute(db);
  const count = (test: (row: { status: string; was: string }) => boolean) => rows.filter(test).length;
  return {
    freed: count(row => row.was === 'claimed'),
    interrupted: count(row => row.was === 'sending' && row.status === 'ready'),
    unknown: count(row => row.status === 'unknown'),
  };
}

/** The delivery and its subscription's address that a returned mail is about; notes that it came back, and whether it was read by anybody. */
export async function returnDelivery(
  db: Kysely<Database>,
  id: string,
  { now, untold }: { now: Date; untold: boolean },
): Promise<{ id: string; subscription_id: string; email: string } | null> {
  const { rows } = await sql<{
    id: string;
    subscription_id: string;
    email: string;
  }>`update deliveries d set returned_at = coalesce(d.returned_at, ${now}), untold = d.untold or ${untold}
    from subscriptions s where d.id = ${id} and s.id = d.subscription_id returning d.id, d.subscription_id, s.email`.execute(db);
  return rows[0] ?? null;
}

export type OutboxNumbers = {
  subscriptions: Record<string, number>;
  /** By status, of the last 30 days and whatever is open. */
  deliveries: Record<string, number>;
  /** Active subscriptions whose time has come and that have no delivery for it. */
  unplanned: number;
  /** Deliveries that came due and have not ended, but for those put off until a time that has not come. */
  open: number;
  oldest_open: Date | null;
  /** Digests that came due in the last 7 days, and how many of them have ended in a mail or in nothing to tell. */
  due: number;
  served: number;
};

/** What came due beside what was delivered. `graceMinutes` is how late counts as late. */
export async function outboxNumbers(db: Kysely<Database>, now: Date, graceMinutes: number): Promise<OutboxNumbers> {
  const late = new Date(now.getTime() - graceMinutes * 60_000);
  const [states, statuses, totals] = await Promise.all([
    sql<{
      state: string;
      n: number;
    }>`select case when paused_at is not null and state = 'active' then 'paused' else state end as state, count(*) as n
      from subscriptions group by 1 order by 1`.execute(db),
    sql<{ status: string; n: number }>`select status, count(*) as n from deliveries
      where status <> 'merged' and (ended_at is null or ended_at > ${now}::timestamptz - interval '30 days') group by 1 order by 1`.execute(
      db,
    ),
    sql<Omit<OutboxNumbers, 'subscriptions' | 'deliveries'>>`select
      (select count(*) from subscriptions where state = 'active' and paused_at is null and next_due_at < ${late}) as unplanned,
      (select count(*) from deliveries where ended_at is null and due_at < ${late} and (deferrals = 0 or available_at < ${late})) as open,
      (select min(due_at) from deliveries where ended_at is null) as oldest_open,
      (select count(*) from deliveries where kind = 'digest' and due_at between ${now}::timestamptz - interval '7 days' and ${late}) as due,
      (select count(*) from deliveries d left join deliveries m on m.id = d.mail_id and d.status = 'merged'
        where d.kind = 'digest' and d.due_at between ${now}::timestamptz - interval '7 days' and ${late}
        and coalesce(m.status, d.status) in ('sent', 'written', 'skipped', 'cancelled')) as served`.execute(db),
  ]);
  return {
    subscriptions: Object.fromEntries(states.rows.map(row => [row.state, row.n])),
    deliveries: Object.fromEntries(statuses.rows.map(row => [row.status, row.n])),
    ...totals.rows[0]!,
  };
}
