import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { liftProven } from './addresses.ts';
import type { Rhythm, Subscription } from './subscriptions.ts';

/** An address as it was given, its hashes, and those of the mailbox that its other spellings lead to: under the key in use first. */
export type Addressee = { email: string; hashes: readonly [string, ...string[]]; mailboxes: readonly [string, ...string[]] };

type SubscriptionRequest = Rhythm &
  Addressee & {
    query: string;
    consent_version: string;
    consent_source: Subscription['consent_source'];
  };

/** What a mailbox may have and how often it is asked; src/digest/confirmations.ts decides it. */
export type WishPolicy = {
  mostPerMailbox: number;
  /** Until when a link that is mailed now works. */
  confirmUntil(now: Date): Date;
  /** When a mailbox may get another confirmation, given the times of those nobody has used; null when that is too far away. */
  nextConfirmation(unused: readonly Date[], now: Date): Date | null;
};

/**
 * Takes a wish to subscribe: a pending row, and the mail that asks to confirm it. Where the mailbox has had its share of those, the mail waits,
 * and one mail asks about all that waits. Does not look at whether the address is known, so that nobody can ask; false when the wish was
 * dropped, because the mailbox has too many, or its other spellings have used up its mails for too long.
 */
export async function requestSubscription(
  db: Kysely<Database>,
  request: SubscriptionRequest,
  policy: WishPolicy,
  now: Date,
): Promise<boolean> {
  const { hashes, mailboxes, ...rest } = request;
  const expires = policy.confirmUntil(now);
  return await db.transaction().execute(async trx => {
    await lockMailbox(trx, mailboxes[0]);
    const same = await pendingOf(trx, request.email, now).where('query', '=', rest.query).executeTakeFirst();
    if (same) {
      // Asked for again: perhaps the first mail was lost.
      const again = { ...rest, asked_at: null, confirm_expires_at: expires, consent_at: now };
      await trx.updateTable('subscriptions').set(again).where('id', '=', same.id).execute();
      await planConfirmation(trx, request, { policy, now });
      return true;
    }
    if ((await subscriptionsOfMailbox(trx, request, now)) >= policy.mostPerMailbox) return false;
    const id = randomUUID();
    const keys = { address_hash: hashes[0], mailbox_hash: mailboxes[0], confirm_id: randomUUID(), confirm_expires_at: expires };
    await trx
      .insertInto('subscriptions')
      .values({ ...rest, ...keys, id, state: 'pending', consent_at: now })
      .execute();
    if (await planConfirmation(trx, request, { policy, now })) return true;
    await trx.deleteFrom('subscriptions').where('id', '=', id).execute();
    return false;
  });
}

/** The wishes that a confirmation link is about: all of its address that wait. Null when its own was confirmed or has expired. */
export async function wishesOf(db: Kysely<Database>, confirmId: string, now: Date): Promise<Subscription[] | null> {
  const own = await db
    .selectFrom('subscriptions')
    .select('email')
    .where('confirm_id', '=', confirmId)
    .where('state', '=', 'pending')
    .where('confirm_expires_at', '>', now)
    .executeTakeFirst();
  return own ? await pendingOf(db, own.email, now).selectAll().execute() : null;
}

/** The wishes that a confirmation mail lists. They count as asked from now on, and the links work until `expires`. */
export async function askWishes(
  db: Kysely<Database>,
  subscriptionId: string,
  { now, expires }: { now: Date; expires: Date },
): Promise<Subscription[]> {
  return await db.transaction().execute(async trx => {
    const own = await trx.selectFrom('subscriptions').select('email').where('id', '=', subscriptionId).executeTakeFirst();
    if (!own) return [];
    // The mail's own wish may have expired while no mail could be sent.
    const rows = await trx
      .selectFrom('subscriptions')
      .selectAll()
      .where(sql<boolean>`lower(email) = lower(${own.email})`)
      .where('state', '=', 'pending')
      .where(eb => eb.or([eb('confirm_expires_at', '>', now), eb('id', '=', subscriptionId)]))
      .orderBy('consent_at')
      .orderBy('id')
      .forUpdate()
      .execute();
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0)
      await trx.updateTable('subscriptions').set({ asked_at: now, confirm_expires_at: expires }).where('id', 'in', ids).execute();
    return rows;
  });
}

/** What the owner of an address chose: of the wishes `shown`, the `chosen` ones; the others are deleted. */
export type Choice = { shown: readonly string[]; chosen: readonly string[] };

type Confirming = { addressee: Addressee; choice: Choice | null; nextDue: (rhythm: Rhythm) => Date; policy: WishPolicy };

/**
 * Makes pending subscriptions active, once: those chosen, or without a choice all that were asked about. One of the same address and filter
 * that was there before goes on in its place, with the new rhythm and the ledger of what it was told. `nextDue` says when its first mail is
 * due. Null when the link was used or has expired.
 */
