import { load } from 'cheerio';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runDigest } from '../../../src/digest/run.ts';
import { header, parsed } from '../../digest/mail-server.ts';
import { active, emptied, iso, outbox } from '../../digest/support.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { insertPostings } from '../../support/postings.ts';
import { CONFIRM, mailSite } from './site.ts';

let t: TestDatabase;
let site: Awaited<ReturnType<typeof mailSite>>;
beforeAll(async () => {
  t = await testDatabase();
  site = await mailSite(t);
});
afterAll(async () => {
  await site.close();
  await t.drop();
});
beforeEach(async () => {
  await emptied(t.db);
  site.server.accepted.length = 0;
  site.clock.hours = 0;
});

const mails = () => site.server.accepted;
const run = () => runDigest(site.sender);
const time = { cadence: 'weekly', weekday: '1', hour: '7', zone: 'UTC' };
/** Subscribes and confirms by the links alone; returns the page that follows. */
async function confirmed(form: [string, string][]): Promise<string> {
  await site.post('/subscribe', [...form, ['email', 'ann@example.org'], ...Object.entries(time)]);
  await run();
  return (await site.post(await site.link(mails().at(-1)!, CONFIRM), {})).text();
}
const MANAGE = /https:\S+\/manage\/\S+/;
const manageOf = (page: string) => /https:[^"]+\/manage\/[^"]+/.exec(page)![0];
const queries = async (state = 'active') =>
  (
    await t.db
      .selectFrom('subscriptions')
      .select('query')
      .where('state', '=', state as 'active')
      .orderBy('query')
      .execute()
  ).map(({ query }) => query);
const sales = (id: string, hours = -1) => ({ id, paths: ['sales' as const], first_seen: iso(hours) });

describe('a filter by the fields of the list', () => {
  test('is taken on the page to subscribe', async () => {
    await confirmed([
      ['credential', 'OTA'],
      ['credential', 'PTA'],
      ['work_mode', 'remote'],
      ['state', 'Texas, CA'],
      ['near', ''],
      ['radius', '25'],
      ['pay_min', '60000'],
      ['pay_interval', 'hour'],
      ['q', ''],
    ]);
    expect(await queries()).toEqual(['credential=OTA,PTA&pay_interval=hour&pay_min=60000&state=CA,TX&work_mode=remote']);
  });

  test('shows what is followed now, and saving it again changes nothing', async () => {
    const query = 'certification=atp&company=Acme+%26+Sons&credential=OTA&include=barred&path=sales&verdict=named';
    const manage = manageOf(await confirmed([['filter', query]]));
    const [before] = await queries();
    const $ = load(await site.page(manage));
    const form = $('form.subscribe').serializeArray();
    await site.post(
      manage,
      form.map(({ name, value }) => [name, value] as [string, string]),
    );
    expect(await queries()).toEqual([before]);
    // What has no field of its own is a box that can be unticked.
    expect($('legend:contains("Also")').parent().text()).toContain('Acme & Sons');
    const without = form.filter(({ name }) => name !== 'company' && name !== 'certification');
    await site.post(
      manage,
      without.map(({ name, value }) => [name, value] as [string, string]),
    );
    expect(await queries()).toEqual(['credential=OTA&include=barred&path=sales&verdict=named']);
  });

  test('that is wrong or asks for everything is shown again with what is wrong, and nothing changes', async () => {
    const manage = manageOf(await confirmed([['path', 'sales']]));
    const wrong = await site.post(manage, { action: 'save', near: 'Nowhere <b>at all', credential: 'OT', ...time });
    const $ = load(await wrong.text());
    expect([wrong.status, $('#near').attr('value'), $('[role=status]').text()]).toEqual([
      400,
      'Nowhere <b>at all',
      expect.stringContaining('near'),
    ]);
    expect($('input[name=credential]:checked').attr('value')).toBe('OT');
    const all = await site.post(manage, { action: 'save', ...time });
    expect([all.status, await all.text()]).toEqual([400, expect.stringContaining('That would be every job')]);
    expect(await queries()).toEqual(['path=sales']);
  });

  test('to what another email of the address is about already is refused, as everything would come twice', async () => {
    const manage = manageOf(await confirmed([['path', 'sales']]));
    await confirmed([['path', 'writing']]);
    const twice = await site.post(manage, { action: 'save', path: 'writing', ...time });
    expect([twice.status, await twice.text()]).toEqual([400, expect.stringContaining('another email for these jobs')]);
    expect(await queries()).toEqual(['path=sales', 'path=writing']);
  });

  test('tells what was done only where something was', async () => {
    const manage = manageOf(await confirmed([['path', 'sales']]));
    for (const done of ['constructor', 'nothing']) expect(load(await site.page(`${manage}?done=${done}`))('[role=status]').text()).toBe('');
    expect(load(await site.page(`${manage}?done=pause`))('[role=status]').text()).toContain('Paused');
  });
});

