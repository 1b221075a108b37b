import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import type { Config } from '../../../config.ts';
import { mistake } from '../../../errors.ts';

export type Browser = { path: string; from: 'CHROMIUM_PATH' | 'installed' | 'playwright' };

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
/** Where distributions, snap and the makers' own installers put the two. */
const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'].flatMap(folder => NAMES.map(name => `${folder}/${name}`)),
  darwin: ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
};

/**
 * The browser for rendered pages: CHROMIUM_PATH, else an installed Chromium or Chrome, else one that Playwright downloaded.
 * Null when there is none. Throws E_CONFIG when CHROMIUM_PATH names no program.
 */
export async function findBrowser(config: Pick<Config, 'CHROMIUM_PATH'>): Promise<Browser | null> {
  const { CHROMIUM_PATH } = config;
  if (CHROMIUM_PATH !== null) {
    if (await isProgram(CHROMIUM_PATH)) return { path: CHROMIUM_PATH, from: 'CHROMIUM_PATH' };
    throw mistake('E_CONFIG', 'CHROMIUM_PATH', CHROMIUM_PATH, 'the path of a Chromium or Chrome program');
  }
  for (const path of PLACES[platform()] ?? []) if (await isProgram(path)) return { path, from: 'installed' };
  const { chromium } = await import('playwright-core');
  const path = chromium.executablePath();
  return path && (await isProgram(path)) ? { path, from: 'playwright' } : null;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // Not there, or not ours to run: either way not what is looked for.
    return false;
  }
}
