import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditRows } from '../../src/store/desk/audit.ts';
import { addTagReport } from '../../src/store/tags/tag-reports.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { runOmbre } from './ombre-process.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await insertPostings(database.db, [{ id: 'one', title: 'Territory manager' }]);
  await addTagReport(database.db, { posting_id: 'one', tag: 'verdict:OTA', expected: 'named', note: 'COTAs are named in the second line' });
});
afterAll(async () => {
  await database?.drop();
});

const ombre = (...args: string[]) => runOmbre(args, { DATABASE_URL: database.url });

test('an operator sees what readers report, and marks it as handled once', async () => {
  const { handled, reports } = JSON.parse((await ombre('reports', '--json')).out);
  expect(handled).toBe(0);
  expect(reports).toMatchObject([
    { posting_id: 'one', title: 'Territory manager', tag: 'verdict:OTA', expected: 'named', says: 'unknown', rule: 'test.OTA' },
  ]);
  const { id } = reports[0];
  const would = await ombre('reports', '--done', `${id}`);
  expect(would).toMatchObject({ code: 0, out: expect.stringMatching(/^1 of 1 would be marked as handled. Nothing was written/) });
  const done = await ombre('reports', '--done', `${id}`, '--apply');
  expect(done).toMatchObject({ code: 0, out: '1 of 1 marked as handled.\nNo open report.\n' });
  expect((await auditRows(database.db, { most: 9 })).map(({ via, what, after }) => [via, what, after])).toEqual([
    ['cli', 'reports.handle', { reports: [id] }],
  ]);
  const again = await ombre('reports', '--done', `${id}`, '--apply', '--json');
  expect([again.code, JSON.parse(again.out)]).toEqual([1, { handled: 0, written: false, reports: [] }]);
});

test('a number that is none is a mistake that names it, and nothing is written', async () => {
  const { code, out, err } = await ombre('reports', '--done', '1', 'two');
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('--done is "two"');
});

test('a number that nobody reported under ends with 1, and says how many were marked', async () => {
  expect(await ombre('reports', '--done', '99999', '--apply')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^0 of 1 marked as handled\./),
  });
});
