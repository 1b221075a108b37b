import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Who refuses us as a sender: `scope` is the domain of the recipients, empty for our own mail server. */
export type MailTrouble = { scope: string; since: Date; until: Date; refusals: number; response: string };

/** Waits before a domain that refuses us is tried again. */
const HOLD_MINUTES = [15, 60, 240, 720];
/** Refusals in a row that are held to be about one mailbox, where the domain took other mails within a day. */
const MOST_PERSONAL = 3;
/** A returned mail comes hours after our own server took it; only then does an acceptance prove something. */
export const PROVEN_HOURS = 24;
const FORGOTTEN_DAYS = 7;

/**
 * Notes that a domain (or, with an empty scope, our own server) refuses us. Mails to that domain are held for a while, longer each time;
 * nothing is held where others of the domain got theirs within a day, unless it happens three times in a row. `returned`: a report said so.
 */
export async function noteTrouble(
  db: Kysely<Database>,
  { scope, response, returned = false }: { scope: string; response: string; returned?: boolean },
  now: Date,
): Promise<void> {
  const waits = sql`${HOLD_MINUTES}::int[]`;
  const held = (rounds: ReturnType<typeof sql>) =>
    sql`${now}::timestamptz + make_interval(mins => (${waits})[least(${rounds}, ${HOLD_MINUTES.length})])`;
  const rounds = sql`t.rounds + 1`;
  // Refusals while it is held are those of mails that were under way before.
  const stays = sql`t.until > ${now} or (t.rounds = 0 and t.refusals + 1 < ${MOST_PERSONAL})`;
  await sql`insert into mail_troubles as t (scope, since, last_at, until, refusals, rounds, returned, response)
    select ${scope}, ${now}, ${now}, case when k.known then ${now}::timestamptz else ${held(sql`1`)} end, 1, case when k.known then 0 else 1 end, ${returned}, ${response}
    from (select exists (select 1 from deliveries d join subscriptions s on s.id = d.subscription_id where d.status = 'sent'
      and d.returned_at is null and d.ended_at > ${now}::timestamptz - interval '1 day' and split_part(s.email, '@', 2) = ${scope}) as known) k
    on conflict (scope) do update set last_at = excluded.last_at, response = excluded.response, refusals = t.refusals + 1,
      returned = t.returned or excluded.returned,
      rounds = case when ${stays} then t.rounds else ${rounds} end,
      until = case when ${stays} then t.until else ${held(rounds)} end`.execute(db);
}

/** Forgets a domain's refusals, and those of our own server, when a mail to that domain was taken. */
export async function endTrouble(db: Kysely<Database>, domain: string, now: Date): Promise<void> {
  await sql`delete from mail_troubles where scope in ('', ${domain})
    and (not returned or last_at < ${now}::timestamptz - make_interval(hours => ${PROVEN_HOURS}))`.execute(db);
}

/** Refusals that nothing has followed, oldest first. */
export async function mailTroubles(db: Kysely<Database>): Promise<MailTrouble[]> {
  return await db
    .selectFrom('mail_troubles')
    .select(['scope', 'since', 'until', 'refusals', 'response'])
    .orderBy('since')
    .orderBy('scope')
    .execute();
}

/** Forgets what has not been seen for a week: with nobody left to write to, nothing would end it. */
export async function purgeTroubles(db: Kysely<Database>, now: Date): Promise<void> {
  await sql`delete from mail_troubles where last_at < ${now}::timestamptz - make_interval(days => ${FORGOTTEN_DAYS})`.execute(db);
}
