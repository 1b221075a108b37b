import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../../src/api/server.ts';
import { readConfig } from '../../../src/config.ts';
import { openKeyring } from '../../../src/digest/keys.ts';
import { linksOf } from '../../../src/digest/links.ts';
import { runDigest } from '../../../src/digest/run.ts';
import type { Sender } from '../../../src/digest/send.ts';
import { mailSettings } from '../../../src/digest/settings.ts';
import { webPages } from '../../../src/web/mount.ts';
import { subscriptionRoutes } from '../../../src/web/subscribe/routes.ts';
import { type MailServer, mailServer, parsed } from '../../digest/mail-server.ts';
import { active, iso, later, MAIL } from '../../digest/support.ts';
import { type TestDatabase, testDatabase } from '../../support/database.ts';
import { insertPostings } from '../../support/postings.ts';
import { axeFindings, launch, watched } from '../_browser.ts';

const browser: Browser | null = await launch();
if (!browser)
  console.warn('no Chromium or Chrome on this machine: the mails and their links are not tried in a browser (set CHROMIUM_PATH)');

let t: TestDatabase;
let server: MailServer;
let app: FastifyInstance;
let origin: string;
let sender: Sender;
let hours = 0;

beforeAll(async () => {
  t = await testDatabase();
  server = await mailServer();
  const config = readConfig({ ...MAIL, RATE_LIMIT: '0', MAIL_RATE: '100000' });
  app = createApi({
    config,
    db: t.db,
    web: (scope, context) => {
      webPages({ databaseUrl: t.url, subscriptions: true })(scope, context);
      // Mails go out: what is there to be said otherwise is another test's.
      const mailing = { ...config, SMTP_URL: server.url, PUBLIC_URL: 'https://jobs.example' };
      subscriptionRoutes({ config: mailing, databaseUrl: t.url })(scope, context);
    },
  });
  origin = `http://localhost:${new URL(await app.listen({ port: 0, host: 'localhost' })).port}`;
  const settings = await mailSettings({ ...config, SMTP_URL: server.url, PUBLIC_URL: origin });
  sender = {
    db: t.db,
    site: { origin, domain: 'jobs.example' },
    keys: await openKeyring(config),
    settings,
    clock: () => later(new Date(), hours),
  };
});
afterAll(async () => {
  await browser?.close();
  await app.close();
  await server.close();
  await t.drop();
});

async function newest() {
  return parsed(server.accepted.at(-1)!);
}

