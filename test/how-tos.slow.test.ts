import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { copyCheckout } from './support/checkout.ts';

let checkout: Awaited<ReturnType<typeof copyCheckout>>;
beforeAll(async () => {
  const parts = ['src', 'test', 'migrations', 'templates', 'docs', 'demo', 'sources', 'tools', 'bench'];
  checkout = await copyCheckout('package.json', 'tsconfig.json', 'biome.json', 'knip.json', 'vitest.config.ts', ...parts);
});
afterAll(() => checkout.remove());

/** The commands of a chapter of a page, block by block, as they are to be typed. */
function commands(page: string, chapter: string): string[] {
  const text = readFileSync(new URL(`../docs/${page}`, import.meta.url), 'utf8').split(/^## /m);
  const steps = text.find(part => part.startsWith(`${chapter}\n`)) ?? '';
  return [...steps.matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)].map(([, indent = '', block = '']) =>
    block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  );
}

/** What a block prints when a person runs it in the checkout; it must go well. */
function shell(block: string): string {
  const { PATH, HOME, TEST_DATABASE_URL } = process.env;
  const env = { PATH: `${checkout.bin}:${checkout.root}/node_modules/.bin:${PATH}`, HOME, TEST_DATABASE_URL, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync('sh', ['-euc', block], { cwd: checkout.root, env, encoding: 'utf8' });
  expect(status, `${block}\n${stdout}\n${stderr}`).toBe(0);
  return stdout;
}

describe('the steps of docs/adding-a-board-system.md', () => {
  test('make a system that is tried like all others', () => {
    const printed = commands('adding-a-board-system.md', 'Steps').map(shell);
    expect(printed).toHaveLength(4);
    expect(printed[0]).toContain('src/crawlers/adapters/hiretide.ts\n');
    expect(printed[1]).toMatch(/Tests +\d{3} passed/);
    expect(JSON.parse(printed[2] ?? '')).toMatchObject({ system: 'hiretide', marker: 'board' });
    expect(printed[3]).toMatch(/Tests +\d{4} passed/);
  });
});

describe('the steps of docs/rules.md', () => {
  test('make a rule that decides about a posting', () => {
    const printed = commands('rules.md', 'Add one, step by step').map(shell);
    expect(printed).toHaveLength(4);
    expect(printed[1]).toContain('all hold');
    expect(printed[2]).toContain('by review.title.stay-arbiter');
    expect(printed[3]).toMatch(/Tests +\d+ passed/);
  });
});
