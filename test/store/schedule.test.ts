import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { healFutureTimes } from '../../src/store/clock.ts';
import { dueSources } from '../../src/store/visit/schedule.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

let serial = 0;

/** A source that is visited once a day, with columns as SQL says. Returns its id. */
async function source(columns: Record<string, string> = {}): Promise<number> {
  serial += 1;
  const values = { slug: `'s${serial}'`, name: `'S'`, system: `'greenhouse'`, target: `'{}'`, ...columns };
  const { rows } = await sql<{ id: number }>`
    insert into sources (${sql.raw(Object.keys(values).join(', '))}) values (${sql.raw(Object.values(values).join(', '))}) returning id`.execute(
    database.db,
  );
  return rows[0]!.id;
}

const isDue = async (columns: Record<string, string>) => {
  const id = await source(columns);
  return (await dueSources(database.db, 10_000)).includes(id);
};
const row = (id: number) => database.db.selectFrom('sources').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

test('a source is due when its time has come by the clock of the database', async () => {
  expect(await isDue({ next_visit_at: `now() - interval '1 second'` })).toBe(true);
  expect(await isDue({ next_visit_at: `now() + interval '23 hours'` })).toBe(false);
});

test('a next visit further away than its interval was written under a wrong clock, and is due', async () => {
  expect(await isDue({ next_visit_at: `now() + interval '401 days'` })).toBe(true);
  expect(await isDue({ next_visit_at: `now() + interval '25 hours'` })).toBe(true);
  expect(await isDue({ next_visit_at: `now() + interval '25 hours'`, every_minutes: '2880' })).toBe(false);
});

test('a pause is kept to, but for one that is longer than any', async () => {
  const past = { next_visit_at: `now() - interval '1 hour'` };
  expect(await isDue({ ...past, cooling_until: `now() + interval '23 hours'` })).toBe(false);
  expect(await isDue({ ...past, cooling_until: `now() - interval '1 second'` })).toBe(true);
  expect(await isDue({ ...past, cooling_until: `now() + interval '400 days'` })).toBe(true);
});

test('what a visit under a wrong clock has left is brought back to where it can be, and nothing else is touched', async () => {
  const { db } = database;
  const ahead = `now() + interval '400 days'`;
  const hurt = await source({ next_visit_at: `now() + interval '401 days'`, cooling_until: ahead, last_complete_at: ahead });
  const well = await source({ next_visit_at: `now() + interval '3 hours'`, last_complete_at: `now() - interval '21 hours'` });
  const before = await row(well);
  await sql`insert into visits (id, source_id, started_at, ended_at, outcome) values
    (gen_random_uuid(), ${hurt}, now() - interval '2 days', now() - interval '47 hours', 'complete'),
    (gen_random_uuid(), ${hurt}, now() + interval '400 days', now() + interval '400 days', 'failed'),
    (gen_random_uuid(), ${hurt}, now() + interval '399 days', now() + interval '399 days', 'complete')`.execute(db);
  const posting = (key: string, id: number, seen: string, closed: string | null = null) =>
    sql`insert into postings (id, source_id, key, url, title, first_seen, last_seen, updated_at, posted_at, closed_at, content_hash, list_hash)
      values (${`${key}-${id}`}, ${id}, ${key}, 'https://x.example', 'X', ${sql.raw(seen)}, ${sql.raw(ahead)}, ${sql.raw(seen)}, ${sql.raw(seen)},
        ${sql.raw(closed ?? 'null')}, 'c', 'l')`.execute(db);
  await posting('new', hurt, ahead);
  await posting('known', hurt, `now() - interval '9 days'`);
  await posting('closed', hurt, `now() - interval '9 days'`, ahead);
  await sql`insert into robots_verdicts (origin, fetched_at, expires_at, verdict, reason) values ('https://ahead.example', ${sql.raw(ahead)}, ${sql.raw(ahead)}, 'none', 'x')`.execute(
    db,
  );

  const healed = await healFutureTimes(db);
  expect(healed.postings).toBe(3);
  expect(healed.sources).toBeGreaterThan(0);
  const now = Date.now() + 60_000;
  const after = await row(hurt);
  expect(after.next_visit_at.getTime()).toBeLessThan(now);
  expect(after.cooling_until).toBeNull();
  expect((now - after.last_complete_at!.getTime()) / 3_600_000).toBeCloseTo(47, 0);
  expect(await row(well)).toEqual(before);
  const visits = await db
    .selectFrom('visits')
    .select(['started_at', 'outcome'])
    .where('source_id', '=', hurt)
    .orderBy('started_at')
    .execute();
  expect(visits.map(visit => visit.outcome)).toEqual(['complete', 'complete', 'failed']);
  expect(visits.every(visit => visit.started_at.getTime() < now)).toBe(true);
  const postings = await db.selectFrom('postings').selectAll().where('source_id', '=', hurt).execute();
  for (const { first_seen, last_seen, updated_at, posted_at, closed_at } of postings) {
    for (const time of [first_seen, last_seen, updated_at, posted_at, closed_at]) expect(time?.getTime() ?? 0).toBeLessThan(now);
  }
  expect(postings.filter(({ closed_at }) => closed_at !== null)).toHaveLength(1);
  expect(await db.selectFrom('robots_verdicts').selectAll().execute()).toEqual([]);
  expect(await healFutureTimes(db, true)).toEqual({ sources: 0, postings: 0 });
});

test('subscriptions keep their hour and weekday when their next mail lies too far ahead', async () => {
  const { db } = database;
  const add = (every: string, days: number) =>
    sql`insert into subscriptions (id, email, address_hash, query, every, weekday, hour, zone, state, consent_version, consent_source,
        consent_at, next_due_at) values (gen_random_uuid(), 'a@b.example', 'h', '', ${every}, 1, 7, 'America/Chicago', 'active', 'v', 'cli', now(),
        '2026-01-05T13:00:00Z'::timestamptz + make_interval(days => (now()::date - '2026-01-05'::date) / 7 * 7 + ${days}))`.execute(db);
  await add('daily', 406);
  await add('weekly', 406);
  await add('weekly', 7);
  await healFutureTimes(db);
  const { rows } = await sql<{ every: string; day: number; hour: number; days: number }>`select every,
      extract(isodow from next_due_at at time zone 'UTC')::int as day, extract(hour from next_due_at at time zone 'UTC')::int as hour,
      (extract(epoch from next_due_at - now()) / 86400)::float8 as days from subscriptions order by every`.execute(db);
  expect(rows).toMatchObject([
    { every: 'daily', hour: 13 },
    { every: 'weekly', hour: 13, day: 1 },
    { every: 'weekly', hour: 13, day: 1 },
  ]);
  for (const { every, days } of rows) {
    expect(days).toBeGreaterThan(0);
    // What is a day too far at most is left as it is: on a Monday morning next Monday at noon is further than a week.
    expect(days).toBeLessThanOrEqual(every === 'daily' ? 1 : 8);
  }
});