describe.skipIf(!browser)('in a browser', () => {
  it('one subscribes on the list, confirms, reads the mail, changes the subscription and leaves, by its links alone', async () => {
    await insertPostings(t.db, [
      { id: 'one', title: 'Territory manager', paths: ['sales'], verdicts: { OTA: 'open' }, first_seen: iso(-1) },
    ]);
    const { page, wrong } = await watched(browser!, origin, { colorScheme: 'dark' });
    // In the light: axe takes the dark canvas of a page without a background of its own for white.
    const read = async (html: string | undefined) => {
      await page.emulateMedia({ colorScheme: 'light' });
      // Away from our pages first: their policy would hold for the mail, too.
      await page.goto('about:blank');
      await page.setContent(html!);
    };
    const clicked = async (name: RegExp) => {
      const link = page.getByRole('link', { name });
      const url = (await link.getAttribute('href'))!;
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.goto(url);
    };
    await page.goto(`${origin}/jobs?path=sales&credential=OTA`);
    await page.getByText('Email me new ones').click();
    await page.getByLabel('Your email').fill('me@example.org');
    await page.getByLabel('How often').selectOption('daily');
    await page.getByRole('button', { name: 'Email me' }).click();
    await page.getByRole('heading', { name: 'Check your email' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);

    await runDigest(sender);
    await read((await newest()).html);
    expect(await axeFindings(page)).toEqual([]);
    await clicked(/Yes, start it/);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Start my email' }).click();
    await page.getByRole('heading', { name: 'You’re subscribed' }).waitFor();

    hours = 25;
    await runDigest(sender);
    const mail = await newest();
    expect(mail.subject).toContain('Territory manager');
    await read(mail.html);
    expect(await axeFindings(page)).toEqual([]);
    await clicked(/Territory manager/);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Territory manager');

    await read(mail.html);
    await clicked(/Change or pause/);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel('How often').selectOption('weekly');
    await page.getByLabel('Day (if once a week)').selectOption('Friday');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('every Friday at').waitFor();

    await read(mail.html);
    await clicked(/Unsubscribe/);
    await page.getByRole('button', { name: 'Unsubscribe', exact: true }).click();
    await page.getByRole('heading', { name: 'You’re unsubscribed' }).waitFor();
    expect((await t.db.selectFrom('subscriptions').select(['state', 'every']).executeTakeFirst())!).toEqual({
      state: 'unsubscribed',
      every: 'weekly',
    });
    expect(wrong).toEqual([]);
  });

  it('the reader’s own time zone is in the forms, and without a script that of the place one asks for', async () => {
    const { page } = await watched(browser!, origin, { timezoneId: 'America/Denver' });
    const zone = () => page.locator('[name=zone]').inputValue();
    for (const path of ['/subscribe?state=CA', '/jobs?path=sales&credential=OTA']) {
      await page.goto(origin + path);
      expect([path, await zone()]).toEqual([path, 'America/Denver']);
    }
    const id = await active(t.db, 'zone@example.org', 'path=sales', { zone: 'America/Chicago' });
    await page.goto(linksOf(sender.site, sender.keys, id).manage);
    expect(await zone()).toBe('America/Chicago');
    const { page: plain } = await watched(browser!, origin, { timezoneId: 'America/Denver', javaScriptEnabled: false });
    await plain.goto(`${origin}/subscribe?state=CA`);
    expect(await plain.locator('[name=zone]').inputValue()).toBe('America/Los_Angeles');
  });

  it('a mail of several filters and the page that ends all it carries can be read and pressed', async () => {
    await insertPostings(t.db, [
      { id: 'both1', paths: ['education'], work_mode: 'hybrid', first_seen: iso(-1) },
      { id: 'both2', paths: ['consulting'], first_seen: iso(-1) },
    ]);
    const ids = [await active(t.db, 'two@example.org', 'path=education'), await active(t.db, 'two@example.org', 'path=consulting')];
    await sql`update subscriptions set next_due_at = now() where email = 'two@example.org'`.execute(t.db);
    await runDigest(sender);
    const { html } = await parsed(server.accepted.find(({ to }) => to[0] === 'two@example.org')!);
    const { page } = await watched(browser!, origin, { viewport: { width: 390, height: 800 } });
    await page.setContent(html!);
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    const link = page.getByRole('link', { name: 'Unsubscribe from these 2 searches' });
    await page.goto((await link.getAttribute('href'))!);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Unsubscribe from these 2' }).click();
    await page.getByRole('heading', { name: 'You’re unsubscribed' }).waitFor();
    const left = await t.db.selectFrom('subscriptions').select('state').where('id', 'in', ids).execute();
    expect(left.map(({ state }) => state)).toEqual(['unsubscribed', 'unsubscribed']);
  });

  it('a mail of titles made to run something runs and loads nothing', async () => {
    const evil = [
      '<script>alert(1)</script>',
      '<img src="http://evil.example/x.png" onerror="alert(1)">',
      '"><svg onload=alert(1)>',
      '</style><iframe src="http://evil.example"></iframe>',
      '&lt;img src=x onerror=alert(1)&gt;',
    ];
    await active(t.db, 'evil@example.org', 'path=writing');
    await insertPostings(
      t.db,
      evil.map((title, i) => ({
        id: `evil${i}`,
        title,
        company: title,
        paths: ['writing' as const],
        verdicts: { OT: 'named' as const },
        evidence: { OT: [{ field: 'title' as const, start: 0, end: title.length, text: title }] },
        places: [{ raw: title, city: title, region: title, country: 'US' }],
        first_seen: iso(-1),
      })),
    );
    hours = 50;
    await runDigest(sender);
    const { html, to } = await newest();
    expect(to?.[0]?.address).toBe('evil@example.org');
    const { page, wrong } = await watched(browser!, origin);
    await page.setContent(html!, { waitUntil: 'load' });
    const alive = `[...document.querySelectorAll('script, img, svg, iframe, object, form')].length
      + [...document.querySelectorAll('*')].flatMap(element => element.getAttributeNames()).filter(name => name.startsWith('on')).length`;
    expect(await page.evaluate(alive)).toBe(0);
    expect(await page.getByRole('heading', { level: 3 }).count()).toBe(evil.length);
    expect(wrong).toEqual([]);
  });
});
