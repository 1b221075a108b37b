import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { choose } from '../../src/digest/allot.ts';
import { runDigest } from '../../src/digest/run.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { mailSite } from '../web/subscribe/site.ts';
import { parsed } from './mail-server.ts';
import { active, emptied, iso, KEYS, later, MONDAY } from './support.ts';

let t: TestDatabase;
let site: Awaited<ReturnType<typeof mailSite>>;
let now = later(MONDAY, 2);
beforeAll(async () => {
  t = await testDatabase();
  site = await mailSite(t, { DIGEST_KEYS: `${KEYS[0].id}:${KEYS[0].secret.replaceAll(' ', '-')}` });
});
afterAll(async () => {
  await site.close();
  await t.drop();
});
beforeEach(async () => {
  await emptied(t.db);
  site.server.accepted.length = 0;
  now = later(MONDAY, 2);
});

const REST = /https:\S+\/digests\/\S+/;
const run = () => runDigest({ ...site.sender, clock: () => now });
const postings = (n: number, company: (i: number) => string, prefix = 'p') =>
  insertPostings(
    t.db,
    Array.from({ length: n }, (_, i) => ({
      id: `${prefix}${i}`,
      paths: ['sales' as const],
      company: company(i),
      first_seen: iso(-1 - i / 10),
    })),
  );
const idsIn = (text: string) => [...new Set([...text.matchAll(/\/jobs\/([a-z0-9]+)["\s]/g)].map(([, id]) => id!))].sort();

test('the first mail counts all that matched, and its link leads to exactly those it does not show', async () => {
  await active(t.db, 'a@example.org', 'path=sales');
  await postings(65, i => (i < 11 ? 'Acme' : `Employer ${i}`));
  await insertPostings(t.db, [{ id: 'old', paths: ['sales'], first_seen: iso(-15 * 24) }]);
  await run();
  const mail = await parsed(site.server.accepted[0]!);
  expect(mail.subject).toMatch(/^65 new sales jobs: .* and 64 more$/);
  expect(mail.text).toContain('20 below, 45 more behind the link at the end.');
  const shown = idsIn(mail.text!);
  expect(shown).toHaveLength(20);
  const page = await site.page(await site.link(site.server.accepted[0]!, REST));
  const rest = idsIn(page);
  expect(rest).toHaveLength(45);
  expect([...shown, ...rest].sort()).toEqual(Array.from({ length: 65 }, (_, i) => `p${i}`).sort());
  const told = await t.db.selectFrom('digest_items').select('posting_id').where('delivery_id', 'is not', null).execute();
  expect(told.map(row => row.posting_id).sort()).toEqual([...shown, ...rest].sort());

  // What is new later is not among them, and what has closed is counted apart.
  await postings(3, () => 'Later', 'later');
  await sql`update postings set closed_at = now() where id = ${rest[0]}`.execute(t.db);
  const afterwards = await site.page(await site.link(site.server.accepted[0]!, REST));
  expect(idsIn(afterwards)).toEqual(rest.slice(1));
  expect(afterwards).toContain('1 more is no longer listed');
  // Nor does it show what no list shows any more.
  await sql`update postings set relevance = 'clinical' where id = ${rest[1]}`.execute(t.db);
  await sql`update postings set verdict_ot = 'barred', verdict_ota = 'barred', verdict_pt = 'barred', verdict_pta = 'barred', verdict_slp = 'barred'
    where id = ${rest[2]}`.execute(t.db);
  const retagged = await site.page(await site.link(site.server.accepted[0]!, REST));
  expect(idsIn(retagged)).toEqual(rest.slice(3));
  expect(retagged).toContain('3 more are no longer listed');
});

test('a link of more than a page leads on to the last one', async () => {
  await active(t.db, 'a@example.org', 'path=sales');
  await postings(240, i => `Employer ${i}`);
  await run();
  const link = await site.link(site.server.accepted[0]!, REST);
  const first = await site.page(link);
  const next = /href="(\?after=[^"]+)"/.exec(first)![1]!;
  const all = [...idsIn(first), ...idsIn(await site.page(link.replace(/\?.*/, '') + next))];
  expect(first).toContain('220 jobs from your email');
  expect(new Set([...idsIn((await parsed(site.server.accepted[0]!)).text!), ...all]).size).toBe(240);
});

test('one employer fills the mail when nothing else would', async () => {
  await active(t.db, 'a@example.org', 'path=sales');
  await postings(11, () => 'Acme');
  await run();
  const mail = await parsed(site.server.accepted[0]!);
  expect(mail.subject).toMatch(/^11 new/);
  expect(idsIn(mail.text!)).toHaveLength(11);
  expect(mail.text).not.toContain('/digests/');
});

test('of one employer only five are shown while others fill the mail, and the order stays', () => {
  const items = Array.from({ length: 12 }, (_, n) => ({ n, company: n < 8 ? 'acme' : `e${n}` }));
  const numbers = (list: readonly { n: number }[]) => list.map(({ n }) => n);
  const { mailed, linked } = choose(items, 8);
  expect([numbers(mailed), numbers(linked)]).toEqual([
    [0, 1, 2, 3, 4, 8, 9, 10],
    [5, 6, 7, 11],
  ]);
});

test('what a mail was to tell is told later when the mail was never sent', async () => {
  const id = await active(t.db, 'a@example.org', 'path=sales', { hour: 7 });
  await postings(2, () => 'Acme');
  const { settings } = site.sender;
  await runDigest({ ...site.sender, settings: { ...settings, smtpUrl: 'smtp://127.0.0.1:1' }, clock: () => now });
  await sql`update subscriptions set paused_at = now() where id = ${id}`.execute(t.db);
  now = later(now, 1);
  await run();
  expect(await t.db.selectFrom('deliveries').select('status').execute()).toEqual([{ status: 'cancelled' }]);
  await sql`update subscriptions set paused_at = null where id = ${id}`.execute(t.db);
  now = later(now, 24);
  await run();
  expect((await parsed(site.server.accepted[0]!)).subject).toMatch(/^2 new/);
});

test('a forged or foreign link of a mail leads nowhere', async () => {
  expect(await site.page(`/digests/k1.${'A'.repeat(46)}`)).toContain('This link is incomplete');
});
