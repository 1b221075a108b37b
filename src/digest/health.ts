import type { Kysely } from 'kysely';
import { databaseNow } from '../store/clock.ts';
import { type OutboxNumbers, outboxNumbers } from '../store/outbox.ts';
import type { Database } from '../store/schema.ts';

/** How late a mail may be before it is an alarm. A pass runs every minute. */
export const LATE_MINUTES = 60;

export type DigestHealth = OutboxNumbers & { ok: boolean; message: string };

/** Whether every subscription whose time came has been served: what was delivered beside what was due, never the absence of errors. */
export async function digestHealth(db: Kysely<Database>, now?: Date): Promise<DigestHealth> {
  const numbers = await outboxNumbers(db, now ?? (await databaseNow(db)), LATE_MINUTES);
  const { due, served, unplanned, open } = numbers;
  const unknown = numbers.deliveries.unknown ?? 0;
  const troubles = [
    unplanned > 0 && `${unplanned} subscriptions are due for more than ${LATE_MINUTES} minutes and have no delivery`,
    open > 0 && `${open} mails wait for more than ${LATE_MINUTES} minutes`,
    unknown > 0 && `of ${unknown} mails nobody knows whether they arrived`,
  ].filter(trouble => trouble !== false);
  const message = `${served} of ${due} digests due in the last 7 days are served${troubles.length > 0 ? `; LATE: ${troubles.join('; ')}` : ''}`;
  return { ...numbers, ok: troubles.length === 0, message };
}
