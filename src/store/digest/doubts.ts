import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Days between two replies of "perhaps no such mailbox" that together are believed. */
export const DOUBT_DAYS = 2;

/** What a doubtful reply comes to: `open` still, `gone`: the mailbox is not there, `domain`: it is about us, whatever the mailbox. */
export type Doubt = 'open' | 'gone' | 'domain';

/**
 * Notes that a reply left open whether the mailbox is there. A domain that says so of several mailboxes and takes nothing in between means us.
 * Of one mailbox it is believed days later, when the domain has taken another's mail since; where nobody else there could get one, without that.
 * `provenHours`: an acceptance younger than that proves nothing, as the mail may still come back.
 */
export async function doubtMailbox(db: Kysely<Database>, subscriptionId: string, now: Date, provenHours = 0): Promise<Doubt> {
  const taken = (since: ReturnType<typeof sql>) => sql`exists (select 1 from deliveries d join subscriptions t on t.id = d.subscription_id
    where d.status = 'sent' and d.returned_at is null and d.ended_at > ${since}
      and d.ended_at <= ${now}::timestamptz - make_interval(hours => ${provenHours})
      and split_part(lower(t.email), '@', 2) = split_part(lower(s.email), '@', 2))`;
  const { rows } = await sql<{ doubt: Doubt }>`
    with s as (update subscriptions set doubted_at = coalesce(doubted_at, ${now}) where id = ${subscriptionId} returning *),
    others as (select o.doubted_at from s join subscriptions o on split_part(lower(o.email), '@', 2) = split_part(lower(s.email), '@', 2)
      and coalesce(o.mailbox_hash, o.address_hash) <> coalesce(s.mailbox_hash, s.address_hash) where o.state = 'active' and o.paused_at is null)
    select case
      when exists (select 1 from others o where o.doubted_at is not null and not ${taken(sql`o.doubted_at`)}) then 'domain'
      when s.doubted_at > ${now}::timestamptz - make_interval(days => ${DOUBT_DAYS}) then 'open'
      when not exists (select 1 from others) or ${taken(sql`s.doubted_at`)} then 'gone'
      else 'open' end as doubt from s`.execute(db);
  return rows[0]?.doubt ?? 'open';
}
