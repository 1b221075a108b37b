import { type Kysely, sql } from 'kysely';

/**
 * What the feed's filter looks things up by: pay per year in US dollars (the top of the range; 2,080 hours, 260 days, 52 weeks,
 * 12 months), the cities as `city,ST`, and the orders that the partial indexes of the open postings do not cover.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    // As people write them: "St. Louis" and "Saint Louis", "Winston-Salem" and "Winston Salem" are one city.
    sql`create function city_key(city text) returns text language sql immutable parallel safe
      return regexp_replace(regexp_replace(regexp_replace(regexp_replace(translate(lower(city), '''.', ''), '[ -]+', ' ', 'g'),
        '\\msaint\\M', 'st', 'g'), '\\mfort\\M', 'ft', 'g'), '\\mmount\\M', 'mt', 'g')`,
    sql`create function place_keys(places jsonb) returns text[] language sql immutable parallel safe
      return (select coalesce(array_agg(distinct city_key(place->>'city') || ',' || lower(place->>'region')), '{}')
        from jsonb_array_elements(places) place
        where place->>'city' is not null and place->>'region' is not null and coalesce(place->>'country', 'US') = 'US')`,
    sql`alter table postings
      add column pay_year double precision generated always as (
        case when pay->>'currency' = 'USD' then coalesce((pay->>'max')::double precision, (pay->>'min')::double precision) * case pay->>'interval'
          when 'hour' then 2080 when 'day' then 260 when 'week' then 52 when 'month' then 12 when 'year' then 1 end
        end) stored,
      add column place_keys text[] not null generated always as (place_keys(places)) stored`,
    sql`create index postings_place_keys on postings using gin (place_keys) where relevance = 'nonclinical' and closed_at is null and duplicate_of is null`,
    sql`create index postings_states on postings using gin (states) where relevance = 'nonclinical' and closed_at is null and duplicate_of is null`,
    sql`create index postings_company on postings (lower(company), first_seen desc, id desc)`,
    sql`create index postings_first_seen on postings (first_seen desc, id desc)`,
    sql`create index postings_updated on postings (updated_at)`,
  ];
  for (const statement of statements) await statement.execute(db);
}
