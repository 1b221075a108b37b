import { createRequire } from 'node:module';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Zipcodes from 'zipcodes';
import { parseQuery } from '../../src/feed/filter.ts';
import { milesAround } from '../../src/feed/near.ts';
import { matchingIds } from '../../src/store/digest/match-postings.ts';
import { feedTotal } from '../../src/store/feed/counts.ts';
import { feedFacets } from '../../src/store/feed/facets.ts';
import { feedPage } from '../../src/store/feed/postings.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';

const zipcodes = createRequire(import.meta.url)('zipcodes') as typeof Zipcodes;
const ZIPS = Object.values(zipcodes.codes).filter(({ country, latitude }) => country === 'US' && latitude !== 0);
const stored: { id: string; towns: Zipcodes.ZipCode[] }[] = [];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  // Every few ZIP codes one, in a fixed order that has nothing to do with where they are; some postings have several places, and some none.
  for (let n = 0; n < 600; n++) {
    const towns = Array.from({ length: n % 10 === 0 ? 0 : 1 + (n % 3) }, (_, i) => ZIPS[(n * 7919 + i * 104_729) % ZIPS.length]!);
    stored.push({ id: `p${n}`, towns });
  }
  await insertPostings(
    database.db,
    stored.map(({ id, towns }) => ({ id, places: towns.map(({ city, state }) => ({ raw: city, city, region: state, country: 'US' })) })),
  );
});
afterAll(() => database?.drop());

/** By definition: a posting of a city of whose ZIP codes one lies within the miles. */
function within(zip: string, miles: number): string[] {
  // No distance is told of some places to themselves.
  const near = new Set(
    ZIPS.filter(row => (zipcodes.distance(zip, row.zip) || 0) <= miles).map(({ city, state }) => `${key(city)},${state}`),
  );
  return stored.flatMap(({ id, towns }) => (towns.some(({ city, state }) => near.has(`${key(city)},${state}`)) ? [id] : [])).sort();
}

function key(city: string): string {
  const short = { saint: 'st', fort: 'ft', mount: 'mt' };
  const words = city.toLowerCase().replace(/['.]/g, '').replace(/[ -]+/g, ' ');
  return Object.entries(short).reduce((text, [long, brief]) => text.replace(new RegExp(`\\b${long}\\b`, 'g'), brief), words);
}

test('near finds what lies within the miles of any ZIP code, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ZIPS), fc.integer({ min: 1, max: 200 }), async ({ zip }, miles) => {
      const expected = within(zip, miles);
      const filter = parseQuery(`near=${zip}&radius=${miles}`);
      expect((await matchingIds(database.db, filter)).sort()).toEqual(expected);
      expect(await feedTotal(database.db, filter)).toEqual({ value: expected.length, capped: false });
      const { facets } = await feedFacets(database.db, filter);
      expect(facets.source.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
    }),
    { numRuns: 40 },
  );
});

test('a town is near itself, also where the table tells no distance of it to itself', async () => {
  const lost = ZIPS.filter(({ zip }) => Number.isNaN(zipcodes.distance(zip, zip)));
  expect(lost.length).toBeGreaterThan(100);
  for (const { zip, city, state } of lost) {
    const town = `${key(city)},${state.toLowerCase()}`;
    expect(parseQuery(`near=${zip}&radius=1`).near!.keys).toContain(town);
    expect(milesAround(zip, 1)[town]).toBe(0);
  }
});

test('a place is found as soon as a posting has it: stored, moved there, or read anew as a job of one of the paths', async () => {
  const { db, drop } = await testDatabase();
  const place = (city: string, region: string) => [{ raw: city, city, region, country: 'US' as const }];
  const found = async (town: string) => {
    const { items } = await feedPage(db, parseQuery(`near=${town}&radius=10`), {});
    return items.map(({ id }) => id);
  };
  expect(await found('Adak, AK')).toEqual([]);
  await insertPostings(db, [{ id: 'adak', places: place('Adak', 'AK') }]);
  expect(await found('Adak, AK')).toEqual(['adak']);
  expect(await found('Nikolski, AK')).toEqual([]);
  await sql`update postings set places = ${JSON.stringify(place('Nikolski', 'AK'))} where id = 'adak'`.execute(db);
  expect(await found('Nikolski, AK')).toEqual(['adak']);
  await insertPostings(db, [{ id: 'barrow', places: place('Barrow', 'AK'), relevance: 'other' }]);
  expect(await found('Barrow, AK')).toEqual([]);
  await sql`update postings set relevance = 'nonclinical' where id = 'barrow'`.execute(db);
  expect(await found('Barrow, AK')).toEqual(['barrow']);
  await drop();
});

test('what nobody has is asked of no posting', async () => {
  const nobody = ZIPS.find(({ zip, state }) => state === 'AK' && within(zip, 5).length === 0)!;
  expect(await feedTotal(database.db, parseQuery(`near=${nobody.zip}&radius=5`))).toEqual({ value: 0, capped: false });
  const { rows } = await sql<{ keys: string[] }>`select array_agg(key) as keys from known_places`.execute(database.db);
  const all = new Set(stored.flatMap(({ towns }) => towns.map(({ city, state }) => `${key(city)},${state.toLowerCase()}`)));
  for (const town of all) expect(rows[0]!.keys).toContain(town);
});
