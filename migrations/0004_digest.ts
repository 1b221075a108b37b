import { type Kysely, sql } from 'kysely';

/**
 * Subscriptions, the ledger of what each was told (a posting once, for ever), the outbox of mails, suppressed addresses, and the
 * log of postings that the matching has not looked at yet.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table subscriptions (
      id uuid primary key,
      email text not null,
      address_hash text not null,
      query text not null,
      every text not null check (every in ('daily', 'weekly')),
      weekday smallint not null check (weekday between 1 and 7),
      hour smallint not null check (hour between 0 and 23),
      zone text not null,
      state text not null check (state in ('pending', 'active', 'unsubscribed', 'bounced', 'complained')),
      paused_at timestamptz,
      confirm_id uuid unique,
      confirm_expires_at timestamptz,
      consent_version text not null,
      consent_source text not null check (consent_source in ('web', 'api', 'cli')),
      consent_at timestamptz not null,
      confirmed_at timestamptz,
      ended_at timestamptz,
      next_due_at timestamptz,
      gathered_at timestamptz,
      last_match_at timestamptz,
      quiet_told_at timestamptz,
      failures integer not null default 0,
      check (state <> 'active' or next_due_at is not null)
    )`,
    sql`create index subscriptions_address on subscriptions (address_hash)`,
    sql`create index subscriptions_due on subscriptions (next_due_at) where state = 'active' and paused_at is null`,
    sql`create index subscriptions_ungathered on subscriptions (id) where state = 'active' and paused_at is null and gathered_at is null`,
    sql`create table deliveries (
      id uuid primary key,
      subscription_id uuid not null references subscriptions (id) on delete cascade,
      kind text not null check (kind in ('digest', 'confirm', 'quiet')),
      period text not null,
      status text not null check (status in ('due', 'ready', 'claimed', 'sending', 'sent', 'written', 'skipped', 'failed', 'cancelled', 'unknown')),
      due_at timestamptz not null,
      available_at timestamptz not null,
      attempts integer not null default 0,
      deferrals integer not null default 0,
      interrupted integer not null default 0,
      lease_until timestamptz,
      linked integer not null default 0,
      response text,
      ended_at timestamptz,
      unique (subscription_id, kind, period)
    )`,
    sql`create index deliveries_open on deliveries (available_at) where status in ('due', 'ready')`,
    sql`create index deliveries_leased on deliveries (lease_until) where status in ('claimed', 'sending')`,
    sql`create index deliveries_ended on deliveries (ended_at)`,
    // No foreign key to postings: they are never deleted, and a check for each row would double the cost of matching.
    sql`create table digest_items (
      subscription_id uuid not null references subscriptions (id) on delete cascade,
      posting_id text not null,
      matched_at timestamptz not null,
      delivery_id uuid,
      place text check (place in ('mailed', 'linked')),
      primary key (subscription_id, posting_id),
      check ((delivery_id is null) = (place is null))
    )`,
    sql`create index digest_items_waiting on digest_items (subscription_id) where delivery_id is null`,
    sql`create index digest_items_delivery on digest_items (delivery_id) where delivery_id is not null`,
    sql`create table suppressions (
      address_hash text primary key,
      reason text not null check (reason in ('bounce', 'complaint', 'erased')),
      at timestamptz not null
    )`,
    // Append-only, so that a posting stored while the matching runs is a row of its own and never lost to a race.
    sql`create table digest_pending (id bigint generated always as identity primary key, posting_id text not null)`,
    sql`create function note_digest_pending() returns trigger language plpgsql as $$
      begin
        insert into digest_pending (posting_id) values (new.id);
        return null;
      end $$`,
    sql`create trigger postings_digest_new after insert on postings for each row
      when (new.relevance in ('nonclinical', 'clinical') and new.closed_at is null and new.duplicate_of is null
        and coalesce(new.reopened_at, new.first_seen) > now() - interval '14 days')
      execute function note_digest_pending()`,
    sql`create trigger postings_digest_changed after update of updated_at on postings for each row
      when (old.updated_at is distinct from new.updated_at
        and new.relevance in ('nonclinical', 'clinical') and new.closed_at is null and new.duplicate_of is null
        and coalesce(new.reopened_at, new.first_seen) > now() - interval '14 days')
      execute function note_digest_pending()`,
  ];
  for (const statement of statements) await statement.execute(db);
}
