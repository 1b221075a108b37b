import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { readConfig } from '../../src/config.ts';
import { findBrowser } from '../../src/crawlers/engine/browser/find.ts';

export const SHOTS = new URL('../../test-results/web/', import.meta.url);

/** The Chromium of this machine, found as the crawler finds it; null when there is none. */
export async function launch(): Promise<Browser | null> {
  const found = await findBrowser(readConfig());
  if (!found) return null;
  mkdirSync(SHOTS, { recursive: true });
  // Root in a container has no sandbox; what is opened here is our own.
  return await chromium.launch({ executablePath: found.path, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
}

/** A page that notes what must never happen: dialogs, errors, requests to other hosts. */
export async function watched(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; wrong: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const wrong: string[] = [];
  page.on('dialog', dialog => {
    wrong.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', error => void wrong.push(`error: ${error.message}`));
  page.on('console', message => {
    if (message.type() === 'error') wrong.push(`console: ${message.text()}`);
  });
  page.on('request', request => {
    if (!request.url().startsWith(`${origin}/`)) wrong.push(`request: ${request.url()}`);
  });
  context.on('page', popup => {
    if (popup !== page) wrong.push('a new window');
  });
  return { page, wrong };
}

const AXE = createRequire(import.meta.url)('axe-core') as { source: string };

/** Serious and critical findings of axe-core, or `all` of them, one line each. Its code comes in through the debugger, as the policy of our pages lets no script in. */
export async function axeFindings(page: Page, { all = false } = {}): Promise<string[]> {
  await page.evaluate(AXE.source);
  const results = await page.evaluate<AxeResults>('axe.run()');
  return results.violations
    .filter(({ impact }) => all || impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.split('\n').slice(1).join(' ')}`),
    );
}

/** Opens every closed part of a page, so that it is looked at as well. */
export async function openAll(page: Page): Promise<void> {
  await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
}