export async function confirmWishes(
  db: Kysely<Database>,
  confirmId: string,
  { addressee, choice, nextDue, policy }: Confirming,
  now: Date,
): Promise<Subscription[] | null> {
  return await db.transaction().execute(async trx => {
    await lockMailbox(trx, addressee.mailboxes[0]);
    const wishes = await wishesOf(trx, confirmId, now);
    if (!wishes) return null;
    const wanted = wishes.filter(wish =>
      choice ? choice.chosen.includes(wish.id) : wish.asked_at !== null || wish.confirm_id === confirmId,
    );
    const unwanted = wishes.filter(wish => choice?.shown.includes(wish.id) && !choice.chosen.includes(wish.id));
    const done: Subscription[] = [];
    for (const wish of wanted) done.push(await activate(trx, wish, { hashes: addressee.hashes, next_due_at: nextDue(wish), now }));
    for (const { id } of unwanted) await trx.deleteFrom('subscriptions').where('id', '=', id).where('state', '=', 'pending').execute();
    if (done.length > 0) await liftProven(trx, addressee.hashes);
    // A used confirmation counts no more, so that what waits may go out sooner.
    await planConfirmation(trx, addressee, { policy, now });
    return done;
  });
}

async function activate(
  trx: Kysely<Database>,
  wish: Subscription,
  { hashes, next_due_at, now }: { hashes: readonly string[]; next_due_at: Date; now: Date },
): Promise<Subscription> {
  const before = await trx
    .selectFrom('subscriptions')
    .select(['id', 'state'])
    .where('address_hash', 'in', hashes)
    .where('query', '=', wish.query)
    .where('state', '<>', 'pending')
    .forUpdate()
    .executeTakeFirst();
  const { every, weekday, hour, zone, consent_version, consent_source, consent_at } = wish;
  if (before) await trx.deleteFrom('subscriptions').where('id', '=', wish.id).execute();
  return await trx
    .updateTable('subscriptions')
    .set({ every, weekday, hour, zone, consent_version, consent_source, consent_at, next_due_at, confirmed_at: now })
    .set({ state: 'active', confirm_id: null, confirm_expires_at: null, paused_at: null, ended_at: null, failures: 0, doubted_at: null })
    .$if(before?.state !== 'active', query => query.set({ gathered_at: null, quiet_told_at: null }))
    .where('id', '=', before?.id ?? wish.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * Sees to it that what an address has asked for and no mail has asked about is asked about by one mail, as soon as the mailbox may get one.
 * False when that is too far away.
 */
async function planConfirmation(
  trx: Kysely<Database>,
  addressee: Addressee,
  { policy, now }: { policy: WishPolicy; now: Date },
): Promise<boolean> {
  const waiting = await pendingOf(trx, addressee.email, now).where('asked_at', 'is', null).executeTakeFirst();
  if (!waiting) return true;
  const mails = await trx
    .selectFrom('deliveries as d')
    .innerJoin('subscriptions as s', 's.id', 'd.subscription_id')
    .select(['d.id', 'd.status', 'd.attempts', 'd.due_at', sql<boolean>`lower(s.email) = lower(${addressee.email})`.as('own')])
    .where('d.kind', '=', 'confirm')
    .where('d.status', 'not in', ['cancelled', 'skipped'])
    .where('s.state', '=', 'pending')
    .where(eb => eb.or([eb('s.mailbox_hash', 'in', addressee.mailboxes), eb('s.address_hash', 'in', addressee.hashes)]))
    .execute();
  const open = mails.find(mail => mail.own && mail.status === 'ready');
  const at = policy.nextConfirmation(
    mails.filter(mail => mail !== open).map(mail => mail.due_at),
    now,
  );
  if (open) {
    if (open.attempts === 0 && at !== null && at < open.due_at)
      await trx.updateTable('deliveries').set({ due_at: at, available_at: at }).where('id', '=', open.id).execute();
    return true;
  }
  if (at === null) return false;
  const mail = { id: randomUUID(), subscription_id: waiting.id, kind: 'confirm' as const, period: randomUUID(), status: 'ready' as const };
  await trx
    .insertInto('deliveries')
    .values({ ...mail, due_at: at, available_at: at })
    .execute();
  return true;
}

function pendingOf(db: Kysely<Database>, email: string, now: Date) {
  return db
    .selectFrom('subscriptions')
    .select('id')
    .where(sql<boolean>`lower(email) = lower(${email})`)
    .where('state', '=', 'pending')
    .where('confirm_expires_at', '>', now)
    .orderBy('consent_at')
    .orderBy('id');
}

async function subscriptionsOfMailbox(trx: Kysely<Database>, { hashes, mailboxes }: Addressee, now: Date): Promise<number> {
  const row = await trx
    .selectFrom('subscriptions')
    .select(sql<number>`count(*)`.as('n'))
    .where(eb => eb.or([eb('mailbox_hash', 'in', mailboxes), eb('address_hash', 'in', hashes)]))
    .where(eb => eb.or([eb('state', '=', 'active'), eb.and([eb('state', '=', 'pending'), eb('confirm_expires_at', '>', now)])]))
    .executeTakeFirstOrThrow();
  return row.n;
}

async function lockMailbox(trx: Kysely<Database>, mailbox: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${mailbox}, 7))`.execute(trx);
}
