import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkBrowser } from '../../src/app/doctor/browser.ts';
import { readConfig } from '../../src/config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ombre-doctor-browser-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function program(name: string, script: string): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

/** A registry of one enabled source. */
async function registry(name: string, row: string): Promise<string> {
  const dir = await mkdtemp(path.join(folder, `${name}-`));
  await writeFile(path.join(dir, 'some.yaml'), row);
  return dir;
}

const RENDERED = `- slug: acme
  name: Acme Health
  system: html
  target: { list: 'https://acme.example/jobs', item: .job, title: a, rendered: true }
`;

const config = (env: Record<string, string> = {}) => readConfig({ SOURCES_DIR: path.join(folder, 'none'), ...env });
const NONE = { playwright: '/none', system: [] };

describe('doctor on the browser', () => {
  test('says which one is used, its version and where it is from', async () => {
    const chrome = await program('chrome', 'echo Google Chrome for Testing 159.0.8154.6');
    expect(await checkBrowser(config(), { ...NONE, playwright: chrome })).toEqual({
      name: 'browser',
      ok: true,
      message: `Google Chrome for Testing 159.0.8154.6, ${chrome} (installed by Playwright)`,
      remedy: null,
    });
    expect((await checkBrowser(config(), { ...NONE, system: [chrome] })).message).toMatch(/\(of this system\)$/);
    expect((await checkBrowser(config({ CHROMIUM_PATH: chrome }), NONE)).message).toMatch(/\(set by CHROMIUM_PATH\)$/);
  });

  test('says the one command that gets one where there is none, and it is no fault while no source needs it', async () => {
    const check = await checkBrowser(config(), NONE);
    expect(check).toMatchObject({ ok: true, remedy: null });
    expect(check.message).toContain('`npx playwright-core install chromium`');
  });

  test('names the sources that need one, and the command', async () => {
    const SOURCES_DIR = await registry('rendered', RENDERED);
    const check = await checkBrowser(config({ SOURCES_DIR }), NONE);
    expect(check).toMatchObject({ ok: false, remedy: expect.stringContaining('`npx playwright-core install chromium`') });
    expect(check.message).toContain('1 enabled source');
    expect(check.message).toContain('acme');
  });

  test('says what is missing of one that does not start, and how to get that', async () => {
    const broken = await program('broken', 'echo "libnss3.so: cannot open shared object file" >&2; exit 127');
    const check = await checkBrowser(config(), { ...NONE, system: [broken] });
    expect(check).toMatchObject({ ok: false, remedy: expect.stringContaining('`npx playwright-core install-deps chromium`') });
    expect(check.message).toContain('libnss3.so');
  });
});
