import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * How a page for people may be ordered; feeds and API keep the order of first sight. `near` brings the miles to each city, named as in
 * `postings.place_keys`.
 */
export type Order = { by: 'posted' | 'pay' | 'closing' } | { by: 'near'; miles: Readonly<Record<string, number>> };

/** Where a page ended: the value it is sorted by, null among the postings that have none, and the posting that had it. */
export type Mark = { key: string | null; id: string };

type Key = { value: RawBuilder<unknown>; text: RawBuilder<string | null>; type: RawBuilder<unknown>; way: 'asc' | 'desc'; always: boolean };

/** The conditions and the order of `postings p` for a page that begins after a mark; those without a value come last. */
export function ordered(
  order: Order,
  after: Mark | null,
): { key: RawBuilder<string | null>; by: RawBuilder<unknown>; tests: RawBuilder<SqlBool>[] } {
  const key = keyOf(order);
  // An index is only used where nulls stand as it has them: nothing is said of them where there are none.
  const by = sql`${key.value} ${sql.raw(key.way)} ${key.always ? sql`` : sql`nulls last`}, p.id desc`;
  return { key: key.text, by, tests: after ? [beyond(key, after)] : [] };
}

function keyOf(order: Order): Key {
  switch (order.by) {
    case 'posted':
      return instant(sql`coalesce(p.posted_at, p.first_seen)`, 'desc', true);
    case 'closing':
      // What should have closed before yesterday closes no sooner than what names no day.
      return instant(sql`case when p.closes_at > now() - interval '1 day' then p.closes_at end`, 'asc', false);
    case 'pay':
      return { value: sql`p.pay_year`, text: sql`p.pay_year::text`, type: sql`double precision`, way: 'desc', always: false };
    case 'near': {
      const value = sql`(select min((${JSON.stringify(order.miles)}::jsonb ->> k)::int) from unnest(p.place_keys) k)`;
      return { value, text: sql`(${value})::text`, type: sql`int`, way: 'asc', always: false };
    }
  }
}

/** To the microsecond, as Postgres keeps it, whatever the session's time zone. */
function instant(value: RawBuilder<unknown>, way: Key['way'], always: boolean): Key {
  const text = sql<string | null>`to_char((${value}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  return { value, text, type: sql`timestamptz`, way, always };
}

function beyond({ value, type, way, always }: Key, { key, id }: Mark): RawBuilder<SqlBool> {
  if (key === null) return sql`${value} is null and p.id < ${id}`;
  const at = sql`${key}::text::${type}`;
  const later =
    way === 'desc'
      ? sql<SqlBool>`(${value}, p.id) < (${at}, ${id})`
      : sql<SqlBool>`${value} > ${at} or (${value} = ${at} and p.id < ${id})`;
  return always ? later : sql`${later} or ${value} is null`;
}
