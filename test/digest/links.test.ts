import { createConfig, lintFromString } from '@redocly/openapi-core';
import { load } from 'cheerio';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApi } from '../../src/api/openapi.ts';
import { createApi } from '../../src/api/server.ts';
import { readConfig } from '../../src/config.ts';
import { type Keyring, makeToken, openKeyring } from '../../src/digest/keys.ts';
import { wantedQuery } from '../../src/digest/wanted.ts';
import { subscriptionRoutes } from '../../src/web/subscribe/routes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { active, MAIL } from './support.ts';

const TRACKED = 'utm_source=newsletter&_hsenc=x&mc_eid=1';
let t: TestDatabase;
let keys: Keyring;
let app: ReturnType<typeof createApi>;
let origin: string;
beforeAll(async () => {
  t = await testDatabase();
  const config = readConfig({
    ...MAIL,
    PUBLIC_URL: 'https://jobs.example',
    RATE_LIMIT: '60',
    SUBSCRIBE_RATE: '3',
    TRUST_PROXY: '127.0.0.1',
  });
  keys = await openKeyring(config);
  app = createApi({ config, db: t.db, web: subscriptionRoutes({ config, databaseUrl: t.url }) });
  origin = await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await app.close();
  await t.drop();
});

const from = (address: string) => ({ 'x-forwarded-for': address });
const get = (path: string) => fetch(origin + path, { redirect: 'manual', headers: from('192.0.2.250') });
const post = (path: string, form: Record<string, string>, address = '192.0.2.251') =>
  fetch(origin + path, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual', headers: from(address) });
const postJson = (body: object, address: string) =>
  fetch(`${origin}/api/v1/subscriptions`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...from(address) },
  });
const stateOf = async (id: string) =>
  (await t.db.selectFrom('subscriptions').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state;

describe('the links of mails', () => {
  test('work with what mail programs add to them, and end what they say', async () => {
    const id = await active(t.db, 'ann@example.org', 'path=sales');
    for (const path of [`/manage/${makeToken(keys, 'manage', id)}`, `/u/${makeToken(keys, 'unsubscribe', id)}`]) {
      const answer = await get(`${path}?${TRACKED}`);
      expect([path.slice(0, 3), answer.status]).toEqual([path.slice(0, 3), 200]);
    }
    const exported = await get(`/manage/${makeToken(keys, 'manage', id)}?${TRACKED}&export=1`);
    expect(exported.headers.get('content-disposition')).toContain('attachment');
    const ended = await post(`/u/${makeToken(keys, 'unsubscribe', id)}?${TRACKED}`, { 'List-Unsubscribe': 'One-Click' });
    expect([ended.status, await stateOf(id)]).toEqual([200, 'unsubscribed']);
  });

  test('that no key signed are one page, and signs behind a whole one do not matter', async () => {
    const id = await active(t.db, 'cut@example.org', 'path=sales');
    const pages = { '/u/': 'unsubscribe', '/manage/': 'manage', '/digests/': 'digest', '/subscribe/confirm/': 'confirm' } as const;
    for (const [path, purpose] of Object.entries(pages)) {
      const whole = makeToken(keys, purpose, id);
      for (const token of [whole.slice(0, -1), `${whole}x`, 'BROKEN', `k1.${'A'.repeat(46)}`]) {
        const answers = await Promise.all([get(path + token), ...(path === '/digests/' ? [] : [post(path + token, {})])]);
        for (const answer of answers)
          expect([path, answer.status, await answer.text()]).toEqual([path, 404, expect.stringContaining('link is incomplete')]);
      }
      for (const behind of [')', '.', ',', '=', '%20', '%3E', ').']) {
        expect([path, behind, await (await get(path + whole + behind)).text()]).toEqual([
          path,
          behind,
          expect.not.stringContaining('is incomplete'),
        ]);
      }
    }
    expect((await get(`/manage/${makeToken(keys, 'manage', id)}).`)).status).toBe(200);
  });

  test('that are broken say so, and that nothing was ended', async () => {
    const id = await active(t.db, 'bob@example.org', 'path=sales');
    const whole = makeToken(keys, 'unsubscribe', id);
    for (const token of [whole.slice(0, -3), 'BROKEN', makeToken(keys, 'manage', id)]) {
      const pressed = await post(`/u/${token}`, { 'List-Unsubscribe': 'One-Click' });
      const text = load(await pressed.text())('main').text();
      expect([pressed.status, text.includes('Nothing was stopped'), text.includes('You’re unsubscribed')]).toEqual([404, true, false]);
      expect((await get(`/u/${token}`)).status).toBe(404);
    }
    expect(await stateOf(id)).toBe('active');
    expect((await post(`/u/${whole}`, { 'List-Unsubscribe': 'One-Click' })).status).toBe(200);
  });
});

test('an address that is a secret is not logged, whatever method it is asked by', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const config = readConfig({ ...MAIL, PUBLIC_URL: 'https://jobs.example' });
  const logged = createApi({ config, db: t.db, logger: log, web: subscriptionRoutes({ config, databaseUrl: t.url }) });
  try {
    for (const method of ['GET', 'POST', 'PUT'] as const) await logged.inject({ method, url: '/u/a-secret?utm_source=x' });
    await logged.inject({ method: 'PUT', url: '/feed.rss' });
  } finally {
    await logged.close();
  }
  expect(lines.join('')).not.toContain('a-secret');
  expect(lines.join('')).toContain('/feed.rss');
});

