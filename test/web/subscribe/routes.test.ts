import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApi } from '../../../src/api/server.ts';
import { type Config, readConfig } from '../../../src/config.ts';
import { openKeyring } from '../../../src/digest/keys.ts';
import { runDigest } from '../../../src/digest/run.ts';
import type { Sender } from '../../../src/digest/send.ts';
import { mailSettings } from '../../../src/digest/settings.ts';
import { subscriptionRoutes } from '../../../src/web/subscribe/routes.ts';
import { dsn } from '../../digest/dsn.ts';
import { header, type MailServer, mailServer, parsed } from '../../digest/mail-server.ts';
import { emptied, iso, later, MAIL, outbox } from '../../digest/support.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { insertPostings } from '../../support/postings.ts';

const SECRET = 'the secret of the bounce hook';
let t: TestDatabase;
let server: MailServer;
let app: ReturnType<typeof createApi>;
let origin: string;
let config: Config;
let sender: Sender;
let hours = 0;

beforeAll(async () => {
  t = await testDatabase();
  server = await mailServer();
  config = readConfig({
    ...MAIL,
    SMTP_URL: server.url,
    PUBLIC_URL: 'https://jobs.example',
    RATE_LIMIT: '0',
    BOUNCE_SECRET: SECRET,
    MAIL_RATE: '100000',
  });
  app = createApi({ config, db: t.db, web: subscriptionRoutes({ config, databaseUrl: t.url }) });
  origin = await app.listen({ port: 0, host: '127.0.0.1' });
  sender = {
    db: t.db,
    site: { origin: 'https://jobs.example', domain: 'jobs.example' },
    keys: await openKeyring(config),
    settings: await mailSettings(config),
    clock: () => later(new Date(), hours),
  };
});
afterAll(async () => {
  await app.close();
  await server.close();
  await t.drop();
});
beforeEach(async () => {
  await emptied(t.db);
  server.accepted.length = 0;
  hours = 0;
});

