import type { Kysely } from 'kysely';
import { databaseNow } from '../store/clock.ts';
import { type MailTrouble, mailTroubles } from '../store/digest/mail-troubles.ts';
import { type OutboxNumbers, outboxNumbers } from '../store/digest/outbox.ts';
import type { Database } from '../store/schema.ts';

/** How late a mail may be before it is an alarm. A pass runs every minute. */
const LATE_MINUTES = 60;

/** `refused_by`: who refuses us as a sender; an empty scope is our own mail server. */
type DigestHealth = OutboxNumbers & { ok: boolean; message: string; refused_by: MailTrouble[] };

/** Whether every subscription whose time came has been served: what was delivered beside what was due, never the absence of errors. */
export async function digestHealth(db: Kysely<Database>, now?: Date): Promise<DigestHealth> {
  const at = now ?? (await databaseNow(db));
  const [numbers, refused_by] = await Promise.all([outboxNumbers(db, at, LATE_MINUTES), mailTroubles(db)]);
  const { due, served, unplanned, open } = numbers;
  const unknown = numbers.deliveries.unknown ?? 0;
  // Counted only: strangers read this at /readyz, and a domain can be a person's.
  const domains = refused_by.filter(({ scope }) => scope !== '').length;
  const troubles = [
    unplanned > 0 && `${unplanned} subscriptions are due for more than ${LATE_MINUTES} minutes and have no delivery`,
    open > 0 && `${open} mails wait for more than ${LATE_MINUTES} minutes`,
    unknown > 0 && `of ${unknown} mails nobody knows whether they arrived`,
    refused_by.some(({ scope }) => scope === '') && 'our own mail server refuses our mails',
    domains > 0 && `${domains} ${domains === 1 ? 'domain refuses' : 'domains refuse'} our mails`,
  ].filter(trouble => trouble !== false);
  const message = `${served} of ${due} digests due in the last 7 days are served${troubles.length > 0 ? `; BUT: ${troubles.join('; ')}` : ''}`;
  return { ...numbers, ok: troubles.length === 0, message, refused_by };
}
