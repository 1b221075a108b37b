import { type Kysely, sql } from 'kysely';

/**
 * How often a visit was begun and not handed back, and a function that brings times which have not come yet, written by a machine with a
 * wrong clock, back to where they can be. Five minutes are no wrong clock: two servers may differ by that.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table visits add column attempts integer not null default 0`,
    sql`create index visits_open on visits (started_at) where ended_at is null`,
    // least() would make an instant of a null.
    sql`create function no_later(at timestamptz, most timestamptz) returns timestamptz language sql immutable parallel safe
      return case when at > most then most else at end`,
    // With whole = false only what indexes find and what hangs on it, so that it may run every minute.
    sql`create function heal_future_times(whole boolean) returns table (sources integer, postings integer) language plpgsql as $$
      #variable_conflict use_column
      declare
        late constant timestamptz := now() + interval '5 minutes';
        ahead integer[];
      begin
        sources := 0;
        postings := 0;
        select coalesce(array_agg(s.id), '{}') into ahead from sources s
          where whole or s.last_complete_at > late or s.removed_at > late or exists (select 1 from visits v where v.source_id = s.id and v.started_at > late);
        -- Before the visits are moved: a whole listing of an unknown day does not make a source well.
        update sources s set
            next_visit_at = case when s.next_visit_at > late + make_interval(mins => s.every_minutes) then now() else s.next_visit_at end,
            cooling_until = case when s.cooling_until <= late + interval '1 day' then s.cooling_until end,
            removed_at = no_later(s.removed_at, now()),
            last_complete_at = case when s.last_complete_at > late
              then (select max(v.ended_at) from visits v where v.source_id = s.id and v.outcome = 'complete' and v.ended_at <= late) else s.last_complete_at end
          where s.next_visit_at > late + make_interval(mins => s.every_minutes) or s.cooling_until > late + interval '1 day'
            or s.last_complete_at > late or s.removed_at > late;
        get diagnostics sources = row_count;
        -- A millisecond apart, so that they keep their order.
        update visits v set started_at = no_later(v.started_at, now() - r.place * interval '1 millisecond'), ended_at = no_later(v.ended_at, now())
          from (select id, row_number() over (partition by source_id order by started_at desc) as place from visits
            where source_id = any (ahead) and started_at > late) r where v.id = r.id;
        update visits set ended_at = now() where whole and ended_at > late;
        update postings p set
            first_seen = no_later(p.first_seen, now()), last_seen = no_later(p.last_seen, now()), updated_at = no_later(p.updated_at, now()),
            closed_at = no_later(p.closed_at, now()), reopened_at = no_later(p.reopened_at, now()), looked_at = no_later(p.looked_at, now()),
            posted_at = no_later(p.posted_at, no_later(p.first_seen, now()))
          where p.first_seen > late or p.updated_at > late or (p.source_id = any (ahead)
            and (p.last_seen > late or p.posted_at > late or p.closed_at > late or p.reopened_at > late or p.looked_at > late));
        get diagnostics postings = row_count;
        update listing_validators set seen_at = now() where seen_at > late;
        delete from robots_verdicts where fetched_at > late or expires_at > late + interval '1 day';
        -- By whole days or weeks, so that the hour which was asked for stays.
        update subscriptions s set next_due_at = s.next_due_at - r.every * ceil(extract(epoch from s.next_due_at - now() - r.every) / extract(epoch from r.every))
          from (values ('daily', interval '1 day'), ('weekly', interval '7 days')) r (name, every)
          where s.every = r.name and s.state = 'active' and s.next_due_at > late + r.every + interval '1 day';
        update deliveries set available_at = now() where status in ('due', 'ready') and available_at > late + interval '1 day';
        update deliveries set lease_until = now() where status in ('claimed', 'sending') and lease_until > late + interval '1 day';
        if whole then
          update subscriptions set consent_at = no_later(consent_at, now()), confirmed_at = no_later(confirmed_at, now()),
              ended_at = no_later(ended_at, now()), gathered_at = no_later(gathered_at, now()), last_match_at = no_later(last_match_at, now()),
              quiet_told_at = no_later(quiet_told_at, now()), paused_at = no_later(paused_at, now()),
              confirm_expires_at = no_later(confirm_expires_at, now() + interval '2 days')
            where consent_at > late or confirmed_at > late or ended_at > late or gathered_at > late or last_match_at > late
              or quiet_told_at > late or paused_at > late or confirm_expires_at > late + interval '2 days';
          update deliveries set due_at = no_later(due_at, now()), ended_at = no_later(ended_at, now()) where due_at > late or ended_at > late;
          update digest_items set matched_at = now() where matched_at > late;
          update suppressions set at = now() where at > late;
        end if;
        return next;
      end $$`,
    sql`select heal_future_times(true)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
