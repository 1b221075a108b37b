import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptied, iso, outbox } from '../digest/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
let t: TestDatabase;
let home: string;
beforeAll(async () => {
  t = await testDatabase();
  home = await mkdtemp(join(tmpdir(), 'ombre-home-'));
  await emptied(t.db);
  await insertPostings(t.db, [{ id: 'one', title: 'Territory manager', paths: ['sales'], first_seen: iso(-1) }]);
});
afterAll(async () => {
  await rm(home, { recursive: true });
  await t.drop();
});

function ombre(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env.PATH, DATABASE_URL: t.url, OMBRE_HOME: home, LOG_LEVEL: 'silent' };
  return new Promise(resolve => {
    execFile(process.execPath, [MAIN, ...args], { env }, (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }));
  });
}

test('from the command line an address is asked, shown what is kept, and erased; without a server the mails lie in the outbox', async () => {
  expect(await ombre('subscriptions', 'add', 'me@example.org', '--filter', '')).toMatchObject({
    code: 2,
    err: expect.stringContaining('narrows it'),
  });
  expect(await ombre('subscriptions', 'add', 'me@example.org', '--filter', 'path=sales', '--cadence', 'daily')).toMatchObject({
    code: 0,
    out: '',
  });
  const { code, out } = await ombre('digest', 'run', '--json');
  expect([code, JSON.parse(out)]).toMatchObject([0, { send: { written: 1 }, match: { postings: 1 } }]);
  expect(await outbox(t.db)).toEqual(['me@example.org confirm written']);
  expect((await ombre('digest', 'preview')).out).toContain('Subject: Please confirm');
  const shown = await ombre('digest', 'preview', '--filter', 'path=sales');
  expect(shown.out).toMatch(/^Subject: 1 new: Territory manager/);
  expect((await ombre('digest', 'preview', '--filter', 'path=sales', '--format', 'eml')).out).toContain(
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  );
  const list = JSON.parse((await ombre('subscriptions', 'list', '--json')).out) as object[];
  expect(list).toMatchObject([{ state: 'pending', query: 'path=sales' }]);
  expect(JSON.stringify(list)).not.toContain('me@example.org');
  expect(JSON.parse((await ombre('subscriptions', 'export', 'ME@example.org')).out)).toMatchObject({
    subscriptions: [{ email: 'me@example.org', deliveries: [{ kind: 'confirm' }] }],
  });
  expect(JSON.parse((await ombre('digest', 'status', '--json')).out)).toMatchObject({
    ok: true,
    subscriptions: { pending: 1 },
    deliveries: { written: 1 },
  });
  expect((await ombre('subscriptions', 'erase', 'me@example.org')).out).toBe('1 subscriptions deleted\n');
  expect(JSON.parse((await ombre('subscriptions', 'list', '--json')).out)).toEqual([]);
}, 120_000);
