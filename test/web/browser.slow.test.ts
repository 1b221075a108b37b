import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTagReports } from '../../src/store/tags/tag-reports.ts';
import { insertPostings } from '../support/postings.ts';
import { axeFindings, launch, openAll, SHOTS, watched } from './_browser.ts';
import { hostilePostings } from './_hostile.ts';
import { manyPostings, type TestSite, testSite } from './_site.ts';

const browser: Browser | null = await launch();
if (!browser)
  console.warn('no Chromium or Chrome on this machine: the pages are not tried in a browser (set CHROMIUM_PATH, or install chromium)');

const ANSWERED =
  '/start?credential=OTA&reason=employer&care=keep&move=remote&pay=same&gap=any&certification=no&small=either&body=desk&ready=not-yet';
const PAGES = {
  home: '/',
  list: '/jobs?credential=OTA',
  everybody: '/jobs',
  filters: '/jobs?beside=1&credential=OTA&path=sales,writing&posted_since=30d&since=2026-10-01',
  short: '/jobs?credential=OTA&path=utilization-review',
  nothing: '/jobs?credential=OTA&path=sales&q=zeppelin',
  posting: '/jobs/job000',
  'my posting': '/jobs/job000?credential=OTA',
  closed: '/jobs/gone',
  paths: '/paths',
  path: '/paths/utilization-review',
  pathFor: '/paths/utilization-review?credential=OTA',
  credential: '/for/cota',
  employers: '/employers',
  employer: '/employers/fernleaf-health',
  compare: '/compare?credential=OTA&ids=job000,job001,job002,gone,unknown',
  embed: '/embed?credential=OTA&limit=10',
  question: '/start?credential=OTA&reason=job&care=leave',
  result: ANSWERED,
  feeds: '/feeds?credential=OTA',
  about: '/about',
  bot: '/bot',
  sources: '/sources',
  missing: '/nothing-here',
  mistake: '/jobs?near=Nowhere',
};

/** How far things moved while the page was loading. */
const LAYOUT_SHIFT = `new Promise(resolve => {
  let sum = 0;
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(sum), 100);
})`;

/** What of a page could run or load something, after the mouse went over all of it. */
const ALIVE = `(() => {
  const all = [...document.querySelectorAll('*')];
  for (const element of all) element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
  return {
    foreign: document.querySelectorAll('main :is(script, style, iframe, object, embed, video, img, link, base, meta, form:not([action^="/"]), math, template)').length,
    handlers: all.flatMap(element => element.getAttributeNames()).filter(name => name.startsWith('on')).length,
    links: [...document.querySelectorAll('a[href]')].map(link => link.protocol).filter(protocol => !/^(https?|mailto):$/.test(protocol)),
  };
})()`;

let site: TestSite;
beforeAll(async () => {
  site = await testSite({ subscriptions: true });
  await insertPostings(site.db, [
    ...manyPostings(60),
    {
      id: 'gone',
      title: 'Closed Reviewer',
      first_seen: '2026-10-01T00:00:00Z',
      closed_at: '2026-11-02T00:00:00Z',
      paths: ['utilization-review'],
    },
  ]);
});
afterAll(async () => {
  await browser?.close();
  await site.close();
});

