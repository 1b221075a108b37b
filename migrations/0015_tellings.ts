import { type Kysely, sql } from 'kysely';

/**
 * One mail for all that an address is due at once: its other deliveries are `merged` into it. A line of the ledger is one telling: as new, as
 * open again or with higher pay, with the pay that was told; what the mail or an earlier one told under another filter is `elsewhere`. The
 * log of changed postings says for how long one was closed, and which ones only those who know them are told of again.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const shown = sql`new.relevance in ('nonclinical', 'clinical') and new.closed_at is null and new.duplicate_of is null`;
  const statements = [
    sql`alter table deliveries add column mail_id uuid, drop constraint deliveries_status_check, add constraint deliveries_status_check
      check (status in ('due', 'ready', 'claimed', 'sending', 'sent', 'written', 'skipped', 'failed', 'cancelled', 'unknown', 'merged'))`,
    sql`create index deliveries_merged on deliveries (mail_id) where mail_id is not null`,
    sql`alter table digest_items add column news text not null default 'new' check (news in ('new', 'open_again', 'raised')),
      add column told_at timestamptz, add column told_pay jsonb, add column pay_before jsonb,
      drop constraint digest_items_place_check, add constraint digest_items_place_check check (place in ('mailed', 'linked', 'elsewhere'))`,
    sql`alter table digest_items drop constraint digest_items_pkey, add primary key (subscription_id, posting_id, news)`,
    // What was told before this was kept is taken to be what is stated now.
    sql`update digest_items i set told_pay = p.pay from postings p
      where p.id = i.posting_id and i.delivery_id is not null and p.closed_at is null and p.pay is not null`,
    sql`create index digest_items_told on digest_items (posting_id) where delivery_id is not null`,
    sql`alter table digest_pending add column known_only boolean not null default false, add column away interval`,
    sql`create or replace function note_digest_pending() returns trigger language plpgsql as $$
      declare
        away interval;
      begin
        if tg_op = 'UPDATE' and old.closed_at is not null and new.reopened_at is distinct from old.reopened_at then
          away := new.reopened_at - old.closed_at;
        end if;
        insert into digest_pending (posting_id, known_only, away) values (new.id, tg_nargs > 0, away);
        return null;
      end $$`,
    // An old posting with other pay is news only for those who were told of it.
    sql`create trigger postings_digest_paid after update of pay on postings for each row
      when (old.pay is distinct from new.pay and old.pay is not null and new.pay is not null and ${shown}
        and coalesce(new.reopened_at, new.first_seen) <= now() - interval '14 days')
      execute function note_digest_pending('known_only')`,
  ];
  for (const statement of statements) await statement.execute(db);
}
