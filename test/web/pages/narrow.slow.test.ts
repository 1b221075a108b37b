import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { insertPostings } from '../../support/postings.ts';
import { launch } from '../_browser.ts';
import { manyPostings, type TestSite, testSite } from '../_site.ts';

const browser: Browser | null = await launch();
const LONG = 'W'.repeat(344);
const SHORTER = `Employer${'W'.repeat(90)}`;

let site: TestSite;
beforeAll(async () => {
  site = await testSite({ subscriptions: true });
  const certifications = [{ name: LONG, need: 'required' as const }];
  await insertPostings(
    site.db,
    manyPostings(6).map((posting, i) => ({
      ...posting,
      title: LONG + i,
      company: SHORTER,
      paths: ['sales'],
      places: [{ raw: LONG, city: LONG, region: null, country: null }],
      text: LONG,
      evidence: { OTA: [{ field: 'text', start: 0, end: 300, text: LONG.slice(0, 300) }] },
      facets: { certifications },
    })),
  );
});
afterAll(async () => {
  await browser?.close();
  await site.close();
});

describe.skipIf(!browser)('one unbroken word', () => {
  it.each([
    '/for/cota',
    '/paths/sales?credential=OTA',
    '/compare?ids=job000,job001,job002',
    '/employers',
    `/employers/${SHORTER.toLowerCase()}`,
    '/embed?credential=OTA',
    '/feeds?credential=OTA',
  ])('makes no page wider than a phone: %s', async path => {
    const page = await browser!.newPage({ viewport: { width: 320, height: 700 } });
    const answer = await page.goto(site.origin + path);
    expect(answer?.status()).toBe(200);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await page.close();
  });

  it('leaves the labels of a comparison in sight while it scrolls', async () => {
    const page = await browser!.newPage({ viewport: { width: 390, height: 700 } });
    await page.goto(`${site.origin}/compare?ids=job000,job001,job002`);
    const label = page.getByRole('rowheader', { name: 'Can I apply?' });
    const before = await label.boundingBox();
    await page.evaluate('document.querySelector(".scroll").scrollLeft = 300');
    expect((await label.boundingBox())?.x).toBe(before?.x);
    await page.close();
  });
});
