import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressHashes } from '../../src/digest/keys.ts';
import { endAddress } from '../../src/store/digest/addresses.ts';
import { labelOf } from '../../src/store/tags/labels.ts';
import { announceVersion } from '../../src/store/tags/rules-versions.ts';
import { addTagReport, openTagReports } from '../../src/store/tags/tag-reports.ts';
import { active, KEYS } from '../digest/support.ts';
import { launch, watched } from '../web/_browser.ts';
import { insertAnswered, REVIEWER } from './_answered.ts';
import { type TestDesk, testDesk } from './_desk.ts';
import { logIn, look } from './_looking.ts';

const browser: Browser | null = await launch();
if (!browser) console.warn('no Chromium or Chrome on this machine: the desk is not tried in a browser');

const PAGES = {
  review: '/admin/review',
  correction: '/admin/review/doubtful?from=reports',
  labels: '/admin/labels',
  reports: '/admin/reports',
  rules: '/admin/rules',
  preview: '/admin/rules/preview',
  apply: '/admin/rules/apply',
  mails: '/admin/mails',
};
const WIDTHS = [390, 1280];
const SCHEMES = ['light', 'dark'] as const;

let desk: TestDesk;
beforeAll(async () => {
  desk = await testDesk();
  const { db } = desk;
  await insertAnswered(db, { id: 'doubtful', confidence: 0.41 });
  await insertAnswered(db, {
    id: 'long',
    title: 'Senior Clinical Reviewer, Outpatient Rehabilitation and Home Health Utilization Management (Remote)',
    text: `${REVIEWER}\n- Licensed COTA or PTA with a bachelor's degree is welcome`,
    confidence: 0.52,
  });
  await insertAnswered(db, { id: 'guard', title: 'Night Guard', text: 'You walk around the house.', confidence: 0.6 });
  await insertAnswered(db, { id: 'moves', confidence: 0.9 });
  await db
    .updateTable('postings')
    .set({ primary_path: 'sales', paths: ['sales'], roles: [], verdict_slp: 'named' })
    .where('id', '=', 'moves')
    .execute();
  const note = 'The second line under Requirements says that assistants may apply, too, and so does the last one.';
  await addTagReport(db, { posting_id: 'doubtful', tag: 'verdict:OTA', expected: 'named', note });
  await addTagReport(db, { posting_id: 'moves', tag: 'path:sales', expected: null, note: null });
  await addTagReport(db, { posting_id: 'long', tag: 'posting:closed', expected: null, note: null });
  await announceVersion(db, '99-another');
  const email = 'someone@people.example';
  const subscription_id = await active(db, email, 'path=sales');
  await endAddress(db, { email, hashes: addressHashes(KEYS, email) }, 'bounced', new Date());
  const now = new Date();
  const mail = { subscription_id, kind: 'digest' as const, due_at: now, available_at: now, ended_at: now };
  const response = '550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking the address.';
  await db
    .insertInto('deliveries')
    .values({ id: randomUUID(), ...mail, period: '1', status: 'failed', response })
    .execute();
});
afterAll(async () => {
  await browser?.close();
  await desk?.close();
});

describe.skipIf(!browser)('the desk in a real browser', () => {
  it.each(WIDTHS.flatMap(width => SCHEMES.map(scheme => [width, scheme] as const)))(
    'has no page with answers, reports, rules or mails at %i px, %s, that axe complains of or that is wider than the screen',
    async (width, colorScheme) => {
      const { page, wrong } = await watched(browser!, desk.origin, { viewport: { width, height: 900 }, colorScheme });
      await logIn(page, desk.origin);
      for (const [name, path] of Object.entries(PAGES)) {
        await page.goto(desk.origin + path);
        await look(page, wrong, name, colorScheme);
      }
      await page.context().close();
    },
  );

  it('takes a correction that begins at a report, and the ticks of another', async () => {
    const { page, wrong } = await watched(browser!, desk.origin);
    await logIn(page, desk.origin);
    await page.getByRole('link', { name: 'Reports', exact: true }).click();
    await page
      .getByRole('link', { name: /^Correct it.*Utilization Review/ })
      .last()
      .click();
    await page.getByLabel('COTA', { exact: true }).selectOption('named');
    await page.getByLabel('Why').fill('assistants too');
    await page.getByRole('button', { name: 'Keep this label' }).click();
    await page.getByRole('status').getByText('label.correct').waitFor();
    expect(await labelOf(desk.db, 'doubtful')).toMatchObject({
      label: { verdicts: { OTA: 'named', OT: 'named' }, note: 'assistants too' },
    });
    expect((await openTagReports(desk.db)).map(({ posting_id }) => posting_id)).toEqual(['long', 'moves']);
    await page.getByLabel('Senior Clinical Reviewer').check();
    await page.getByRole('button', { name: 'Mark the ticked ones as handled' }).click();
    await page.getByRole('status').getByText('reports.handle').waitFor();
    expect((await openTagReports(desk.db)).map(({ posting_id }) => posting_id)).toEqual(['moves']);
    await page.goto(`${desk.origin}/admin/labels`);
    await page.getByRole('cell', { name: /OTA named/ }).waitFor();
    expect(wrong).toEqual([]);
  });
});
