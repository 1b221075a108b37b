import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkTables, judgeTables } from '../../src/app/doctor/tables.ts';
import { tableStates } from '../../src/store/vacuum.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

const table = (name: string, live: number, dead: number, vacuumedAt: Date | null = null) => ({
  name,
  bytes: 10_000_000,
  live,
  dead,
  vacuumedAt,
});

test('the size of the tables of a real database is told', async () => {
  const states = await tableStates(t.db);
  expect(states.tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['postings', 'posting_texts', 'visits']));
  expect(await checkTables(t.url)).toMatchObject([
    { name: 'tables', ok: states.autovacuum, message: expect.stringMatching(/^\d+ MB in \d+ tables/) },
  ]);
});

test('a table with more dead rows than live ones is named with how to vacuum it, and when that was last done', () => {
  const vacuumed = new Date('2026-11-02T03:04:05Z');
  const check = judgeTables({
    tables: [table('posting_texts', 20_000, 30_000, vacuumed), table('postings', 20_000, 6_000)],
    autovacuum: true,
  });
  expect(check).toMatchObject({ ok: false, remedy: expect.stringContaining('vacuum (verbose) posting_texts;') });
  expect(check.message).toBe('20 MB in 2 tables; posting_texts has 30000 dead rows beside 20000, vacuumed 2026-11-02T03:04Z');
});

test('dead rows below that, and many of them in a small table, are told and are well', () => {
  const check = judgeTables({ tables: [table('job', 10, 9_000)], autovacuum: true });
  expect(check).toMatchObject({ ok: true, message: '10 MB in 1 tables; job has 9000 dead rows beside 10, never vacuumed' });
});

test('a server whose autovacuum is off is not well', () => {
  expect(judgeTables({ tables: [], autovacuum: false })).toMatchObject({ ok: false, message: '0 MB in 0 tables, and autovacuum is off' });
});
