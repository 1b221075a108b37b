import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTagReport } from '../../src/store/tags/tag-reports.ts';
import { type Visiting, visiting } from '../support/visits.ts';
import { launch, watched } from '../web/_browser.ts';
import { leverBoard } from './_board.ts';
import { type TestDesk, testDesk } from './_desk.ts';
import { logIn, look } from './_looking.ts';

const browser: Browser | null = await launch();
if (!browser) console.warn('no Chromium or Chrome on this machine: the desk is not tried in a browser');

const WIDTHS = [390, 1280];
const SCHEMES = ['light', 'dark'] as const;

let lab: Visiting;
let desk: TestDesk;
beforeAll(async () => {
  lab = await visiting();
  desk = await testDesk({}, { on: lab.database });
  for (const [slug, before, then] of [
    ['fernleaf', 12, 3],
    ['mosswood', 9, 2],
    ['oakfield', 7, 7],
  ] as const) {
    const source = await lab.source(slug, 'lever', { site: slug });
    lab.answers(leverBoard(slug, before));
    await lab.visit(source);
    lab.answers(leverBoard(slug, then));
    await lab.visit(source);
  }
  await lab.source('waiting', 'lever', { site: 'waiting' });
  const { id } = await lab.database.db.selectFrom('postings').select('id').limit(1).executeTakeFirstOrThrow();
  await addTagReport(lab.database.db, { posting_id: id, tag: 'verdict:OT', expected: 'named', note: 'x' });
});
afterAll(async () => {
  await browser?.close();
  await desk.close();
  await lab.close();
});

/** Every page of the desk that takes no parameter and is no file, and one of a source. */
function pages(): string[] {
  const plain = desk.routes.filter(({ method, url }) => method === 'GET' && !/[:*]|\.(css|jsonl)$|login$/.test(url)).map(({ url }) => url);
  return [...new Set([...plain, '/admin/sources/fernleaf', '/admin/sources?state=unwell&q=nothing', '/admin/nothing-here'])];
}

describe.skipIf(!browser)('the desk in a real browser', () => {
  it.each(WIDTHS.flatMap(width => SCHEMES.map(scheme => [width, scheme] as const)))(
    'has no page at %i px, %s, that axe complains of or that is wider than the screen',
    async (width, colorScheme) => {
      const { page, wrong } = await watched(browser!, desk.origin, { viewport: { width, height: 900 }, colorScheme });
      await page.goto(`${desk.origin}/admin`);
      await look(page, wrong, 'login', colorScheme);
      await logIn(page, desk.origin);
      for (const path of pages()) {
        await page.goto(desk.origin + path);
        await look(page, wrong, path.slice(1).replaceAll(/\W+/g, '-'), colorScheme);
      }
      await page.context().close();
    },
  );

  it.each([true, false])(
    'lets an operator log in, approve one closing, refuse another, and log out (scripts on: %s)',
    async javaScriptEnabled => {
      const [slug, verb, other] = javaScriptEnabled ? ['fernleaf', /^Close all 9/, 3] : ['mosswood', /^Keep all 7 open/, 9];
      const { page, wrong } = await watched(browser!, desk.origin, { javaScriptEnabled });
      await logIn(page, desk.origin);
      await page.getByRole('link', { name: /closings are held/ }).click();
      await page.locator('section', { hasText: slug }).getByRole('button', { name: verb }).click();
      await page.waitForURL('**/admin/held?done=*');
      expect(await page.getByRole('status').textContent()).toMatch(new RegExp(`closures\\.(approve|reject) on ${slug}`));
      const answer = (await (await fetch(`${desk.origin}/api/v1/postings?source=${slug}`)).json()) as { items: unknown[] };
      expect(answer.items).toHaveLength(other);
      await page.getByRole('link', { name: 'Audit', exact: true }).click();
      expect(await page.getByRole('row', { name: new RegExp(`closures.* ${slug}`) }).count()).toBe(1);
      await page.getByRole('button', { name: 'Log out' }).click();
      await page.waitForURL('**/admin/login');
      await page.goBack();
      await page.reload();
      await page.waitForURL('**/admin/login?to=*');
      expect(wrong).toEqual([]);
      await page.context().close();
    },
  );
});
