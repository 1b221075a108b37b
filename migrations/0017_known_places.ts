import { type Kysely, sql } from 'kysely';

/**
 * Places that postings have, so that a search around a place asks only for those: of the hundreds of towns around a city most have none, and the
 * planner takes each for a few postings. A place may be there twice, where two transactions brought it at once: without a unique key none of them
 * waits for the other. None is ever taken out: a place whose last posting closed costs no more than its row.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const shown = sql.raw("new.relevance in ('nonclinical', 'clinical')");
  const statements = [
    sql`create table known_places (key text not null)`,
    sql`insert into known_places select distinct unnest(place_keys) from postings where relevance in ('nonclinical', 'clinical')`,
    sql`create index known_places_key on known_places (key)`,
    sql`create function note_known_places() returns trigger language plpgsql as $$
      begin
        insert into known_places select k from unnest(new.place_keys) k where not exists (select from known_places where key = k);
        return null;
      end $$`,
    sql`create trigger postings_places_new after insert on postings for each row
      when (${shown} and new.place_keys <> '{}') execute function note_known_places()`,
    sql`create trigger postings_places_changed after update of places, relevance on postings for each row
      when (${shown} and (new.place_keys is distinct from old.place_keys or new.relevance is distinct from old.relevance))
      execute function note_known_places()`,
    // Few rows each, so they cost next to nothing to keep: what takes none of the five, and what was posted on a path once and has closed.
    sql`create index postings_none on postings (first_seen desc, id desc) where relevance = 'nonclinical' and closed_at is null
      and duplicate_of is null and verdict_ot = 'barred' and verdict_ota = 'barred' and verdict_pt = 'barred' and verdict_pta = 'barred'
      and verdict_slp = 'barred'`,
    sql`create index postings_closed_paths on postings using gin (paths) where relevance = 'nonclinical' and closed_at is not null
      and duplicate_of is null`,
  ];
  for (const statement of statements) await statement.execute(db);
}
