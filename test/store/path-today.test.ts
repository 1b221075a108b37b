import { afterAll, beforeAll, expect, test } from 'vitest';
import { numbersOfPath, pathDetail, pathNumbers } from '../../src/store/feed/numbers.ts';
import { pathToday } from '../../src/store/feed/path-today.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';

let database: TestDatabase;
const now = Date.now();
const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString();
const pay = (min: number | null, max: number | null, interval: 'hour' | 'week' | 'year' | 'visit') => ({
  min,
  max,
  currency: 'USD',
  interval,
});
const ALL = ['OT', 'OTA', 'PT', 'PTA', 'SLP'] as const;
const verdicts = (verdict: 'named' | 'barred') => Object.fromEntries(ALL.map(name => [name, verdict]));

beforeAll(async () => {
  database = await testDatabase();
  await insertPostings(database.db, [
    {
      id: 'hour',
      company: 'Acme',
      paths: ['sales'],
      pay: pay(30, 40, 'hour'),
      verdicts: verdicts('named'),
      first_seen: daysAgo(1),
      posted_at: daysAgo(1),
    },
    {
      id: 'year',
      company: 'ACME',
      paths: ['sales', 'education'],
      pay: pay(null, 90_000, 'year'),
      work_mode: 'remote',
      first_seen: daysAgo(30),
    },
    {
      id: 'week',
      company: 'Acme',
      paths: ['sales'],
      pay: pay(1000, 2000, 'week'),
      verdicts: { PT: 'named', OTA: 'barred' },
      first_seen: daysAgo(30),
    },
    { id: 'visit', company: 'Other', paths: ['sales'], pay: pay(90, 100, 'visit'), first_seen: daysAgo(30) },
    {
      id: 'asked',
      company: null,
      paths: ['sales'],
      facets: {
        certifications: [
          { name: 'CCM', need: 'required' },
          { name: 'CPR', need: 'preferred' },
        ],
      },
      first_seen: daysAgo(30),
    },
    { id: 'none', company: 'Other', paths: ['sales'], verdicts: verdicts('barred'), first_seen: daysAgo(2) },
    { id: 'closed', company: 'Other', paths: ['sales'], first_seen: daysAgo(40), closed_at: daysAgo(3) },
    { id: 'double', company: 'Other', paths: ['sales'], first_seen: daysAgo(90), duplicate_of: 'hour' },
    { id: 'elsewhere', company: 'Acme', paths: ['education'], pay: pay(10, 10, 'hour'), first_seen: daysAgo(1) },
  ]);
});
afterAll(() => database?.drop());

test('what the page of a path tells is what is told of all paths and by the API', async () => {
  const all = await pathNumbers(database.db);
  for (const path of ['sales', 'education'] as const) {
    const { numbers, detail } = await pathToday(database.db, path, 8);
    expect(numbers).toEqual(all.find(row => row.path === path));
    expect(await numbersOfPath(database.db, path)).toEqual(numbers);
    expect(detail).toEqual(await pathDetail(database.db, path));
  }
});

test('counts who may apply, pay from the lowest to the highest, and who is hiring, of open postings alone', async () => {
  const { numbers, openings, pay: paid, hiring, detail } = await pathToday(database.db, 'sales', 2);
  expect(numbers).toMatchObject({ open: 5, remote: 1 });
  expect(paid.all).toMatchObject({ range: { n: 2, low: 62_400, high: 90_000 }, weekly: 1 });
  expect(paid.by.OTA.range).toEqual({ n: 1, low: 62_400, high: 83_200 });
  expect(openings.takes).toMatchObject({ OTA: 1, PT: 2 });
  expect(hiring.map(({ name, open }) => [name, open])).toEqual([
    ['Acme', 3],
    ['Other', 1],
  ]);
  expect(detail.certifications).toEqual([
    { name: 'CCM', required: 1, preferred: 0 },
    { name: 'CPR', required: 0, preferred: 1 },
  ]);
});

test('counts by week what was posted, closed or open to nobody of the five included, and since when', async () => {
  const { openings } = await pathToday(database.db, 'sales', 8);
  expect(openings.weeks).toHaveLength(12);
  expect(openings.weeks.reduce((sum, { posted }) => sum + posted, 0)).toBe(7);
  expect(openings.since).toEqual(new Date(daysAgo(40)));
  expect(openings.fresh).toBe(1);
});

test('a path of which nothing was ever read has no numbers', async () => {
  const { numbers, openings, pay: paid, hiring } = await pathToday(database.db, 'writing', 8);
  expect(numbers).toBeNull();
  expect(await numbersOfPath(database.db, 'writing')).toBeNull();
  expect(openings).toMatchObject({ takes: { OT: 0 }, fresh: 0, since: null });
  expect(paid.all).toEqual({ range: null, quartiles: null, weekly: 0 });
  expect(openings.weeks.map(({ posted }) => posted)).toEqual(Array.from({ length: 12 }, () => 0));
  expect(hiring).toEqual([]);
});
