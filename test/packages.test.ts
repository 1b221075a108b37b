import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Locked = { name?: string; dev?: boolean; hasInstallScript?: boolean };
const read = (file: string) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'));
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> };
const { allowScripts } = read('package.json') as { allowScripts: Record<string, boolean> };

/** What is installed where Ombre runs, by the names the packages have themselves. */
const installed = Object.entries(packages)
  .filter(([path, { dev }]) => path !== '' && dev !== true)
  .map(([path, locked]) => ({ ...locked, name: locked.name ?? path.replace(/^.*node_modules\//, '') }));

test('no browser is downloaded by an installation: Playwright has no install script, and would not be allowed one', () => {
  const playwright = installed.filter(({ name }) => name.startsWith('playwright'));
  expect(playwright.map(({ name }) => name)).toEqual(['playwright', 'playwright-core']);
  for (const { name, hasInstallScript = false } of playwright)
    expect([name, hasInstallScript, allowScripts[name]]).toEqual([name, false, undefined]);
});

test('nothing is installed that makes up browsers to pass as', () => {
  const disguises = /^(?:got-scraping|header-generator|fingerprint-\w+|generative-bayesian-network|@crawlee\/browser-pool)$/;
  expect(installed.filter(({ name }) => disguises.test(name))).toEqual([]);
});

test('what answers MCP clients brings no web framework of its own, and runs nothing when it is installed', () => {
  expect(installed.filter(({ name }) => /^(?:express|hono|@hono\/.+|koa)$/.test(name))).toEqual([]);
  const sdk = installed.filter(({ name }) => name.startsWith('@modelcontextprotocol/'));
  expect(sdk.map(({ name }) => name).sort()).toEqual(['@modelcontextprotocol/core', '@modelcontextprotocol/server']);
  expect(sdk.filter(({ hasInstallScript }) => hasInstallScript)).toEqual([]);
});
