import { type Kysely, sql } from 'kysely';
import type { Pay } from '../../posting/posting.ts';
import type { FeedFilter } from '../feed/feed-filter.ts';
import { allOf, shownTests } from '../feed/shown.ts';
import type { Database, News } from '../schema.ts';

/**
 * One pass at a time writes many rows of the ledger and of the subscriptions; two, each in its own order, would lock each other up.
 * The first statement of such a transaction; it ends with it.
 */
export async function lockLedger(trx: Kysely<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LEDGER_LOCK})`.execute(trx);
}

const LEDGER_LOCK = 7302;

/** Pairs written in one statement. */
const AT_ONCE = 10_000;

/**
 * Writes matches to the ledger; a pair that is there already stays as it is, told or not. `subscriptions[i]` matched `postings[i]`.
 * Also notes that these subscriptions matched something. Returns how many pairs are new.
 */
export async function addMatches(
  trx: Kysely<Database>,
  subscriptions: readonly string[],
  postings: readonly string[],
  now: Date,
): Promise<number> {
  let added = 0;
  for (let from = 0; from < subscriptions.length; from += AT_ONCE) {
    const [ids, told] = [subscriptions.slice(from, from + AT_ONCE), postings.slice(from, from + AT_ONCE)];
    const { numAffectedRows } = await sql`
      insert into digest_items (subscription_id, posting_id, matched_at)
      select s.id, m.posting_id, ${now} from unnest(${ids}::uuid[], ${told}::text[]) as m (subscription_id, posting_id)
      join subscriptions s on s.id = m.subscription_id
      on conflict (subscription_id, posting_id, news) do update set matched_at = excluded.matched_at
        where digest_items.delivery_id is null and digest_items.matched_at < excluded.matched_at - interval '1 day'`.execute(trx);
    added += Number(numAffectedRows ?? 0);
  }
  const matched = [...new Set(subscriptions)];
  if (matched.length > 0) {
    await sql`update subscriptions set last_match_at = ${now}, quiet_told_at = null
      where id = any(${matched}::uuid[]) and (last_match_at is null or last_match_at < ${now}::timestamptz - interval '1 hour')`.execute(
      trx,
    );
  }
  return added;
}

export type WaitingItem = {
  subscription_id: string;
  posting_id: string;
  news: News;
  company: string | null;
  pay: Pay | null;
  /** The pay it stated when this subscription was told of it last. */
  pay_before: Pay | null;
  /** The delivery that told the same to another subscription of the address. */
  told_in: string | null;
};

/** What the ledger holds for subscriptions and no mail has told them, newest first; matched within the days given. */
export async function waitingItems(trx: Kysely<Database>, subscriptionIds: readonly string[], since: Date): Promise<WaitingItem[]> {
  const { rows } = await sql<WaitingItem>`
    with family as materialized (select s.id, o.id as other from subscriptions s
      join subscriptions o on lower(o.email) = lower(s.email) and o.id <> s.id where s.id = any(${subscriptionIds}::uuid[]))
    select i.subscription_id, i.posting_id, i.news, lower(p.company) as company, p.pay, told.told_pay as pay_before, elsewhere.delivery_id as told_in
    from digest_items i join postings p on p.id = i.posting_id
    left join lateral (select t.told_pay from digest_items t where i.news <> 'new' and t.subscription_id = i.subscription_id
      and t.posting_id = i.posting_id and t.delivery_id is not null order by t.told_at desc nulls last limit 1) told on true
    left join lateral (select t.delivery_id from family f join digest_items t on t.subscription_id = f.other and t.posting_id = i.posting_id
      where f.id = i.subscription_id and t.place in ('mailed', 'linked') and (i.news = 'new' or t.told_at >= i.matched_at) limit 1) elsewhere on true
    where i.subscription_id = any(${subscriptionIds}::uuid[]) and i.delivery_id is null and i.matched_at >= ${since}
    order by ${NEWEST}`.execute(trx);
  return rows;
}

/** The order of what is told: by when it was first seen, what is told again by when there was news of it. */
const NEWEST = sql`case when i.news = 'new' then p.first_seen else i.matched_at end desc, p.id desc`;

export type Assignment = Pick<WaitingItem, 'subscription_id' | 'posting_id' | 'news' | 'pay_before'> & {
  delivery_id: string;
  place: 'mailed' | 'linked' | 'elsewhere';
};

/** Puts waiting items into a mail, or behind its link: from then on they are told, with the pay they state now. */
export async function assignItems(trx: Kysely<Database>, items: readonly Assignment[], now: Date): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const part = items.slice(from, from + AT_ONCE);
    const column = (name: Exclude<keyof Assignment, 'pay_before'>) => part.map(item => item[name]);
    const before = part.map(({ pay_before }) => (pay_before === null ? null : JSON.stringify(pay_before)));
    await sql`update digest_items i set delivery_id = a.delivery_id, place = a.place, told_at = ${now}, told_pay = p.pay, pay_before = a.pay_before::jsonb
      from unnest(${column('subscription_id')}::uuid[], ${column('posting_id')}::text[], ${column('news')}::text[], ${column('delivery_id')}::uuid[],
        ${column('place')}::text[], ${before}::text[]) as a (subscription_id, posting_id, news, delivery_id, place, pay_before)
      join postings p on p.id = a.posting_id
      where i.subscription_id = a.subscription_id and i.posting_id = a.posting_id and i.news = a.news and i.delivery_id is null`.execute(
      trx,
    );
  }
}

/**
 * Takes back what mails were to tell that nobody got, so that the next ones tell it: all of a mail, or what it was to tell a subscription that
 * was left out of it, with what it tells others only under that one. Wants the lock of the ledger.
 */
export async function takeBackUntold(trx: Kysely<Database>): Promise<void> {
  await sql`with lost as (update deliveries set untold = false where untold returning id, subscription_id, mail_id)
    update digest_items i set ${UNTOLD} from lost l where i.delivery_id = coalesce(l.mail_id, l.id) and (l.mail_id is null
      or i.subscription_id = l.subscription_id or (i.place = 'elsewhere' and exists (select 1 from digest_items t where t.delivery_id = l.mail_id
        and t.posting_id = i.posting_id and t.place <> 'elsewhere' and t.subscription_id = l.subscription_id)))`.execute(trx);
}

const UNTOLD = sql`delivery_id = null, place = null, told_at = null, told_pay = null, pay_before = null`;

/** Notes of what a mail is about to tell the pay as it is stated at this moment. */
export async function notePayTold(db: Kysely<Database>, deliveryId: string): Promise<void> {
  await sql`update digest_items i set told_pay = p.pay from postings p
    where i.delivery_id = ${deliveryId} and p.id = i.posting_id and i.told_pay is distinct from p.pay`.execute(db);
}

export type ToldItem = Pick<Assignment, 'posting_id' | 'news' | 'place' | 'pay_before'> & { open: boolean };

/**
 * What a mail tells one of its subscriptions, in its order: what is in it and, behind that, what it links to; each newest first. `open` are
 * those that a list with this `include` shows now; the others have closed, or are tagged otherwise since they matched.
 */
export async function toldItems(
  db: Kysely<Database>,
  { mail, subscription }: { mail: string; subscription: string },
  include: FeedFilter['include'],
): Promise<ToldItem[]> {
  const { rows } = await sql<ToldItem>`
    select i.posting_id, i.news, i.place, i.pay_before, ${allOf(shownTests(include))} as open
    from digest_items i join postings p on p.id = i.posting_id
    where i.delivery_id = ${mail} and i.subscription_id = ${subscription}
    order by array_position(array['mailed', 'linked', 'elsewhere'], i.place), ${NEWEST}`.execute(db);
  return rows;
}