describe('the first mail', () => {
  test('comes at once after confirming, with the matches of two weeks, the next at its time, and nothing twice', async () => {
    await insertPostings(t.db, [sales('one'), sales('old', -15 * 24)]);
    await confirmed([['path', 'sales']]);
    await run();
    expect(mails()).toHaveLength(2);
    const text = (await parsed(mails()[1]!)).text!;
    expect([text.includes('/jobs/one'), text.includes('/jobs/old')]).toEqual([true, false]);
    const { next_due_at } = await t.db.selectFrom('subscriptions').select('next_due_at').executeTakeFirstOrThrow();
    expect([next_due_at!.getUTCDay(), next_due_at!.getUTCHours()]).toEqual([1, 7]);
    expect(next_due_at!.getTime()).toBeGreaterThan(Date.now());
    await run();
    expect(mails()).toHaveLength(2);
    // Confirming the same again goes on with the same ledger: what was told is not told again, also not at once.
    await sql`update deliveries set due_at = due_at - interval '2 hours'`.execute(t.db);
    await confirmed([['path', 'sales']]);
    await run();
    expect(mails().map(mail => mail.to)).toHaveLength(3);
    expect((await outbox(t.db)).filter(row => row.endsWith('digest skipped'))).toHaveLength(1);
  });

  test('is none when nothing matched, and a match comes at the time that was chosen', async () => {
    await confirmed([['path', 'sales']]);
    await run();
    await insertPostings(t.db, [sales('later')]);
    await run();
    expect(mails()).toHaveLength(1);
    site.clock.hours = 8 * 24;
    await run();
    expect((await parsed(mails()[1]!)).text).toContain('/jobs/later');
  });
});

describe('several subscriptions of one address', () => {
  const three = async () => {
    await insertPostings(t.db, [sales('one')]);
    const page = await confirmed([['path', 'sales']]);
    await run();
    await active(t.db, 'Ann@example.org', 'path=writing');
    await active(t.db, 'bob@example.org', 'path=sales');
    return manageOf(page);
  };

  test('are listed on the page of each, with a link to theirs, and others are not', async () => {
    const manage = await three();
    // Made under the key of the tests, which this site does not have: found by the address.
    const page = load(await site.page(manage))('main');
    expect(page.text()).toContain('Your other emails');
    expect(page.find('ul li').length).toBe(1);
    expect(page.find('ul li').text()).toContain('Writing');
    expect(await site.page(page.find('ul li a').attr('href')!)).toContain('Sales');
  });

  test('end together by one button, and nobody else’s', async () => {
    const manage = await three();
    const done = await site.post(manage, { action: 'unsubscribe-all' });
    expect(done.status).toBe(303);
    const page = await site.page(done.headers.get('location')!);
    expect(page).toContain('You’re unsubscribed from all your emails.');
    expect(page).toContain('/subscribe?path=sales');
    expect([await queries('unsubscribed'), await queries()]).toEqual([['path=sales', 'path=writing'], ['path=sales']]);
  });

  test('end together by the page of the unsubscribe link, too, while one click of a mail program ends its own', async () => {
    await three();
    const link = header(await parsed(mails()[1]!), 'list-unsubscribe')!.slice(1, -1);
    await site.post(link, { 'List-Unsubscribe': 'One-Click' });
    expect(await queries()).toEqual(['path=sales', 'path=writing']);
    expect((await site.post(link, { which: 'all' })).status).toBe(200);
    expect(await queries()).toEqual(['path=sales']);
  });
});

test('the consent stands before the button it is given with, and what was agreed to is kept with its words', async () => {
  const $ = load(await site.page('/subscribe?path=sales'));
  const order = $('form.subscribe').find('.consent, button').toArray();
  expect(order.map(({ tagName }) => tagName)).toEqual(['p', 'button']);
  await insertPostings(t.db, [sales('one')]);
  await confirmed([['path', 'sales']]);
  await run();
  const manage = await site.link(mails()[1]!, MANAGE);
  const consent = async () =>
    (JSON.parse(await site.page(`${manage}?export=1`)) as { subscriptions: { consent_text: string }[] }).subscriptions[0]!.consent_text;
  expect(await consent()).toBe('Email me new jobs for this search, this often, until I unsubscribe.');
  await sql`update subscriptions set consent_version = '2026-11'`.execute(t.db);
  expect(await consent()).toBe('Mail me new postings of this filter in this rhythm until I unsubscribe.');
});
