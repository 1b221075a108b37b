import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { DateTime } from 'luxon';
import { readConfig } from '../../src/config.ts';
import { nextDue } from '../../src/digest/cadence.ts';
import { addressHashes, type Keyring } from '../../src/digest/keys.ts';
import type { Sender } from '../../src/digest/send.ts';
import { mailSettings } from '../../src/digest/settings.ts';
import { siteOf } from '../../src/feed/site.ts';
import type { Subscription } from '../../src/store/digest/subscriptions.ts';
import type { Database } from '../../src/store/schema.ts';

export const KEYS: Keyring = [{ id: 'k1', secret: 'a secret of the tests that is long enough' }];
/** The Monday of this week, an hour before mails of the hour 7 UTC are due. Of this week, because the database looks at its own clock. */
export const MONDAY = DateTime.utc().startOf('week').plus({ hours: 6 }).toJSDate();
export const iso = (hours = 0) => later(MONDAY, hours).toISOString();
export const later = (from: Date, hours: number) => new Date(from.getTime() + hours * 3_600_000);

/** An active subscription, as confirming would leave it. Daily at 7 UTC unless said otherwise. */
export async function active(
  db: Kysely<Database>,
  email: string,
  query: string,
  given: Partial<Subscription> & { now?: Date } = {},
): Promise<string> {
  const { now = MONDAY, ...rest } = given;
  const rhythm = { every: rest.every ?? ('daily' as const), weekday: rest.weekday ?? 1, hour: rest.hour ?? 7, zone: rest.zone ?? 'UTC' };
  const id = randomUUID();
  await db
    .insertInto('subscriptions')
    .values({
      id,
      email,
      address_hash: addressHashes(KEYS, email)[0],
      query,
      ...rhythm,
      state: 'active',
      consent_version: 'test',
      consent_source: 'cli',
      consent_at: now,
      confirmed_at: now,
      next_due_at: nextDue(rhythm, now),
      ...rest,
    })
    .execute();
  return id;
}

/** What the tests of mails fill; each before those it refers to. */
const FILLED = [
  'digest_pending',
  'digest_items',
  'deliveries',
  'subscriptions',
  'suppressions',
  'mail_troubles',
  'tag_reports',
  'posting_texts',
  'posting_tags',
  'postings',
] as const;

/** A sender with everything set but what the test changes. */
export async function senderOf(
  db: Kysely<Database>,
  env: Record<string, string> = {},
  now: () => Date = () => later(MONDAY, 2),
): Promise<Sender> {
  const config = readConfig({ PUBLIC_URL: 'https://jobs.example', FEED_DOMAIN: 'jobs.example', MAIL_RATE: '100000', ...MAIL, ...env });
  return { db, site: siteOf(config), keys: KEYS, settings: await mailSettings(config), clock: now };
}

export const MAIL = {
  MAIL_FROM: 'Ombre <digest@jobs.example>',
  POSTAL_ADDRESS: '1 Example Street, Springfield, IL 62701',
  DIGEST_KEYS: `${KEYS[0].id}:${KEYS[0].secret.replaceAll(' ', '-')}`,
};

export async function emptied(db: Kysely<Database>): Promise<void> {
  // Rows are deleted, not tables truncated: new files for each of them would cost ten times as much, before every test.
  for (const table of FILLED) await db.deleteFrom(table).execute();
}

/** Deliveries by address: `a@example.org digest sent`. */
export async function outbox(db: Kysely<Database>): Promise<string[]> {
  const rows = await db
    .selectFrom('deliveries as d')
    .innerJoin('subscriptions as s', 's.id', 'd.subscription_id')
    .select(['s.email', 'd.kind', 'd.status'])
    .execute();
  return rows.map(row => `${row.email} ${row.kind} ${row.status}`).sort();
}