describe('the filter of a subscription', () => {
  test('is read as people write and paste it, and kept in its one spelling', () => {
    const pasted = 'https://jobs.example/jobs?work_mode=Remote&credential=cota%2Fl&fbclid=IwAR0&state=texas#jobs';
    expect(wantedQuery(pasted)).toBe('credential=OTA&state=TX&work_mode=remote');
    expect(() => wantedQuery('utm_source=x&include=barred')).toThrow(/at least one field/);
  });

  test('is shown on the form also with a name nobody knows, which is told', async () => {
    const answer = await get(`/subscribe?credential=ota&colour=red&${TRACKED}`);
    const $ = load(await answer.text());
    const ticked = $('form.subscribe input:checked').toArray();
    expect([answer.status, ticked.map(box => [$(box).attr('name'), $(box).attr('value')])]).toEqual([200, [['credential', 'OTA']]]);
    expect($('main').text()).toContain('“colour”');
    expect($('main').text()).not.toContain('utm_source');
  });
});

describe('the reference', () => {
  test('holds how to subscribe where that is taken, and its example is', async () => {
    const document = (await (await get('/api/v1/openapi.json')).json()) as ReturnType<typeof openApi>;
    const config = await createConfig({ extends: ['recommended'] });
    const problems = await lintFromString({ source: JSON.stringify(document), config });
    expect(problems.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
    const post = document.paths['/api/v1/subscriptions']!.post!;
    const { example, schema } = post.requestBody.content['application/json'];
    expect(Object.keys(schema.properties ?? {})).toEqual(Object.keys(example));
    const taken = await postJson(example, '192.0.2.20');
    expect([taken.status, await taken.json()]).toEqual([202, { status: 'confirmation_asked' }]);
    expect(await (await get('/api')).text()).toContain('POST /api/v1/subscriptions');
    expect(openApi('https://jobs.example').paths).not.toHaveProperty('/api/v1/subscriptions');
  });
});

describe('the limit of subscriptions', () => {
  const wish = (email: string) => ({ email, filter: 'path=sales', cadence: 'daily', hour: '7', zone: 'UTC' });

  test('counts what was taken by form and API together, and never what was refused', async () => {
    const room = '192.0.2.7';
    for (let i = 0; i < 5; i++) {
      expect((await post('/subscribe', wish('not an address'), room)).status).toBe(400);
      expect((await postJson({ ...wish('c@example.org'), filter: '' }, room)).status).toBe(400);
    }
    expect((await post('/subscribe', wish('c1@example.org'), room)).status).toBe(202);
    expect((await postJson(wish('c2@example.org'), room)).status).toBe(202);
    expect((await post('/subscribe', wish('c3@example.org'), room)).status).toBe(202);

    const form = await post('/subscribe', wish('c4@example.org'), room);
    const told = /at most 3 subscriptions an hour from one network address; come back in \d+ minutes/i;
    expect([form.status, Number(form.headers.get('retry-after')) > 3000]).toEqual([429, true]);
    expect(load(await form.text())('main').text()).toMatch(told);
    const api = await postJson(wish('c5@example.org'), room);
    expect([api.status, Number(api.headers.get('retry-after')) > 3000]).toEqual([429, true]);
    expect(await api.json()).toMatchObject({ status: 429, detail: expect.stringMatching(told) });
    expect((await post('/subscribe', wish('c6@example.org'), '192.0.2.8')).status).toBe(202);
  });

  test('is another one than that of requests, which names itself', async () => {
    const address = '192.0.2.9';
    const answers = await Promise.all(Array.from({ length: 61 }, () => fetch(`${origin}/api/v1/paths`, { headers: from(address) })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(await refused[0]!.json()).toMatchObject({
      detail: expect.stringMatching(/^at most 60 requests a minute from one network address; come back in \d+ s$/),
    });
  });
});
