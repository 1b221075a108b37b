import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { platform } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Config } from '../../../config.ts';
import { messageOf, mistake, OmbreError } from '../../../errors.ts';

export type Browser = { path: string; from: 'CHROMIUM_PATH' | 'playwright' | 'installed' };

/** The command that gets the browser which the installed Playwright was made for. */
export const GET_BROWSER = 'npx playwright-core install chromium';

/** Where a browser may lie: where Playwright says that its own is, and the programs of the system. */
export type BrowserPlaces = { playwright: string; system: readonly string[] };

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
/** Where distributions, snap and the makers' own installers put the two. */
const SYSTEM: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'].flatMap(folder => NAMES.map(name => `${folder}/${name}`)),
  darwin: ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
};

/** The folder of one browser among Playwright's, and how older ones of them are laid out. */
const REVISION = /^chromium-(\d+)$/;
const OLDER_LAYOUTS = ['chrome-linux/chrome', 'chrome-mac/Chromium.app/Contents/MacOS/Chromium'];

/**
 * The browser for rendered pages: CHROMIUM_PATH, else the one Playwright installed for this version of it, as somebody wanted it here; else a
 * Chromium or Chrome of the system, else one that another version of Playwright installed, the newest first.
 * Null when there is none. Throws E_CONFIG when CHROMIUM_PATH names no program.
 */
export async function findBrowser(config: Pick<Config, 'CHROMIUM_PATH'>, places?: BrowserPlaces): Promise<Browser | null> {
  const { CHROMIUM_PATH } = config;
  if (CHROMIUM_PATH !== null) {
    if (await isProgram(CHROMIUM_PATH)) return { path: CHROMIUM_PATH, from: 'CHROMIUM_PATH' };
    throw mistake('E_CONFIG', 'CHROMIUM_PATH', CHROMIUM_PATH, 'the path of a Chromium or Chrome program');
  }
  const { playwright, system } = places ?? (await usualPlaces());
  const candidates: Browser[] = [
    { path: playwright, from: 'playwright' },
    ...system.map(program => ({ path: program, from: 'installed' as const })),
    ...(await otherRevisions(playwright)).map(program => ({ path: program, from: 'playwright' as const })),
  ];
  for (const candidate of candidates) if (await isProgram(candidate.path)) return candidate;
  return null;
}

/** What the browser calls itself: `Chromium 156.0.7620.15`. Throws E_BROWSER when it does not start, as where a library is missing. */
export async function browserVersion({ path: program }: Pick<Browser, 'path'>): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, ['--version'], { timeout: 20_000 });
    return stdout.trim().split('\n').at(-1)?.trim() || 'a version it does not tell';
  } catch (cause) {
    // Of the lines of a loader only the last says what is missing.
    const line = messageOf(cause).trim().split('\n').at(-1);
    throw new OmbreError('E_BROWSER', `${program} does not start (${line})`, { cause });
  }
}

async function usualPlaces(): Promise<BrowserPlaces> {
  const { chromium } = await import('playwright-core');
  return { playwright: chromium.executablePath(), system: SYSTEM[platform()] ?? [] };
}

/** The programs that other versions of Playwright would have put beside `expected` (`ROOT/chromium-1255/chrome-linux64/chrome`). */
async function otherRevisions(expected: string): Promise<string[]> {
  const parts = expected.split(path.sep);
  const at = parts.findIndex(part => REVISION.test(part));
  if (at < 0) return [];
  const root = parts.slice(0, at).join(path.sep);
  const layouts = [parts.slice(at + 1).join(path.sep), ...OLDER_LAYOUTS];
  const revision = (folder: string) => Number(REVISION.exec(folder)?.[1]);
  const folders = (await readdir(root).catch(() => [])).filter(folder => REVISION.test(folder));
  return folders
    .sort((a, b) => revision(b) - revision(a))
    .flatMap(folder => layouts.map(layout => path.join(root, folder, ...layout.split('/'))));
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    // Not there, or not ours to run: either way not what is looked for.
    return false;
  }
}
