import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseQuery } from '../../src/feed/filter.ts';
import { milesAround } from '../../src/feed/near.ts';
import { type Mark, type Order, ordered } from '../../src/store/feed/orders.ts';
import { sortedPage } from '../../src/store/feed/postings.ts';
import { SHOWN } from '../../src/store/feed/shown.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';

let database: TestDatabase;
const DAY = 86_400_000;
const from = (days: number) => new Date(Date.now() + days * DAY).toISOString();

beforeAll(async () => {
  database = await testDatabase();
  const place = (city: string, region: string) => ({ places: [{ raw: city, city, region, country: 'US' as const }] });
  const pay = (min: number) => ({ pay: { min, max: min, currency: 'USD', interval: 'year' as const } });
  await insertPostings(database.db, [
    { id: 'a', posted_at: from(-3), first_seen: from(-1), ...pay(50_000), ...place('Dallas', 'TX') },
    { id: 'b', posted_at: from(-9), first_seen: from(-8), ...pay(90_000), ...place('Austin', 'TX') },
    { id: 'c', posted_at: null, first_seen: from(-5), ...place('Round Rock', 'TX') },
    { id: 'd', posted_at: from(-3), first_seen: from(-2), ...pay(90_000), ...place('Austin', 'TX') },
    { id: 'e', posted_at: null, first_seen: from(-1) },
    { id: 'f', posted_at: from(-1), first_seen: from(-1), closed_at: from(-0.5) },
  ]);
  // The very same moment, so that only ids tell them apart.
  await database.db
    .updateTable('postings')
    .set({ posted_at: new Date('2026-11-10T00:00:00Z') })
    .where('id', 'in', ['a', 'd'])
    .execute();
  for (const [id, days] of [
    ['a', 9],
    ['b', 2],
    ['c', -3],
  ] as const) {
    await database.db
      .updateTable('postings')
      .set({ closes_at: new Date(from(days)) })
      .where('id', '=', id)
      .execute();
  }
});
afterAll(() => database.drop());

/** Every id, page after page of so many. */
async function walked(order: Order, limit: number, query = ''): Promise<string> {
  const ids: string[] = [];
  for (let after: Mark | null = null, page = 0; page < 10; page++) {
    const { items, next, total } = await sortedPage(database.db, { ...parseQuery(query), limit }, order, after);
    ids.push(...items.map(({ id }) => id));
    expect(total.value).toBeGreaterThanOrEqual(ids.length);
    if (next === null) return ids.join('');
    after = next;
  }
  throw new Error('the pages have no end');
}

it.each([
  ['posted', 'ecbda'],
  ['pay', 'dbaec'],
  ['closing', 'baedc'],
] as const)('by %s each posting comes once, whatever the length of a page, and those without a value come last', async (by, ids) => {
  for (const limit of [1, 2, 3, 50]) expect([limit, await walked({ by }, limit)]).toEqual([limit, ids]);
});

it('by distance the nearest come first, with their miles', async () => {
  const order: Order = { by: 'near', miles: milesAround('Austin, TX', 200) };
  for (const limit of [1, 2, 50]) expect(await walked(order, limit, 'near=Austin, TX&radius=200')).toBe('dbca');
  const { keys } = await sortedPage(database.db, parseQuery('near=Austin, TX&radius=200'), order, null);
  expect([keys.get('d'), Number(keys.get('a')) > 150, Number(keys.get('c')) < 40]).toEqual(['0', true, true]);
});

it.each([
  ['posted', 'postings_posted'],
  ['pay', 'postings_paid'],
] as const)('by %s is read from an index', async (by, index) => {
  const { by: order } = ordered({ by }, null);
  const { rows } = await database.db.transaction().execute(async trx => {
    await sql`set local enable_seqscan = off`.execute(trx);
    await sql`set local enable_sort = off`.execute(trx);
    return await sql<{ 'QUERY PLAN': string }>`explain select p.id from postings p where ${SHOWN} order by ${order} limit 26`.execute(trx);
  });
  expect(rows.map(row => row['QUERY PLAN']).join('\n')).toContain(index);
});
