import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** Who refuses us as a sender: `scope` is the domain of the recipients, empty for our own mail server. */
export type MailTrouble = { scope: string; since: Date; until: Date; refusals: number; response: string };

/** Until when nothing is sent, and how often it was held so. */
export type Hold = { until: Date; rounds: number };

/**
 * Notes that a domain (or, with an empty scope, our own server) refuses us. `hold` says until when mails to it are held, given what was known
 * of it before this refusal and whether it has taken a mail since `takenSince`. `returned`: a report said so.
 */
export async function noteTrouble(
  db: Kysely<Database>,
  { scope, response, returned = false }: { scope: string; response: string; returned?: boolean },
  { now, takenSince, hold }: { now: Date; takenSince: Date; hold: (before: Hold & { refusals: number }, taken: boolean) => Hold },
): Promise<void> {
  await db.transaction().execute(async trx => {
    const none = { since: now, until: now, refusals: 0, rounds: 0 };
    // Written first, so that two processes which are refused at once count one after the other.
    const before = await trx
      .insertInto('mail_troubles')
      .values({ scope, response, returned, last_at: now, ...none })
      .onConflict(conflict =>
        conflict
          .column('scope')
          .doUpdateSet({ response, last_at: now, returned: sql<boolean>`mail_troubles.returned or excluded.returned` }),
      )
      .returning(['until', 'refusals', 'rounds'])
      .executeTakeFirstOrThrow();
    const { until, rounds } = hold(before, await hasTaken(trx, scope, takenSince));
    await trx
      .updateTable('mail_troubles')
      .set({ until, rounds, refusals: before.refusals + 1 })
      .where('scope', '=', scope)
      .execute();
  });
}

/** Whether a mail to a domain was sent since then and has not come back. */
async function hasTaken(db: Kysely<Database>, domain: string, since: Date): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select exists (select 1 from deliveries d join subscriptions s on s.id = d.subscription_id
    where d.status = 'sent' and d.returned_at is null and d.ended_at > ${since} and split_part(s.email, '@', 2) = ${domain}) as taken`.execute(
    db,
  );
  return rows[0]!.taken;
}

/** Forgets a domain's refusals, and those of our own server; but not one that a returned mail told after `provenBefore`. */
export async function endTrouble(db: Kysely<Database>, domain: string, provenBefore: Date): Promise<void> {
  await sql`delete from mail_troubles where scope in ('', ${domain}) and (not returned or last_at < ${provenBefore})`.execute(db);
}

/**
 * Notes that a reply left open whether the mailbox of a subscription is there. Returns since when that is open, whether others of its domain
 * get mails (`others`), whether one of them is doubted too and the domain has taken nothing since (`refusesOthers`), and whether it has taken a
 * mail since this mailbox was doubted. An acceptance after `provenBefore` does not count. Null when there is no such subscription.
 */
export async function doubtMailbox(
  db: Kysely<Database>,
  subscriptionId: string,
  { now, provenBefore }: { now: Date; provenBefore: Date },
): Promise<{ since: Date; others: boolean; refusesOthers: boolean; takenSince: boolean } | null> {
  const taken = (since: ReturnType<typeof sql>) => sql`exists (select 1 from deliveries d join subscriptions t on t.id = d.subscription_id
    where d.status = 'sent' and d.returned_at is null and d.ended_at > ${since} and d.ended_at <= ${provenBefore}
      and split_part(lower(t.email), '@', 2) = split_part(lower(s.email), '@', 2))`;
  const { rows } = await sql<{ since: Date; others: boolean; refusesOthers: boolean; takenSince: boolean }>`
    with s as (update subscriptions set doubted_at = coalesce(doubted_at, ${now}) where id = ${subscriptionId} returning *),
    others as (select o.doubted_at from s join subscriptions o on split_part(lower(o.email), '@', 2) = split_part(lower(s.email), '@', 2)
      and coalesce(o.mailbox_hash, o.address_hash) <> coalesce(s.mailbox_hash, s.address_hash) where o.state = 'active' and o.paused_at is null)
    select s.doubted_at as since, exists (select 1 from others) as others, ${taken(sql`s.doubted_at`)} as "takenSince",
      exists (select 1 from others o where o.doubted_at is not null and not ${taken(sql`o.doubted_at`)}) as "refusesOthers" from s`.execute(
    db,
  );
  return rows[0] ?? null;
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
