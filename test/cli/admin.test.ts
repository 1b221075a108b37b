import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditRows, noteChange } from '../../src/store/desk/audit.ts';
import { openSession } from '../../src/store/desk/sessions.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { runOmbre } from './ombre-process.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

const ombre = (...args: string[]) => runOmbre(args, { DATABASE_URL: database.url });

test('the audit tells what was changed, newest first, for people and as JSON', async () => {
  const actor = { via: 'desk', who: '0a1b2c3d', network: '192.0.2.0/24' } as const;
  await noteChange(database.db, actor, { what: 'desk.login' });
  await noteChange(database.db, actor, { what: 'closures.approve', target: 'acme', before: { held: 7 }, after: { closed: 7 } });
  const { code, out } = await ombre('admin', 'audit');
  expect(code).toBe(0);
  expect(out.split('\n').slice(2, 4)).toEqual([
    expect.stringMatching(/session 0a1b2c3d from 192\.0\.2\.0\/24 +closures\.approve +acme +\{"held":7\} +\{"closed":7\}$/),
    expect.stringMatching(/desk\.login$/),
  ]);
  const { changes } = JSON.parse((await ombre('admin', 'audit', '--limit', '1', '--json')).out);
  expect(changes).toMatchObject([{ what: 'closures.approve', target: 'acme', before: { held: 7 }, after: { closed: 7 }, ...actor }]);
  expect(await ombre('admin', 'audit', '--limit', '0')).toMatchObject({ code: 2, err: expect.stringContaining('a number from 1 to') });
});

test('the sessions are ended with --apply alone, and the audit tells by whom', async () => {
  await openSession(database.db, { tokenHash: 'ab'.repeat(32), credential: 'c' }, '192.0.2.0/24');
  expect(await ombre('admin', 'sessions', '--end')).toMatchObject({ code: 0, out: expect.stringContaining('--apply ends') });
  expect(await ombre('admin', 'sessions')).toMatchObject({ code: 0, out: expect.stringContaining('abababab') });
  expect(JSON.parse((await ombre('admin', 'sessions', '--end', '--apply', '--json')).out)).toEqual({ ended: 1, sessions: [] });
  const [row] = await auditRows(database.db, { most: 1 });
  expect(row).toMatchObject({ via: 'cli', what: 'desk.end_sessions', who: expect.stringMatching(/.@./), network: null });
});

test('the overview of an empty installation has nothing to do', async () => {
  const { code, out } = await ombre('admin', 'overview', '--json');
  expect([code, JSON.parse(out)]).toMatchObject([0, { sources: { all: 0 }, numbers: { open: 0 }, todo: [] }]);
});
