import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { problemsOf } from '../tools/check-packages.ts';

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
  expect(playwright.map(({ name }) => name)).toEqual(['playwright-core']);
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

test('nothing of Crawlee is installed where Ombre runs', () => {
  expect(installed.filter(({ name }) => /^@?(?:crawlee|apify)/.test(name))).toEqual([]);
});

describe('the check of packages', () => {
  const INTEGRITY = `sha512-${'A'.repeat(86)}==`;
  const good = { version: '1.0.0', integrity: INTEGRITY, license: 'MIT' };
  const manifest = { dependencies: { good: '^1.0.0' }, devDependencies: {}, allowScripts: {} };
  const judged = (locked: object, more: object = {}) =>
    problemsOf({ packages: { '': {}, 'node_modules/good': locked } }, { ...manifest, ...more });

  test('finds nothing wrong with what is locked here', () => {
    expect(problemsOf(read('package-lock.json'), read('package.json'))).toEqual([]);
  });

  test('takes a package of a registry with its hash and a license that goes with ours', () => {
    expect(judged(good)).toEqual([]);
    expect(judged({ ...good, license: '(GPL-3.0-only OR MIT)', resolved: 'https://packages.example/good.tgz' })).toEqual([]);
    expect(judged({ ...good, license: 'MPL-2.0', dev: true })).toEqual([]);
    expect(judged({ ...good, hasInstallScript: true }, { allowScripts: { good: false } })).toEqual([]);
  });

  test.each([
    ['without a hash', { integrity: undefined }, 'it has no SHA-512 to be held to'],
    ['with a weaker hash', { integrity: 'sha1-AAAA' }, 'it has no SHA-512 to be held to'],
    ['from a repository', { resolved: 'git+ssh://git@code.example/a/b.git#1' }, 'it comes from git+ssh, not from a registry over https'],
    ['over plain http', { resolved: 'http://packages.example/good.tgz' }, 'it comes from http, not from a registry over https'],
    ['from a file', { resolved: 'file:../good.tgz' }, 'it comes from file, not from a registry over https'],
    ['that is a link', { link: true }, 'it is a link to a folder'],
    ['that runs a script nobody has decided on', { hasInstallScript: true }, 'allowScripts says neither yes nor no'],
    ['with a license that reaches over', { license: 'GPL-3.0-only' }, 'its license is GPL-3.0-only'],
    ['with one of two licenses that does', { license: 'MIT AND AGPL-3.0-only' }, 'its license is MIT AND AGPL-3.0-only'],
    ['without a license', { license: undefined }, 'its license is not said'],
    ['that production needs under a license for tools', { license: 'MPL-2.0' }, 'its license is MPL-2.0'],
  ])('names one %s', (_what, over, why) => {
    expect(judged({ ...good, ...over })).toEqual([expect.stringContaining(`node_modules/good: `)]);
    expect(judged({ ...good, ...over })[0]).toContain(why);
  });

  test('names a second registry, a dependency that is no version of one, and a decision about nothing', () => {
    const two = { a: { ...good, resolved: 'https://a.example/a.tgz' }, b: { ...good, resolved: 'https://b.example/b.tgz' } };
    expect(problemsOf({ packages: two }, manifest)).toEqual(['packages come from 2 hosts, one registry is allowed: a.example, b.example']);
    for (const range of ['github:a/b', 'file:../b', 'https://a.example/b.tgz', '*', 'latest'])
      expect(judged(good, { dependencies: { good: range } })).toEqual([`good is asked for as ${range}: only versions of the registry are`]);
    expect(judged(good, { allowScripts: { gone: true } })).toEqual(['allowScripts names gone, which runs nothing or is not there']);
  });
});