describe.skipIf(!browser)('the pages in a real browser', () => {
  const open = async (path: string, options: Parameters<typeof watched>[2] = {}) => {
    const { page, wrong } = await watched(browser!, site.origin, options);
    await page.goto(site.origin + path);
    return { page, wrong, done: () => page.context().close() };
  };

  it.each([true, false])('narrow the list by clicking (scripts on: %s)', async javaScriptEnabled => {
    const { page, wrong, done } = await open('/', { javaScriptEnabled, viewport: { width: 1280, height: 900 } });
    await page.getByRole('link', { name: /^COTA/ }).first().click();
    await page.getByLabel('Where').selectOption('remote');
    // Nothing is loaded anew until the button is pressed; with a script it says what it would show.
    expect(new URL(page.url()).search).toBe('?credential=OTA');
    await page.getByRole('button', { name: javaScriptEnabled ? 'Show 15 jobs' : 'Show jobs' }).click();
    await page.waitForURL('**/jobs?credential=OTA&work_mode=remote');
    const ids = await page
      .locator('.results .job h3 a')
      .evaluateAll(links => links.map(link => link.getAttribute('href')!.slice(6).split('?')[0]));
    const api = (await (await fetch(`${site.origin}/api/v1/postings?credential=OTA&work_mode=remote`)).json()) as {
      items: { id: string }[];
    };
    expect(ids.toSorted()).toEqual(api.items.map(({ id }) => id).toSorted());
    expect(await page.locator('.job .v q mark').first().isVisible()).toBe(true);
    await page.getByText('More filters').click();
    await page.getByLabel('Words in the posting').fill('medical');
    await page.getByRole('button', { name: /^Show/ }).click();
    await page.waitForURL('**/jobs?credential=OTA&q=medical&work_mode=remote');
    // What is on in the panel is told, while the panel is out of the way of the jobs.
    expect(await page.getByRole('link', { name: 'Remove: “medical”' }).isVisible()).toBe(true);
    expect(await page.getByLabel('Words in the posting').isVisible()).toBe(false);
    await page.getByLabel('I’m a').selectOption('');
    await page.getByRole('button', { name: /^Show/ }).click();
    await page.waitForURL('**/jobs?q=medical&work_mode=remote');
    await page.locator('.results .job h3 a').first().click();
    expect(await page.getByRole('heading', { name: 'Who may apply' }).isVisible()).toBe(true);
    expect(wrong).toEqual([]);
    await done();
  });

  it('lead from the first question to paths and jobs', async () => {
    const { page, wrong, done } = await open('/', { viewport: { width: 390, height: 844 } });
    await page.getByRole('link', { name: 'Take the quiz' }).click();
    const answers = [
      /^COTA/,
      /^The job itself/,
      'Yes, completely',
      'No, I want to work from home',
      /^I’d rather not/,
      'Yes, I could handle one',
      /^Not now/,
      'Either is fine',
      /^Yes, no lifting/,
      'Yes, I know what I’d say',
    ];
    for (const name of answers) await page.getByRole('main').getByRole('link', { name }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Paths that fit you');
    const told = await page.locator('.lead').first().textContent();
    const shown = Number(/^\d+/.exec(told ?? '')?.[0]);
    expect(shown).toBeGreaterThan(0);
    const numbers = await page.locator('.ranked > li > p:last-child').allTextContents();
    expect(numbers.length).toBeGreaterThan(0);
    for (const number of numbers) expect(number).toMatch(/^[1-9]/);
    await page.getByRole('link', { name: /^Change this answer: Can you move/ }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Can you move?');
    await page.getByLabel('No, I’m staying in').selectOption({ label: 'Texas' });
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('link', { name: 'See the jobs' }).click();
    expect(new URL(page.url()).search).toBe('?credential=OTA&max_lifting=10&state=TX&without_certification=any');
    expect(wrong).toEqual([]);
    await done();
  });

  it('compare jobs that a reader checked below the list, two of them in sight on a phone', async () => {
    const { page, wrong, done } = await open('/jobs?credential=OTA', { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    await page.getByText('Compare jobs side by side').click();
    for (const nth of [0, 2, 5]) await page.locator('.compare-picker').getByRole('checkbox').nth(nth).check();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Compare 3 jobs as a COTA');
    const second = await page.locator('.compare thead th').nth(1).boundingBox();
    expect(second!.x + second!.width).toBeLessThanOrEqual(390);
    expect(wrong).toEqual([]);
    await done();
  });

  it('take a report of a wrong tag', async () => {
    const { page, wrong, done } = await open('/jobs/job007');
    await page.getByText('Something’s wrong').click();
    await page.getByLabel('What is wrong?').selectOption('verdict:OTA');
    await page.getByLabel('What should it say?').fill('named');
    await page.getByRole('button', { name: 'Send' }).click();
    expect(await page.getByRole('status').textContent()).toContain('Thank you');
    expect(await openTagReports(site.db)).toMatchObject([{ posting_id: 'job007', tag: 'verdict:OTA', expected: 'named' }]);
    expect(wrong).toEqual([]);
    await done();
  });

  it('build the address of a feed by clicking', async () => {
    const { page, done } = await open('/feeds', { viewport: { width: 1280, height: 900 } });
    await page.getByRole('complementary').getByRole('link', { name: /^PTA/ }).click();
    const address = await page.getByLabel('RSS address', { exact: true }).inputValue();
    expect(new URL(address).search).toBe('?credential=PTA');
    expect(await page.getByRole('button', { name: 'Copy RSS address' }).isVisible()).toBe(true);
    await done();
  });

  it('are reached by keyboard: past everything to the jobs, into the filter, and to the words', async () => {
    const { page, done } = await open('/jobs?credential=OTA', { viewport: { width: 1280, height: 900 } });
    const focused = () => page.evaluate<string>('document.activeElement?.textContent?.trim() ?? ""');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the jobs');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement?.id')).toBe('jobs');
    let tabs = 1;
    for (; tabs < 30 && !(await page.evaluate('document.activeElement?.matches(".job h3 a")')); tabs++) await page.keyboard.press('Tab');
    console.info(`tabs to the first job: ${tabs}`);
    expect(tabs).toBeLessThanOrEqual(12);
    const ring = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(ring).toBe('solid');
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement?.id')).toBe('q');
    await done();
  });

  it('show the words of the first job on the first screen of a phone, and take two taps from the first page to a way to apply', async () => {
    const { page, wrong, done } = await open('/', { viewport: { width: 390, height: 844 } });
    await page.getByRole('link', { name: /^COTA/ }).click();
    const most = { '/jobs?credential=OTA': 560, '/jobs?credential=OTA&path=utilization-review': 517 };
    for (const [path, y] of Object.entries(most).reverse()) {
      await page.goto(site.origin + path);
      const words = (await page.locator('.job .v q').first().boundingBox())!;
      console.info(`${path}: the words of the first job begin at ${Math.round(words.y)} of 844`);
      expect(words.y).toBeLessThan(y);
    }
    await page.getByText('Email me new ones').click();
    expect(await page.getByLabel('Your email').isVisible()).toBe(true);
    await page.locator('.job h3 a').first().click();
    expect(await page.locator('a:visible', { hasText: /^Apply on/ }).getAttribute('href')).toMatch(/^https?:/);
    expect(wrong).toEqual([]);
    await done();
  });

  it('have nothing to press in the list that is smaller than 24 pixels, and no sideways scroll at 320', async () => {
    const { page, done } = await open('/jobs?beside=1&credential=OTA', { viewport: { width: 320, height: 800 } });
    await openAll(page);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    const small = await page.evaluate<
      string[]
    >(`[...document.querySelectorAll('main :is(a, button, summary, select, input:not([type=hidden])), .top a, .bottom a')]
      .filter(one => one.getClientRects().length > 0 && !one.closest('.trap, .note, label.tick'))
      .filter(one => one.getBoundingClientRect().height < 24)
      .map(one => one.outerHTML.slice(0, 100))`);
    expect(small).toEqual([]);
    await done();
  });

  it('leave out of print what paper has no use for', async () => {
    const { page, done } = await open('/jobs/job000');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false);
    expect(await page.locator('.similar').isVisible()).toBe(false);
    expect(await page.locator('.decision').isVisible()).toBe(true);
    expect(await page.locator('.on-paper').isVisible()).toBe(true);
    await done();
  });

  it('cost a list of 25 at most 20 KB, 72 KB with the typefaces, in one round of requests, and nothing moves while it loads', async () => {
    const { page, wrong, done } = await open('/about');
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    const sizes = new Map<string, number>();
    const initiators: string[] = [];
    let list = '';
    session.on('Network.requestWillBeSent', ({ initiator, requestId, type }) => {
      initiators.push(initiator.type);
      if (type === 'Document') list = requestId;
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => void sizes.set(requestId, encodedDataLength));
    await page.goto(`${site.origin}/jobs`, { waitUntil: 'networkidle' });
    expect(await page.locator('.results .job').count()).toBe(25);
    const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    console.info(`list of 25: ${sizes.get(list)} of ${total} bytes in ${sizes.size} requests`);
    expect(sizes.size).toBeGreaterThanOrEqual(3);
    expect(sizes.get(list)).toBeLessThanOrEqual(20 * 1024);
    expect(total).toBeLessThanOrEqual(72 * 1024);
    // Everything is asked for by the page itself, nothing by what the page asked for.
    expect(initiators.filter(type => type !== 'parser' && type !== 'other')).toEqual([]);
    const shift = await page.evaluate(LAYOUT_SHIFT);
    expect(shift).toBe(0);
    expect(wrong).toEqual([]);
    await done();
  });

  // Wide in light colours, narrow in dark ones, so that both layouts and both palettes are looked at once.
  describe.each([
    { width: 1280, colorScheme: 'light' },
    { width: 390, colorScheme: 'dark' },
  ] as const)('$width wide in $colorScheme colours', ({ width, colorScheme }) => {
    it.each(Object.entries(PAGES))(
      'have nothing serious to say against them: %s',
      async (_, path) => {
        const { page, done } = await open(path, { colorScheme, viewport: { width, height: 900 } });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
        // Closed parts are looked at as well.
        await openAll(page);
        expect(await axeFindings(page)).toEqual([]);
        await done();
      },
      90_000,
    );
  });

  it('have nothing serious to say against them before the first job', async () => {
    const empty = await testSite({ subscriptions: true });
    for (const slug of ['read', 'waiting']) {
      const source = { slug, name: slug, system: 'lever', target: '{}', disabled_reason: null, domain: null, notes: null };
      await empty.db
        .insertInto('sources')
        .values({ ...source, last_complete_at: slug === 'read' ? new Date() : null })
        .execute();
    }
    const { page } = await watched(browser!, empty.origin, { colorScheme: 'dark', viewport: { width: 320, height: 800 } });
    await page.goto(`${empty.origin}/`);
    expect(await page.getByRole('progressbar').isVisible()).toBe(true);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    expect(await axeFindings(page)).toEqual([]);
    await page.context().close();
    await empty.close();
  });

  it('have their pictures taken, to be looked at by people', async () => {
    for (const width of [1280, 390]) {
      const { page, done } = await open('/about', { viewport: { width, height: 900 } });
      for (const [name, path] of Object.entries(PAGES)) {
        await page.goto(site.origin + path);
        expect(await page.locator('h1').isVisible()).toBe(true);
        await page.screenshot({ path: fileURLToPath(new URL(`${name}-${width}.png`, SHOTS)), fullPage: true });
      }
      await done();
    }
  }, 180_000);
});

describe.skipIf(!browser)('hostile postings', () => {
  let hostile: TestSite;
  beforeAll(async () => {
    hostile = await testSite({ structuredData: true, subscriptions: true });
    await insertPostings(hostile.db, hostilePostings());
  });
  afterAll(() => hostile.close());

  it('are inert on every page that shows them: no dialog, no error, no request to another host', async () => {
    const { page, wrong } = await watched(browser!, hostile.origin);
    const ids = hostilePostings().map(({ id }) => id);
    for (const path of [
      '/',
      '/jobs',
      '/feeds',
      '/paths/sales',
      '/for/ot',
      '/employers',
      '/embed',
      '/compare?ids=hostile0,hostile1,hostile2',
      '/sources',
      ANSWERED,
      ...ids.map(id => `/jobs/${id}`),
    ]) {
      expect([path, (await page.goto(hostile.origin + path))?.status()]).toEqual([path, 200]);
      await openAll(page);
      const alive = await page.evaluate(ALIVE);
      expect([path, alive]).toEqual([path, { foreign: 0, handlers: 0, links: [] }]);
    }
    expect(wrong).toEqual([]);
    await page.goto(`${hostile.origin}/jobs/hostile0`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Reviewer <script>alert(1)</script>');
    await page.context().close();
  }, 180_000);
});
