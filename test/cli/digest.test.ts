import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runChecks } from '../../src/app/doctor/checks.ts';
import { readConfig } from '../../src/config.ts';
import { insecureLinks } from '../../src/digest/settings.ts';
import { active, emptied, iso, outbox } from '../digest/support.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { runOmbre } from './ombre-process.ts';

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

const ombre = (...args: string[]) => runOmbre(args, { DATABASE_URL: t.url, OMBRE_HOME: home, LOG_LEVEL: 'silent' });

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
  expect(shown.out).toMatch(/^Subject: 1 new sales job: Territory manager/);
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
}, 120_000);

test('an address is looked up, lifted and erased whatever the key, only with --apply, and one that is not there is said so', async () => {
  const email = 'victim+1@example.org';
  const id = await active(t.db, email, 'path=sales', { state: 'bounced', ended_at: new Date() });
  const { address_hash } = await t.db.selectFrom('subscriptions').select('address_hash').where('id', '=', id).executeTakeFirstOrThrow();
  await t.db.insertInto('suppressions').values({ address_hash, reason: 'bounce', at: new Date() }).execute();
  const json = async (...args: string[]) => {
    const { code, out } = await ombre('subscriptions', ...args, '--json');
    return [code, JSON.parse(out) as unknown];
  };
  expect(await json('suppressed')).toEqual([
    0,
    [{ hash: address_hash, reason: 'bounce', since: expect.any(String), until: expect.any(String) }],
  ]);
  expect(await json('lift', email)).toEqual([0, { lifted: 1, revived: 1, written: false }]);
  expect(await json('lift', 'Victim+1@Example.org', '--apply')).toEqual([0, { lifted: 1, revived: 1, written: true }]);
  expect(await json('lift', email)).toEqual([1, { lifted: 0, revived: 0, written: false }]);

  expect(await json('export', email)).toMatchObject([0, { subscriptions: [{ email, state: 'active' }], suppressions: [], files: [] }]);
  const dry = await ombre('subscriptions', 'erase', email);
  expect([dry.code, dry.out, dry.err]).toEqual([
    0,
    expect.stringContaining('would delete: 1 subscriptions'),
    expect.stringContaining('--apply'),
  ]);
  expect(await json('export', 'victim@example.org')).toEqual([1, { subscriptions: [], suppressions: [], files: [] }]);
  expect(await json('erase', email, '--apply')).toMatchObject([0, { subscriptions: 1, written: true }]);
  const again = await ombre('subscriptions', 'erase', email, '--apply');
  expect([again.code, again.out, again.err]).toEqual([1, '', expect.stringContaining('nothing but a keyed mark')]);
  expect((await ombre('subscriptions', 'erase', 'nobody@example.org', '--apply')).err).toContain('nothing was found');
}, 300_000);

test('the doctor and the log say that links of mails are not https', async () => {
  const SMTP_URL = 'smtp://127.0.0.1:25';
  expect(insecureLinks({ SMTP_URL, PUBLIC_URL: 'http://jobs.example' })).toContain('https');
  for (const PUBLIC_URL of ['https://jobs.example', 'http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', null])
    expect(insecureLinks({ SMTP_URL, PUBLIC_URL })).toBeNull();
  expect(insecureLinks({ SMTP_URL: null, PUBLIC_URL: 'http://jobs.example' })).toBeNull();
  const set = { DATABASE_URL: t.url, OMBRE_HOME: home, SMTP_URL: 'smtp://127.0.0.1:1', PUBLIC_URL: 'http://jobs.example' };
  const checks = await runChecks(readConfig(set));
  expect(checks.find(({ name }) => name === 'mail links')).toMatchObject({ ok: false, remedy: expect.stringContaining('https') });
}, 60_000);