const post = (path: string, form: Record<string, string>) =>
  fetch(origin + path, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
const get = (path: string) => fetch(origin + path, { redirect: 'manual' });
const wish = (more: Record<string, string> = {}) => ({
  email: 'a@example.org',
  filter: 'path=sales',
  cadence: 'daily',
  hour: '7',
  zone: 'UTC',
  ...more,
});
const states = async () =>
  (await t.db.selectFrom('subscriptions').select(['email', 'state']).execute()).map(row => `${row.email} ${row.state}`).sort();
/** The path of a link in the newest mail. */
async function linked(pattern: RegExp): Promise<string> {
  const mail = await parsed(server.accepted.at(-1)!);
  return new URL(pattern.exec(mail.text!)![0]).pathname;
}
async function confirmed(more: Record<string, string> = {}): Promise<void> {
  await post('/subscribe', wish(more));
  await runDigest(sender);
  await post(await linked(/https:\S+\/subscribe\/confirm\/\S+/), {});
}
async function due(): Promise<void> {
  await insertPostings(t.db, [{ id: 'one', paths: ['sales'], first_seen: iso(-1) }]);
  hours = 25;
  await runDigest(sender);
}

test('a time zone that was left out is that of the place in the filter', async () => {
  for (const [email, filter] of [
    ['west@example.org', 'path=sales&state=CA'],
    ['center@example.org', 'near=78701'],
    ['any@example.org', 'path=sales'],
  ])
    await post('/subscribe', { email: email!, filter: filter!, zone: '' });
  const kept = await t.db.selectFrom('subscriptions').select(['email', 'zone']).execute();
  expect(Object.fromEntries(kept.map(({ email, zone }) => [email, zone]))).toEqual({
    'west@example.org': 'America/Los_Angeles',
    'center@example.org': 'America/Chicago',
    'any@example.org': 'America/New_York',
  });
});

test('from the form to the first mail, a changed rhythm, a pause and the end, by the links in the mails', async () => {
  expect((await post('/subscribe', wish())).status).toBe(202);
  await runDigest(sender);
  expect(server.accepted).toHaveLength(1);
  const asking = await parsed(server.accepted[0]!);
  expect(asking.subject).toContain('confirm');
  expect(header(asking, 'list-unsubscribe')).toBeUndefined();
  const confirmPath = await linked(/https:\S+\/subscribe\/confirm\/\S+/);

  const looked = await get(confirmPath);
  expect(await looked.text()).toContain('<strong>Sales jobs</strong>, every day at 7 a.m. UTC');
  expect(await states()).toEqual(['a@example.org pending']);
  const done = await post(confirmPath, {});
  expect(await done.text()).toContain('You’re subscribed');
  expect(await states()).toEqual(['a@example.org active']);
  expect((await post(confirmPath, {})).status).toBe(410);

  await due();
  expect(server.accepted).toHaveLength(2);
  const managePath = await linked(/https:\S+\/manage\/\S+/);
  const page = await get(managePath);
  expect(page.status).toBe(200);
  expect(page.headers.get('cache-control')).toBe('no-store');
  const saved = await post(managePath, {
    action: 'save',
    filter: 'https://jobs.example/jobs?credential=OTA&limit=10',
    cadence: 'weekly',
    weekday: '5',
    hour: '18',
    zone: 'America/Chicago',
  });
  expect(saved.status).toBe(303);
  expect(await (await get(saved.headers.get('location')!)).text()).toContain('every Friday at 6 p.m. Central Time');
  expect(await t.db.selectFrom('subscriptions').select(['query', 'every']).executeTakeFirst()).toEqual({
    query: 'credential=OTA',
    every: 'weekly',
  });
  expect((await post(managePath, { action: 'save', filter: '' })).status).toBe(400);
  await post(managePath, { action: 'pause' });
  expect(await (await get(managePath)).text()).toContain('It is paused');
  await post(managePath, { action: 'resume' });
  const copy = (await (await get(`${managePath}?export=1`)).json()) as {
    subscriptions: { email: string; postings: unknown[]; deliveries: unknown[]; consent_text: string }[];
  };
  expect(copy.subscriptions).toMatchObject(
    [{ email: 'a@example.org', postings: [{ posting_id: 'one', place: 'mailed' }], consent_text: /until I unsubscribe/ }].map(
      ({ consent_text: _, ...rest }) => rest,
    ),
  );

  const one = new URL(header(await parsed(server.accepted[1]!), 'list-unsubscribe')!.slice(1, -1)).pathname;
  expect(await (await get(one)).text()).toContain('<button');
  expect(await states()).toEqual(['a@example.org active']);
  expect((await post(one, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
  expect(await states()).toEqual(['a@example.org unsubscribed']);
});

test('one click ends it as multipart too, again and again, and tells nothing of whether it was there', async () => {
  await confirmed();
  await due();
  const one = await linked(/https:\S+\/u\/\S+/);
  const body = new FormData();
  body.set('List-Unsubscribe', 'One-Click');
  for (let n = 0; n < 2; n++) expect((await fetch(origin + one, { method: 'POST', body })).status).toBe(200);
  expect(await states()).toEqual(['a@example.org unsubscribed']);
  const known = await (await post(one, {})).text();
  await emptied(t.db);
  expect(await (await post(one, {})).text()).toBe(known);
  for (const broken of [`/u/k1.${'A'.repeat(46)}`, '/u/x']) expect((await post(broken, {})).status).toBe(404);
});

test('looking at any link, as mail scanners do, changes nothing', async () => {
  await confirmed();
  await due();
  const dump = async () =>
    JSON.stringify((await sql`select s.*, (select json_agg(d) from deliveries d) from subscriptions s`.execute(t.db)).rows);
  const before = await dump();
  const text = (await Promise.all(server.accepted.map(parsed))).map(mail => mail.text).join('\n');
  const paths = [...text.matchAll(/https:\/\/jobs\.example(\/(?:u|manage|subscribe)\/\S+)/g)].map(([, path]) => path!);
  expect(paths.length).toBeGreaterThanOrEqual(3);
  for (const path of paths) for (const method of ['GET', 'HEAD']) await fetch(origin + path, { method });
  expect(await dump()).toBe(before);
});

test('the answer is the same for a new, a pending, an active, a bounced and a complaining address', async () => {
  await confirmed({ email: 'active@example.org' });
  await sql`insert into suppressions select address_hash, 'complaint', now() from subscriptions`.execute(t.db);
  const answers = new Set<string>();
  for (const email of ['new@example.org', 'new@example.org', 'active@example.org']) {
    const answer = await post('/subscribe', wish({ email }));
    answers.add(`${answer.status} ${await answer.text()}`);
  }
  expect(answers.size).toBe(1);
  const api = (email: string) =>
    fetch(`${origin}/api/v1/subscriptions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish({ email })),
    });
  for (const email of ['other@example.org', 'active@example.org']) {
    const answer = await api(email);
    expect([answer.status, await answer.json()]).toEqual([202, { status: 'confirmation_asked' }]);
  }
});

test('an address gets one confirmation an hour and three a day, whoever asks', async () => {
  const asked = () => t.db.selectFrom('deliveries').select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow();
  for (let n = 0; n < 3; n++)
    await post('/subscribe', wish({ filter: `path=sales&max_years=${n}`, email: n % 2 ? 'A@Example.org' : 'a@example.org' }));
  expect((await asked()).n).toBe(1);
  for (let day = 1; day <= 5; day++) {
    await runDigest(sender);
    await sql`update deliveries set due_at = due_at - interval '61 minutes', available_at = available_at - interval '61 minutes'`.execute(
      t.db,
    );
    await post('/subscribe', wish({ filter: `path=writing&max_years=${day}` }));
  }
  await runDigest(sender);
  expect(server.accepted).toHaveLength(3);
});

test('a confirmation expires, and what was never confirmed is deleted', async () => {
  await post('/subscribe', wish());
  await runDigest(sender);
  const path = await linked(/https:\S+\/subscribe\/confirm\/\S+/);
  await sql`update subscriptions set confirm_expires_at = now() - interval '1 minute'`.execute(t.db);
  expect((await post(path, {})).status).toBe(410);
  hours = 8 * 24;
  await runDigest(sender);
  expect(await states()).toEqual([]);
});

test('subscribing again after the end goes on with the same ledger, so that nothing is mailed twice', async () => {
  await confirmed();
  await due();
  await post(await linked(/https:\S+\/u\/\S+/), {});
  await sql`update deliveries set due_at = due_at - interval '2 hours'`.execute(t.db);
  hours = 0;
  await confirmed();
  expect(await states()).toEqual(['a@example.org active']);
  const mails = server.accepted.length;
  hours = 50;
  await runDigest(sender);
  expect(server.accepted).toHaveLength(mails);
});

test('deleting removes everything of the address but a keyed hash, and stops what was on its way', async () => {
  await confirmed();
  await due();
  const manage = await linked(/https:\S+\/manage\/\S+/);
  expect((await post(manage, { action: 'erase' })).status).toBe(400);
  expect(await (await post(manage, { action: 'erase', sure: '1' })).text()).toContain('deleted');
  const left = await sql<{
    all: string;
  }>`select (select json_agg(s) from subscriptions s)::text || (select json_agg(d) from deliveries d)::text || (select json_agg(i) from digest_items i)::text as all`.execute(
    t.db,
  );
  expect(left.rows[0]?.all ?? null).toBeNull();
  expect(await t.db.selectFrom('suppressions').select('reason').execute()).toEqual([{ reason: 'erased' }]);
  expect((await get(manage)).status).toBe(404);
});

describe('refused with the reason is', () => {
  const refusals: [string, Record<string, string>][] = [
    ['several addresses', { email: 'a@example.org, b@example.org' }],
    ['an address with a header', { email: 'a@example.org\r\nBcc: evil@example.org' }],
    ['a second recipient', { email: 'a@example.org\r\nRCPT TO:<evil@example.org>' }],
    ['a name beside the address', { email: 'Evil <a@example.org>' }],
    ['a quoted address', { email: '"a b"@example.org' }],
    ['an address with letters that look like others', { email: 'а@example.org' }],
    ['a domain with letters that look like others', { email: 'a@exаmple.org' }],
    ['an address with an invisible character', { email: 'a\u200b@example.org' }],
    ['two at signs', { email: 'a@b@example.org' }],
    ['no domain', { email: 'a@localhost' }],
    ['a header in the text search', { filter: `q=${encodeURIComponent('x\r\nBcc: evil@example.org')}` }],
    ['a filter of everything', { filter: '' }],
    ['a filter that is none', { filter: 'colour=red' }],
    ['a zone that is none', { zone: 'Mars' }],
    ['an hour that is none', { hour: '25' }],
  ];
  test.each(refusals)('%s', async (_, more) => {
    const page = await post('/subscribe', wish(more));
    expect(page.status).toBe(400);
    const told = await page.text();
    expect(told).toMatch(/please|allowed/);
    expect(told).not.toContain('file or line');
    const api = await fetch(`${origin}/api/v1/subscriptions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish(more)),
    });
    expect(api.status).toBe(400);
    expect(await states()).toEqual([]);
  });
});

