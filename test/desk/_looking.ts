import type { Page } from 'playwright';
import { expect } from 'vitest';
import { axeFindings, SHOTS } from '../web/_browser.ts';
import { PASSWORD } from './_password.ts';

export async function logIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/admin`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.waitForURL('**/admin');
}

/** Takes a picture of a page where OMBRE_PICTURES asks for them (a long one may be more than Chromium can draw), and holds it to what axe finds, to its width, and to what must never happen (`wrong`, emptied by this). */
export async function look(page: Page, wrong: string[], name: string, scheme: string): Promise<void> {
  const width = page.viewportSize()?.width;
  if (process.env.OMBRE_PICTURES)
    await page.screenshot({ path: new URL(`desk-${name}-${width}-${scheme}.png`, SHOTS).pathname, fullPage: true });
  // That nothing is at an address is told by the console too, and what axe tries the policy refuses.
  expect(wrong.filter(line => !line.includes('404'))).toEqual([]);
  expect([name, await axeFindings(page, { all: true })]).toEqual([name, []]);
  wrong.length = 0;
  expect([name, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([name, width]);
}
