import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserVersion, findBrowser } from '../../../src/crawlers/engine/browser/find.ts';

const UNSET = { CHROMIUM_PATH: null };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ombre-browsers-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A program in a folder of its own; `mode` 0o644 is a file that is none. */
async function program(name: string, mode = 0o755, script = 'echo Chromium 159.0.1.2'): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, mode);
  return file;
}

describe('the browser for rendered pages', () => {
  test('is the program CHROMIUM_PATH names', async () => {
    const system = [await program('usr/bin/chromium')];
    expect(await findBrowser({ CHROMIUM_PATH: process.execPath }, { playwright: '/none', system })).toEqual({
      path: process.execPath,
      from: 'CHROMIUM_PATH',
    });
  });

  test.each(['/no/such/chromium', '/', import.meta.filename])('is refused when CHROMIUM_PATH names no program: %s', async path => {
    await expect(findBrowser({ CHROMIUM_PATH: path })).rejects.toMatchObject({ code: 'E_CONFIG', message: expect.stringContaining(path) });
  });

  test('is the one that Playwright installed, before one of the system', async () => {
    const playwright = await program('first/chromium-1255/chrome-linux64/chrome');
    const system = [await program('usr/bin/chromium')];
    expect(await findBrowser(UNSET, { playwright, system })).toEqual({ path: playwright, from: 'playwright' });
  });

  test('is the first program of the system where Playwright has installed none', async () => {
    const chrome = await program('usr/bin/google-chrome');
    const system = [await program('usr/bin/not-a-program', 0o644), path.join(folder, 'usr/bin/missing'), chrome];
    const playwright = path.join(folder, 'second/chromium-1255/chrome-linux64/chrome');
    expect(await findBrowser(UNSET, { playwright, system })).toEqual({ path: chrome, from: 'installed' });
  });

  test('is the newest that another version of Playwright left behind where there is no other, also in its older folders', async () => {
    const playwright = path.join(folder, 'third/chromium-1255/chrome-linux64/chrome');
    await program('third/chromium-999/chrome-linux/chrome');
    const newest = await program('third/chromium-1187/chrome-linux/chrome');
    await program('third/chromium_headless_shell-1300/chrome-linux64/chrome');
    await program('third/chromium-1290/chrome-linux64/chrome', 0o644);
    expect(await findBrowser(UNSET, { playwright, system: [] })).toEqual({ path: newest, from: 'playwright' });
  });

  test('is none where nothing is installed, and where Playwright has no browser for this machine', async () => {
    const nowhere = path.join(folder, 'fourth/chromium-1255/chrome-linux64/chrome');
    expect(await findBrowser(UNSET, { playwright: nowhere, system: [] })).toBeNull();
    expect(await findBrowser(UNSET, { playwright: '', system: [] })).toBeNull();
  });

  test('tells its version', async () => {
    expect(await browserVersion({ path: await program('fifth/chrome') })).toBe('Chromium 159.0.1.2');
  });

  test('that lacks a library of the system is told by what is missing', async () => {
    const script = 'echo "error while loading shared libraries: libnss3.so" >&2; exit 127';
    const broken = await program('sixth/chrome', 0o755, script);
    await expect(browserVersion({ path: broken })).rejects.toMatchObject({
      code: 'E_BROWSER',
      message: expect.stringMatching(/chrome does not start \(error while loading shared libraries: libnss3\.so\)$/),
    });
  });
});