test('a filter with markup in it is inert on the pages and in the mails', async () => {
  await post('/subscribe', wish({ filter: `q=${encodeURIComponent('<script>alert(1)</script>"onload=x')}` }));
  await runDigest(sender);
  const mail = await parsed(server.accepted[0]!);
  expect(mail.html).not.toContain('<script');
  expect(await (await get(await linked(/https:\S+\/subscribe\/confirm\/\S+/))).text()).not.toContain('<script>alert');
});

test('what fills in the field people do not see gets the same answer and no mail', async () => {
  expect((await post('/subscribe', wish({ website: 'https://spam.example' }))).status).toBe(202);
  expect(await states()).toEqual([]);
});

describe('a returned mail', () => {
  const hook = (body: string, type: string, secret = SECRET, at = Date.now()) => {
    const seconds = Math.floor(at / 1000);
    const mark = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
    return fetch(`${origin}/hooks/bounces`, {
      method: 'POST',
      body,
      headers: { 'content-type': type, 'ombre-signature': `t=${seconds},v1=${mark}` },
    });
  };
  const event = async (name: string) => JSON.stringify({ event: name, message_id: (await parsed(server.accepted.at(-1)!)).messageId });
  beforeEach(async () => {
    await confirmed();
    await due();
  });

  test('ends the subscription and suppresses the address when a signed report says there is no such mailbox', async () => {
    const { messageId } = await parsed(server.accepted.at(-1)!);
    expect(await (await hook(dsn(messageId!, '5.1.1', 'failed'), 'message/rfc822')).json()).toEqual({ taken: true });
    expect(await states()).toEqual(['a@example.org bounced']);
    expect(await t.db.selectFrom('suppressions').select('reason').execute()).toEqual([{ reason: 'bounce' }]);
  });

  test('for now is counted, and only the fifth in a row ends it', async () => {
    const { messageId } = await parsed(server.accepted.at(-1)!);
    for (let n = 0; n < 5; n++) {
      expect(await states()).toEqual(['a@example.org active']);
      await hook(dsn(messageId!, '4.2.2', 'failed'), 'message/rfc822');
    }
    expect(await states()).toEqual(['a@example.org bounced']);
  });

  test('that is a complaint ends it for good: another wish gets no mail', async () => {
    await hook(await event('complaint'), 'application/json');
    expect(await states()).toEqual(['a@example.org complained']);
    await sql`update deliveries set due_at = due_at - interval '2 hours'`.execute(t.db);
    const mails = server.accepted.length;
    await post('/subscribe', wish());
    await runDigest(sender);
    expect(server.accepted).toHaveLength(mails);
    expect(await outbox(t.db)).toContain('a@example.org confirm cancelled');
  });

  test('is not believed unsigned, signed with another key, old, or about nothing of ours', async () => {
    const body = await event('bounce');
    expect((await fetch(`${origin}/hooks/bounces`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).status).toBe(
      401,
    );
    expect((await hook(body, 'application/json', 'another secret')).status).toBe(401);
    expect((await hook(body, 'application/json', SECRET, Date.now() - 3_600_000)).status).toBe(401);
    expect(await (await hook(dsn('<other@example.org>', '5.1.1', 'failed'), 'message/rfc822')).json()).toEqual({ taken: false });
    expect(await states()).toEqual(['a@example.org active']);
  });
});
