import { type Kysely, sql } from 'kysely';
import type { Pay } from '../../posting/posting.ts';
import type { Database } from '../schema.ts';

/** When the same may be told of a posting again: not after another such telling since then. */
type Again = { now: Date; notSince: Date };

/** Puts postings that are open again on the ledger of all who were told of them before. Returns how many lines that makes. */
export async function addOpenAgain(trx: Kysely<Database>, ids: readonly string[], again: Again): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into digest_items (subscription_id, posting_id, news, matched_at)
    select distinct i.subscription_id, i.posting_id, 'open_again', ${again.now}::timestamptz
    from digest_items i join postings p on p.id = i.posting_id join subscriptions s on s.id = i.subscription_id
    where i.posting_id = any(${ids}::text[]) and i.delivery_id is not null and coalesce(i.told_at, i.matched_at) < p.reopened_at
      and s.state = 'active' ${onceMore(again)}`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** A change of pay: what subscriptions were told last of a posting, and what it states now, in the same currency and interval. */
export type PayChange = { posting_id: string; told: Pay; pay: Pay };

/** Postings that state other pay than some subscription was told, each change once. */
export async function paidOtherwise(trx: Kysely<Database>, ids: readonly string[]): Promise<PayChange[]> {
  const { rows } = await sql<PayChange>`
    select distinct p.id as posting_id, l.told_pay as told, p.pay from (${lastTold(ids)}) l join postings p on p.id = l.posting_id
    where l.told_pay is distinct from p.pay and l.told_pay->>'currency' = p.pay->>'currency' and l.told_pay->>'interval' = p.pay->>'interval'`.execute(
    trx,
  );
  return rows;
}

/** Puts raises on the ledger of all who were told of the posting with the old pay last. Returns how many lines that makes. */
export async function addRaised(trx: Kysely<Database>, raises: readonly PayChange[], again: Again): Promise<number> {
  const ids = raises.map(({ posting_id }) => posting_id);
  const { numAffectedRows } = await sql`
    insert into digest_items (subscription_id, posting_id, news, matched_at)
    select l.subscription_id, l.posting_id, 'raised', ${again.now}::timestamptz from (${lastTold(ids)}) l
    join unnest(${ids}::text[], ${raises.map(({ told }) => JSON.stringify(told))}::text[]) as r (posting_id, told)
      on r.posting_id = l.posting_id and r.told::jsonb = l.told_pay
    join subscriptions s on s.id = l.subscription_id where s.state = 'active' ${onceMore(again)}`.execute(trx);
  return Number(numAffectedRows ?? 0);
}

/** The last telling of each of some postings to each subscription. */
function lastTold(ids: readonly string[]) {
  return sql`select distinct on (i.subscription_id, i.posting_id) i.subscription_id, i.posting_id, i.told_pay from digest_items i
    where i.posting_id = any(${ids}::text[]) and i.delivery_id is not null order by i.subscription_id, i.posting_id, i.told_at desc nulls last`;
}

/** The line of an earlier telling of the same kind waits anew when that is long ago. */
function onceMore({ notSince }: Again) {
  return sql`on conflict (subscription_id, posting_id, news) do update
    set matched_at = excluded.matched_at, delivery_id = null, place = null, told_at = null, told_pay = null, pay_before = null
    where digest_items.delivery_id is null or digest_items.told_at < ${notSince}`;
}
