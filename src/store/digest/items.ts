import { type Kysely, sql } from 'kysely';
import type { FeedFilter } from '../feed/feed-filter.ts';
import { allOf, shownTests } from '../feed/shown.ts';
import type { Database } from '../schema.ts';

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
      on conflict (subscription_id, posting_id) do update set matched_at = excluded.matched_at
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

export type WaitingItem = { subscription_id: string; posting_id: string; company: string | null };

/** What the ledger holds for subscriptions and no mail has told them, newest posting first; matched within the days given. */
export async function waitingItems(trx: Kysely<Database>, subscriptionIds: readonly string[], since: Date): Promise<WaitingItem[]> {
  const { rows } = await sql<WaitingItem>`
    select i.subscription_id, i.posting_id, lower(p.company) as company from digest_items i join postings p on p.id = i.posting_id
    where i.subscription_id = any(${subscriptionIds}::uuid[]) and i.delivery_id is null and i.matched_at >= ${since}
    order by p.first_seen desc, p.id desc`.execute(trx);
  return rows;
}

/** Puts waiting items into a mail, or behind its link: from then on they are told. */
export async function assignItems(
  trx: Kysely<Database>,
  items: readonly { subscription_id: string; posting_id: string; delivery_id: string; place: 'mailed' | 'linked' }[],
): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const part = items.slice(from, from + AT_ONCE);
    const column = (name: keyof (typeof items)[number]) => part.map(item => item[name]);
    await sql`update digest_items i set delivery_id = a.delivery_id, place = a.place
      from unnest(${column('subscription_id')}::uuid[], ${column('posting_id')}::text[], ${column('delivery_id')}::uuid[], ${column('place')}::text[])
        as a (subscription_id, posting_id, delivery_id, place)
      where i.subscription_id = a.subscription_id and i.posting_id = a.posting_id and i.delivery_id is null`.execute(trx);
  }
}

/** Takes back what mails were to tell that nobody got, so that the next ones tell it. Wants the lock of the ledger. */
export async function takeBackUntold(trx: Kysely<Database>): Promise<void> {
  await sql`with lost as (update deliveries set untold = false where untold returning id)
    update digest_items set delivery_id = null, place = null where delivery_id in (select id from lost)`.execute(trx);
}

/**
 * The postings of a mail in its order: those in it and, behind them, those it links to; each newest first. `open` are those that a list
 * with this `include` shows now; the others have closed, or are tagged otherwise since they matched.
 */
export async function toldItems(
  db: Kysely<Database>,
  deliveryId: string,
  include: FeedFilter['include'],
): Promise<{ posting_id: string; place: 'mailed' | 'linked'; open: boolean }[]> {
  const { rows } = await sql<{ posting_id: string; place: 'mailed' | 'linked'; open: boolean }>`
    select i.posting_id, i.place, ${allOf(shownTests(include))} as open
    from digest_items i join postings p on p.id = i.posting_id
    where i.delivery_id = ${deliveryId} order by i.place = 'linked', p.first_seen desc, p.id desc`.execute(db);
  return rows;
}
