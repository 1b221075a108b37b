import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { allot, fairShares } from '../../src/digest/allot.ts';
import { digestHealth } from '../../src/digest/mail-health.ts';
import { runDigest } from '../../src/digest/run.ts';
import { endSubscription } from '../../src/store/digest/subscriptions.ts';
import type { News } from '../../src/store/schema.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings, type TestPosting } from '../support/postings.ts';
import { mailSite } from '../web/subscribe/site.ts';
import { answer, header, mailServer, parsed } from './mail-server.ts';
import { active, emptied, iso, KEYS, later, MONDAY, outbox } from './support.ts';

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

const ANN = 'ann@example.org';
const run = () => runDigest({ ...site.sender, clock: () => now });
const post = (id: string, more: Partial<TestPosting> = {}) =>
  insertPostings(t.db, [{ id, paths: ['sales'], company: `Employer ${id}`, first_seen: iso(-1), ...more }]);
const mails = () => Promise.all(site.server.accepted.map(parsed));
const idsIn = (text: string) => [...text.matchAll(/\/jobs\/([a-z0-9]+)["\s]/g)].map(([, id]) => id!);
const stateOf = async (id: string) =>
  (await t.db.selectFrom('subscriptions').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state;
/** Subscriptions of one address in the order they were asked for. */
async function several(...queries: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const [n, query] of queries.entries()) ids.push(await active(t.db, ANN, query, { consent_at: later(MONDAY, n / 100) }));
  return ids;
}

describe('what an address is due at once', () => {
  test('is one mail with a section for each filter, one subject and one way to end all it carries', async () => {
    const [sales, remote, writing] = await several('path=sales', 'work_mode=remote', 'path=writing');
    const none = await active(t.db, 'Ann@Example.org', 'path=ux-product');
    const weekly = await active(t.db, ANN, 'path=education', { every: 'weekly', weekday: 1 });
    await post('s1');
    await post('both', { work_mode: 'remote' });
    await post('w1', { paths: ['writing'] });
    await post('e1', { paths: ['education'] });
    expect(await run()).toMatchObject({ planned: 5, compose: { composed: 1, merged: 3, skipped: 1 }, send: { sent: 1 } });
    expect(await outbox(t.db)).toEqual([
      'Ann@Example.org digest skipped',
      `${ANN} digest merged`,
      `${ANN} digest merged`,
      `${ANN} digest merged`,
      `${ANN} digest sent`,
    ]);
    const [mail] = await mails();
    expect(mail!.subject).toMatch(/^4 new jobs in 4 searches: Posting .* and 3 more$/);
    expect(idsIn(mail!.text!).sort()).toEqual(['both', 'e1', 's1', 'w1']);
    expect(mail!.text).toContain('What it found is under another search in this email.');
    expect(mail!.headers.filter(({ key }) => key === 'list-unsubscribe')).toHaveLength(1);
    for (const part of [mail!.text!, mail!.html!]) {
      expect(part.match(/jobs\.example\/manage\//g)).toHaveLength(5);
      expect(part.match(/Unsubscribe from this one/g)).toHaveLength(4);
      expect(part).toContain('Unsubscribe from these 4 searches');
    }
    const stop = header(mail!, 'list-unsubscribe')!.slice(1, -1);
    expect(stop).toMatch(/^https:\/\/jobs\.example\/unsubscribe\/k1\.[\w-]{46}$/);
    const page = await site.page(stop);
    expect(page).toContain('these 4 searches');
    expect(await stateOf(sales!)).toBe('active');
    expect((await site.post(stop, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
    expect(await Promise.all([sales!, remote!, writing!, weekly, none].map(stateOf))).toEqual([
      ...Array.from({ length: 4 }, () => 'unsubscribed'),
      'active',
    ]);
    expect(await site.page(stop)).toContain('You’re unsubscribed');
  });

  test('has a link of its own for each section, to change it or end just that one', async () => {
    const [sales, writing] = await several('path=sales', 'path=writing');
    await post('s1');
    await post('w1', { paths: ['writing'] });
    await run();
    const [mail] = await mails();
    const behind = mail!.text!.slice(mail!.text!.indexOf('riting'));
    await site.post(/Unsubscribe from this one: (\S+)/.exec(behind)![1]!, {});
    expect(await Promise.all([sales!, writing!].map(stateOf))).toEqual(['active', 'unsubscribed']);
  });

  test('keeps the plain mail where only one filter has something to tell', async () => {
    await several('path=sales', 'path=writing');
    await post('s1');
    await run();
    const [mail] = await mails();
    expect(mail!.subject).toBe('1 new sales job: Posting s1');
    expect(header(mail!, 'list-unsubscribe')).toContain('/u/');
  });

  test('is not told again at another time of day by another filter', async () => {
    await active(t.db, ANN, 'path=sales', { hour: 7 });
    await active(t.db, ANN, 'work_mode=remote', { hour: 18 });
    await post('both', { work_mode: 'remote' });
    await post('r1', { paths: ['writing'], work_mode: 'remote' });
    await run();
    now = later(MONDAY, 13);
    await run();
    const [first, second] = await mails();
    expect([...new Set(idsIn(first!.text!))]).toEqual(['both']);
    expect([...new Set(idsIn(second!.text!))]).toEqual(['r1']);
    expect(second!.subject).toBe('1 new remote job: Posting r1');
  });

  test('shows under a narrow filter what a burst leaves no room for under the first one', async () => {
    await several('path=sales', 'path=sales&q=special');
    for (let n = 0; n < 119; n++) await post(`b${n}`, { first_seen: iso(-1 - n / 1000) });
    await post('old', { first_seen: iso(-20), title: 'A special one' });
    await run();
    const [mail] = await mails();
    const shown = idsIn(mail!.text!);
    expect(mail!.subject).toMatch(/^120 new jobs in 2 searches: .* and 119 more$/);
    expect([shown.length, new Set(shown).size, shown.at(-1)]).toEqual([21, 21, 'old']);
    expect(mail!.text).toContain('20 below, 99 more behind the link at the end.');
    expect(mail!.text).toContain('1 more is under another search in this email.');
    const rest = await site.page(/https:\S+\/digests\/\S+/.exec(mail!.text!)![0]);
    const others = new Set(idsIn(rest));
    expect([others.size, shown.some(id => others.has(id))]).toEqual([99, false]);
    expect(rest).toContain('99 jobs from your email');
  });
});

describe('a mail of several filters', () => {
  test('that was cut off is sent once more as it was, and then left as unknown for all of them', async () => {
    await several('path=sales', 'path=writing');
    await post('s1');
    await post('w1', { paths: ['writing'] });
    const server = await mailServer({ data: () => 'drop' });
    const { settings } = site.sender;
    const dropped = { ...site.sender, settings: { ...settings, smtpUrl: server.url }, clock: () => now };
    try {
      for (let n = 0; n < 4; n++) {
        await runDigest(dropped);
        now = later(now, 1);
      }
      const got = await Promise.all(server.got.map(parsed));
      expect(new Set(got.map(mail => mail.messageId)).size).toBe(1);
      expect(got.map(mail => idsIn(mail.text!).length)).toEqual([2, 2]);
    } finally {
      await server.close();
    }
    expect(await outbox(t.db)).toEqual([`${ANN} digest merged`, `${ANN} digest unknown`]);
    expect((await digestHealth(t.db, now)).served).toBe(0);
    now = later(now, 24);
    await run();
    expect(site.server.accepted).toEqual([]);
  });

  test('leaves out a filter that was ended or paused before it went out, and the next mail tells what only that one told', async () => {
    const [sales, remote, paused] = await several('path=sales', 'work_mode=remote', 'path=writing');
    await post('both', { work_mode: 'remote' });
    await post('r1', { paths: ['education'], work_mode: 'remote' });
    await post('w1', { paths: ['writing'] });
    const { settings } = site.sender;
    await runDigest({ ...site.sender, settings: { ...settings, smtpUrl: 'smtp://127.0.0.1:1' }, clock: () => now });
    await endSubscription(t.db, sales!, 'unsubscribed', now);
    await sql`update subscriptions set paused_at = now() where id = ${paused}`.execute(t.db);
    now = later(now, 1);
    await run();
    const [mail] = await mails();
    expect([mail!.subject, [...new Set(idsIn(mail!.text!))]]).toEqual(['1 new remote job: Posting r1', ['r1']]);
    expect(await outbox(t.db)).toEqual([`${ANN} digest cancelled`, `${ANN} digest cancelled`, `${ANN} digest sent`]);
    await sql`update subscriptions set paused_at = null where id = ${paused}`.execute(t.db);
    now = later(now, 24);
    await run();
    const [, next] = await mails();
    expect([...new Set(idsIn(next!.text!))].sort()).toEqual(['both', 'w1']);
    expect(await stateOf(remote!)).toBe('active');
  });

  test('that is refused counts for each of them', async () => {
    const [sales, writing] = await several('path=sales', 'path=writing');
    const server = await mailServer({ data: () => answer(554, 'transaction failed') });
    const { settings } = site.sender;
    const refused = { ...site.sender, settings: { ...settings, smtpUrl: server.url }, clock: () => now };
    try {
      for (let n = 0; n < 3; n++) {
        await post(`s${n}`);
        await post(`w${n}`, { paths: ['writing'] });
        await runDigest(refused);
        now = later(now, 24);
      }
    } finally {
      await server.close();
    }
    expect(await Promise.all([sales!, writing!].map(stateOf))).toEqual(['bounced', 'bounced']);
  });

  test('that is not kept any more says that its link ended nothing', async () => {
    const [sales] = await several('path=sales', 'path=writing');
    await post('s1');
    await post('w1', { paths: ['writing'] });
    await run();
    const stop = header((await mails())[0]!, 'list-unsubscribe')!.slice(1, -1);
    await t.db.deleteFrom('deliveries').execute();
    const answered = await site.post(stop, {});
    expect([answered.status, await answered.text(), await stateOf(sales!)]).toEqual([
      404,
      expect.stringContaining('Nothing was stopped'),
      'active',
    ]);
  });
});

test('passes that overlap send each address one mail and tell it everything once', async () => {
  for (let n = 0; n < 30; n++)
    for (const query of ['path=sales', 'work_mode=remote', 'path=writing']) await active(t.db, `r${n}@example.org`, query);
  await post('both', { work_mode: 'remote' });
  await post('w1', { paths: ['writing'] });
  await Promise.all([run(), run(), run()]);
  await run();
  expect(site.server.accepted.map(({ to }) => to[0]).sort()).toEqual(Array.from({ length: 30 }, (_, n) => `r${n}@example.org`).sort());
  for (const mail of await mails()) expect(idsIn(mail.text!).sort()).toEqual(['both', 'w1']);
});

describe('sharing out', () => {
  const item = (posting_id: string, news: News = 'new') => ({ posting_id, news, company: posting_id });
  const ids = (items: readonly { posting_id: string }[]) => items.map(({ posting_id }) => posting_id).join('');

  test('shows a posting under the first filter with room, links it once and tells of it once', () => {
    const [a, b] = allot([
      { items: [item('p'), item('q'), item('r')], most: 1 },
      { items: [item('q'), item('r'), item('r', 'raised')], most: 1 },
    ]).map(({ mailed, linked, elsewhere }) => [ids(mailed), ids(linked), ids(elsewhere)]);
    expect([a, b]).toEqual([
      ['p', 'r', 'q'],
      ['q', '', 'rr'],
    ]);
  });

  test('gives what one does not need to the others, and each at least one', () => {
    expect(fairShares([25, 3, 25])).toEqual([18, 3, 19]);
    expect(fairShares([25, 5])).toEqual([25, 5]);
    expect(fairShares(Array.from({ length: 50 }, () => 25)).every(share => share >= 1)).toBe(true);
  });
});
