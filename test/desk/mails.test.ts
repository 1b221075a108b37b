import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { addressHashes } from '../../src/digest/keys.ts';
import { auditRows } from '../../src/store/desk/audit.ts';
import { endAddress } from '../../src/store/digest/addresses.ts';
import { runOmbre } from '../cli/ombre-process.ts';
import { active, KEYS, MAIL } from '../digest/support.ts';
import { type TestDesk, testDesk } from './_desk.ts';

const EMAIL = 'someone@people.example';

let desk: TestDesk;
let operator: Awaited<ReturnType<TestDesk['login']>>;
/** The same keys as a setting writes them. */
const keys = [{ id: KEYS[0].id, secret: MAIL.DIGEST_KEYS.split(':')[1]! }] as const;
beforeAll(async () => {
  desk = await testDesk({ DIGEST_KEYS: MAIL.DIGEST_KEYS });
  operator = await desk.login();
});
afterAll(() => desk?.close());
afterEach(async () => {
  for (const table of ['deliveries', 'subscriptions', 'suppressions', 'desk_audit'] as const) await desk.db.deleteFrom(table).execute();
});

const page = async () => (await operator.get('/admin/mails')).text;
const bounced = async () => {
  const address = { email: EMAIL, hashes: addressHashes(keys, EMAIL) };
  const id = await active(desk.db, EMAIL, 'path=sales', { address_hash: address.hashes[0] });
  await endAddress(desk.db, address, 'bounced', new Date());
  return id;
};
const states = async () => [
  await desk.db.selectFrom('subscriptions').select('state').execute(),
  await desk.db.selectFrom('suppressions').select('reason').execute(),
];

test('the page has what came due beside what was served, and the reasons of what did not go out, without an address', async () => {
  const subscription_id = await active(desk.db, EMAIL, 'path=sales', { next_due_at: new Date(Date.now() + 3_600_000) });
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000);
  const mail = { subscription_id, kind: 'digest' as const, available_at: ago(5) };
  const rows = [
    { ...mail, period: '1', status: 'failed' as const, response: '550 no such mailbox', ended_at: ago(9), due_at: ago(10) },
    { ...mail, period: '2', status: 'failed' as const, response: '550 no such mailbox', ended_at: ago(8), due_at: ago(9) },
    { ...mail, period: '3', status: 'sent' as const, ended_at: ago(7), due_at: ago(8), returned_at: ago(6) },
    { ...mail, period: '4', status: 'ready' as const, response: '451 later', deferrals: 2, due_at: ago(7) },
  ];
  await desk.db
    .insertInto('deliveries')
    .values(rows.map(row => ({ id: randomUUID(), ...row })))
    .execute();
  const text = await page();
  expect(text).toMatch(/1 of 4 digests due in the last 7 days are served; BUT: 1 mails wait/);
  expect(text).toMatch(/Failed<\/th><td>550 no such mailbox<\/td><td>2<\/td><td><time/);
  expect(text).toMatch(/Put off<\/th><td>451 later<\/td><td>1<\/td><td><time/);
  expect(text).toContain('1 mail of the last 30 days came back.');
  expect(text).not.toContain('people.example');
  const { out } = await runOmbre(['digest', 'status', '--json'], { DATABASE_URL: desk.url });
  expect(JSON.parse(out).unsent).toMatchObject({ returned: 1, reasons: [{ status: 'failed', mails: 2 }, { status: 'put off' }] });
});

test('an address is looked up before it is lifted, and the audit has neither it nor its hash', async () => {
  await bounced();
  const before = await states();
  const text = await page();
  expect(text).toMatch(/<code>k1:[^<]+<\/code><\/th><td>Bounce<\/td>/);
  expect(text).not.toContain(EMAIL);
  const look = await operator.post('/admin/mails/look', { email: 'someone@PEOPLE.example' });
  expect([look.status, look.text]).toEqual([200, expect.stringMatching(/Bounce, since .*1 subscription that ended as bounced goes on/s)]);
  expect(await states()).toEqual(before);
  expect(await auditRows(desk.db, { most: 1 })).toEqual([]);
  const { status, headers } = await operator.post('/admin/mails/lift', { email: EMAIL });
  expect([status, headers.get('location')]).toEqual([303, expect.stringMatching(/^\/admin\/mails\?done=/)]);
  expect(await states()).toEqual([[{ state: 'active' }], []]);
  const rows = await auditRows(desk.db, { most: 9 });
  expect(rows).toMatchObject([
    {
      via: 'desk',
      what: 'mails.lift',
      target: null,
      before: { suppressions: [{ reason: 'bounce' }] },
      after: { subscriptions_that_go_on: 1 },
    },
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/people\.example|k1:/);
});

test('what nothing is kept of, and what is no address, is refused', async () => {
  await bounced();
  const before = await states();
  expect(await operator.post('/admin/mails/lift', { email: 'nobody@people.example' })).toMatchObject({ status: 409 });
  expect(await operator.post('/admin/mails/lift', { email: 'nobody' })).toMatchObject({ status: 400 });
  expect((await operator.post('/admin/mails/look', { email: 'nobody@people.example' })).text).toContain('Nothing keeps mails');
  expect([await states(), await auditRows(desk.db, { most: 1 })]).toEqual([before, []]);
});

test('a complaint is told apart before it is lifted', async () => {
  const address = { email: EMAIL, hashes: addressHashes(keys, EMAIL) };
  await endAddress(desk.db, address, 'complained', new Date());
  expect((await operator.post('/admin/mails/look', { email: EMAIL })).text).toContain('Its owner complained about our mails.');
});

test('the command notes what it lifts, and only with --apply', async () => {
  await bounced();
  const env = { DATABASE_URL: desk.url, DIGEST_KEYS: MAIL.DIGEST_KEYS };
  expect((await runOmbre(['subscriptions', 'lift', EMAIL], env)).out).toContain('would lift bounce');
  expect(await auditRows(desk.db, { most: 1 })).toEqual([]);
  expect((await runOmbre(['subscriptions', 'lift', EMAIL, '--apply'], env)).out).toContain('lifted bounce');
  expect(await auditRows(desk.db, { most: 9 })).toMatchObject([{ via: 'cli', what: 'mails.lift' }]);
});
