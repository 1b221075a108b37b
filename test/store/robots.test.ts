import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RobotsRecord } from '../../src/crawlers/engine/fetching.ts';
import { postgresRobots } from '../../src/store/crawl/robots.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

function answer(changes: Partial<RobotsRecord>): RobotsRecord {
  return {
    origin: 'https://careers.example',
    fetchedAt: new Date('2026-11-01T08:00:00.123Z'),
    expiresAt: new Date('2026-11-02T08:00:00.123Z'),
    status: 200,
    verdict: 'rules',
    reason: 'robots.txt has rules',
    body: 'User-agent: *\nDisallow: /admin/\n',
    ...changes,
  };
}

/** The same to some seconds: between the two clocks only distances go over, and a query takes its time. */
function nearly(record: RobotsRecord | null) {
  const rounded = (date: Date) => Math.round(date.getTime() / 10_000);
  return record && { ...record, fetchedAt: rounded(record.fetchedAt), expiresAt: rounded(record.expiresAt) };
}

test('gives back what was put, per origin, expired or not', async () => {
  const robots = postgresRobots(database.db);
  expect(await robots.get('https://careers.example')).toBeNull();
  const rules = answer({});
  const unreadable = answer({ origin: 'http://careers.example:8080', status: null, verdict: 'unreadable', reason: 'no answer', body: '' });
  await robots.put(rules);
  await robots.put(unreadable);
  expect(nearly(await robots.get(rules.origin))).toEqual(nearly(rules));
  expect(nearly(await robots.get(unreadable.origin))).toEqual(nearly(unreadable));
});

test('replaces an older answer, and keeps a newer one when a slow process comes late', async () => {
  const robots = postgresRobots(database.db);
  const origin = 'https://two.example';
  const newer = answer({ origin, fetchedAt: new Date('2026-11-03T00:00:00Z'), verdict: 'none', status: 404, body: '' });
  await robots.put(answer({ origin }));
  await robots.put(newer);
  await robots.put(answer({ origin }));
  expect(nearly(await robots.get(origin))).toEqual(nearly(newer));
});

test('keeps a robots.txt with bytes that Postgres does not take as text', async () => {
  const robots = postgresRobots(database.db);
  const origin = 'https://odd.example';
  await robots.put(answer({ origin, body: 'User-agent: *\0\nDisallow: /\n' }));
  expect((await robots.get(origin))?.body).toBe('User-agent: *\uFFFD\nDisallow: /\n');
});
