import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { Rhythm, Subscription } from './subscriptions.ts';

/** A subscription that a mail tells something, as it is now. */
export type MailSection = Rhythm & Pick<Subscription, 'email' | 'query' | 'state'> & { subscription_id: string };

/** The deliveries that a mail is of: its own, and those merged into it and not left out since. */
const OF_MAIL = (mailId: string) => sql<boolean>`(d.id = ${mailId} or (d.mail_id = ${mailId} and d.status = 'merged'))`;

/** The subscriptions of a mail, in the order in which they were asked for; none when the mail is not kept any more. */
export async function mailSections(db: Kysely<Database>, mailId: string): Promise<MailSection[]> {
  return await db
    .selectFrom('deliveries as d')
    .innerJoin('subscriptions as s', 's.id', 'd.subscription_id')
    .select(['d.subscription_id', 's.email', 's.query', 's.state', 's.every', 's.weekday', 's.hour', 's.zone'])
    .where(OF_MAIL(mailId))
    .orderBy('s.consent_at')
    .orderBy('s.id')
    .execute();
}

/**
 * Leaves those out of a mail of several subscriptions that do not want it any more; what it was to tell them is noted as untold. Where its own
 * subscription is one of them, the mail passes to another, as what becomes of a mail is told of its own one. Returns the subscription whose
 * mail it is. Wants the lock of the delivery.
 */
export async function leaveOutUnwanted(trx: Kysely<Database>, mailId: string): Promise<string> {
  const { rows } = await sql<Section>`
    select d.id, d.subscription_id, d.period, d.due_at, (s.state = 'active' and s.paused_at is null) as wanted
    from deliveries d join subscriptions s on s.id = d.subscription_id where ${OF_MAIL(mailId)} order by s.consent_at, s.id for share of s`.execute(
    trx,
  );
  const own = rows.find(row => row.id === mailId)!;
  const lost = rows.filter(row => !row.wanted && row !== own).map(row => row.id);
  if (lost.length > 0) await trx.updateTable('deliveries').set({ status: 'cancelled', untold: true }).where('id', 'in', lost).execute();
  const heir = rows.find(row => row.wanted && row !== own);
  if (own.wanted || !heir) return own.subscription_id;
  await passOn(trx, own, heir);
  return heir.subscription_id;
}

type Section = { id: string; subscription_id: string; period: string; due_at: Date; wanted: boolean };

async function passOn(trx: Kysely<Database>, own: Section, heir: Section): Promise<void> {
  const { subscription_id, period, due_at } = own;
  await trx.deleteFrom('deliveries').where('id', '=', heir.id).execute();
  await trx
    .updateTable('deliveries')
    .set({ subscription_id: heir.subscription_id, period: heir.period })
    .where('id', '=', own.id)
    .execute();
  const cancelled = { kind: 'digest' as const, status: 'cancelled' as const, mail_id: own.id, untold: true };
  await trx
    .insertInto('deliveries')
    .values({ id: randomUUID(), subscription_id, period, due_at, available_at: due_at, ended_at: sql<Date>`now()`, ...cancelled })
    .execute();
}

/** Ends the subscriptions of a mail, as one press on its button does. */
export async function endMail(db: Kysely<Database>, mailId: string, now: Date): Promise<void> {
  await sql`update subscriptions s set state = 'unsubscribed', ended_at = ${now}, confirm_id = null
    where s.state = 'active' and s.id in (select d.subscription_id from deliveries d where ${OF_MAIL(mailId)})`.execute(db);
}

/** Counts a mail that was refused for good or came back, for each of its subscriptions. Returns how many there were in a row. */
export async function countFailure(db: Kysely<Database>, mailId: string): Promise<{ id: string; failures: number }[]> {
  const { rows } = await sql<{ id: string; failures: number }>`update subscriptions s set failures = failures + 1
    where s.id in (select d.subscription_id from deliveries d where ${OF_MAIL(mailId)}) returning s.id, s.failures`.execute(db);
  return rows;
}

/**
 * Starts the counts of a mail's subscriptions over when it was taken. A server of ours takes mails that come back hours later, so the one
 * before it must not have come back.
 */
export async function forgetFailures(db: Kysely<Database>, mailId: string): Promise<void> {
  await sql`update subscriptions s set failures = 0, doubted_at = null where (failures > 0 or doubted_at is not null)
    and s.id in (select d.subscription_id from deliveries d where ${OF_MAIL(mailId)})
    and not coalesce((select m.returned_at is not null from deliveries d join deliveries m on m.id = coalesce(d.mail_id, d.id)
      where d.subscription_id = s.id and m.id <> ${mailId} and m.status in ('sent', 'written') order by m.ended_at desc limit 1), false)`.execute(
    db,
  );
}
