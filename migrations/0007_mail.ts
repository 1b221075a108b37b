import { type Kysely, sql } from 'kysely';

/**
 * What mails need to keep their readers: the mailbox behind several spellings of an address, whether a wish was asked about, when a mailbox
 * was first doubted, the Date of a mail, whether it came back, and who refuses us as a sender.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table subscriptions add column mailbox_hash text, add column asked_at timestamptz, add column doubted_at timestamptz`,
    sql`create index subscriptions_mailbox on subscriptions (mailbox_hash)`,
    sql`create index subscriptions_email on subscriptions (lower(email))`,
    sql`alter table deliveries add column dated_at timestamptz, add column returned_at timestamptz,
      add column untold boolean not null default false`,
    sql`create index deliveries_untold on deliveries (id) where untold`,
    // Wishes whose confirmation has gone out already are not asked about again.
    sql`update subscriptions s set asked_at = s.consent_at where s.state = 'pending' and not exists (
      select 1 from deliveries d where d.subscription_id = s.id and d.kind = 'confirm' and d.ended_at is null)`,
    sql`create table mail_troubles (
      scope text primary key,
      since timestamptz not null,
      last_at timestamptz not null,
      until timestamptz not null,
      refusals integer not null,
      rounds integer not null,
      returned boolean not null,
      response text not null
    )`,
  ];
  for (const statement of statements) await statement.execute(db);
}
