import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApi } from '../../../src/api/server.ts';
import { readConfig } from '../../../src/config.ts';
import { openKeyring } from '../../../src/digest/keys.ts';
import { runDigest } from '../../../src/digest/run.ts';
import { mailSettings } from '../../../src/digest/settings.ts';
import { siteOf } from '../../../src/feed/site.ts';
import { databaseClock } from '../../../src/store/clock.ts';
import { subscriptionRoutes } from '../../../src/web/subscribe/routes.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';

let t: TestDatabase;
let home: string;
beforeAll(async () => {
  t = await testDatabase();
  home = await mkdtemp(join(tmpdir(), 'ombre-mailbox-'));
});
afterAll(async () => {
  await t.drop();
  await rm(home, { recursive: true });
});

async function withSite<T>(mailbox: boolean, work: (origin: string, run: () => Promise<unknown>) => Promise<T>): Promise<T> {
  const config = readConfig({ OMBRE_HOME: home, RATE_LIMIT: '0' });
  const app = createApi({ config, db: t.db, web: subscriptionRoutes({ config, databaseUrl: t.url, mailbox }) });
  try {
    const origin = await app.listen({ port: 0, host: '127.0.0.1' });
    const site = siteOf(config, Number(new URL(origin).port));
    const sender = { db: t.db, site, keys: await openKeyring(config), settings: await mailSettings(config), clock: databaseClock(t.db) };
    return await work(origin, () => runDigest(sender));
  } finally {
    await app.close();
  }
}

test('a demo shows the mails it keeps, as their readers would see them, and the links in them work', async () => {
  await withSite(true, async (origin, run) => {
    const page = async (path: string) => load(await (await fetch(new URL(path, origin))).text());
    expect((await page('/demo/mailbox'))('main').text()).toContain('Nothing here yet');
    const asked = await fetch(`${origin}/subscribe`, {
      method: 'POST',
      body: new URLSearchParams({ email: 'ann@example.org', path: 'sales' }),
    });
    expect(await asked.text()).toContain('href="/demo/mailbox"');
    await run();
    const box = await page('/demo/mailbox');
    expect(box('.mailbox li').text()).toContain('Please confirm: sales jobs');
    expect(box('.mailbox li').text()).toContain('ann@example.org');
    const [whole, plain] = box('.mailbox a')
      .toArray()
      .map(link => box(link).attr('href')!);
    const mail = await fetch(new URL(whole!, origin));
    expect(mail.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    const link = load(await mail.text())('td.press a').attr('href')!;
    expect(await (await fetch(new URL(plain!, origin))).text()).toContain('START YOUR MONDAY JOB EMAIL?');
    const done = await fetch(new URL(new URL(link).pathname, origin), { method: 'POST', body: new URLSearchParams() });
    expect(await done.text()).toContain('the demo’s mailbox');
    for (const name of ['00000000-0000-4000-8000-000000000000.eml', '..%2f..%2fdigest.key', 'digest.key'])
      expect((await fetch(`${origin}/demo/mailbox/${name}`)).status).toBe(404);
  });
});

test('no other site has such a page', async () => {
  await withSite(false, async origin => {
    expect((await fetch(`${origin}/demo/mailbox`)).status).toBe(404);
  });
});
