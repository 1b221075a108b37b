import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '../../src/api/server.ts';
import { readConfig } from '../../src/config.ts';
import { subscriptionRoutes } from '../../src/web/subscribe/routes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { MAIL } from './support.ts';

const WISH = { email: 'a@example.org', filter: 'path=sales', cadence: 'daily', hour: '7', zone: 'UTC' };
const SMTP = { SMTP_URL: 'smtp://127.0.0.1:1', PUBLIC_URL: 'https://jobs.example' };

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

async function withApi<T>(env: Record<string, string>, work: (origin: string, logged: string[]) => Promise<T>): Promise<T> {
  const config = readConfig({ RATE_LIMIT: '0', ...env });
  const logged: string[] = [];
  const logger = pino({}, { write: (line: string) => logged.push(line) });
  const app = createApi({ config, db: t.db, logger, web: subscriptionRoutes({ config, databaseUrl: t.url }) });
  try {
    return await work(await app.listen({ port: 0, host: '127.0.0.1' }), logged);
  } finally {
    await app.close();
  }
}

const posted = (origin: string) => fetch(`${origin}/subscribe`, { method: 'POST', body: new URLSearchParams(WISH) });
const asked = (origin: string) =>
  fetch(`${origin}/api/v1/subscriptions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(WISH) });
const wishes = async () => (await t.db.selectFrom('subscriptions').select('id').execute()).length;

describe.each(['MAIL_FROM', 'POSTAL_ADDRESS', 'DIGEST_KEYS', 'PUBLIC_URL'])('without %s no mail can be sent', lacking => {
  test('which page and API say instead of promising one, and which the log tells the operator', async () => {
    await withApi({ ...MAIL, ...SMTP, [lacking]: '' }, async (origin, logged) => {
      const before = await wishes();
      for (const answer of [await fetch(`${origin}/subscribe?path=sales`), await posted(origin)]) {
        expect([answer.status, await answer.text()]).toEqual([
          503,
          expect.stringContaining('No mails can be sent from here at the moment'),
        ]);
      }
      const answer = await asked(origin);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([503, expect.stringContaining('application/problem+json')]);
      expect(await answer.json()).toMatchObject({ status: 503, detail: expect.stringContaining('No mails can be sent') });
      expect(await wishes()).toBe(before);
      expect(logged.filter(line => line.includes(`nobody can subscribe`) && line.includes(`${lacking} is missing`))).toHaveLength(1);
      // Who has a subscription can still leave.
      expect((await fetch(`${origin}/u/nonsense`, { method: 'POST' })).status).not.toBe(503);
    });
  });
});

test('with every setting a wish is taken', async () => {
  await withApi({ ...MAIL, ...SMTP }, async origin => {
    expect([(await posted(origin)).status, (await asked(origin)).status]).toEqual([202, 202]);
  });
});

test('without a mail server the page does not send anybody to a mailbox', async () => {
  await withApi({ ...MAIL }, async origin => {
    const answer = await posted(origin);
    const page = await answer.text();
    expect([answer.status, page]).toEqual([202, expect.stringContaining('has no mail server')]);
    expect(page).not.toContain('Check your email');
  });
});
