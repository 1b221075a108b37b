import { execFileSync } from 'node:child_process';
import { readConfig } from '../../../src/config.ts';
import { findBrowser } from '../../../src/crawlers/engine/browser/find.ts';
import type { Handler } from './support.ts';

/** The browser of this machine. Without one the tests that need it are skipped, and one line says so. */
export const browser = await findBrowser(readConfig());
if (!browser) console.log('No Chromium or Chrome was found (install one or set CHROMIUM_PATH): tests of rendered pages are skipped.');

/** A site of HTML and scripts by path: `.js` is a script, `.json` data, everything else a page; a function answers itself. Anything else is 404. */
export function pages(files: Record<string, string | Handler>): Handler {
  return (request, response) => {
    const path = request.path.replace(/\?.*$/, '');
    const file = files[path];
    if (typeof file === 'function') return file(request, response);
    const type = path.endsWith('.js') ? 'text/javascript' : path.endsWith('.json') ? 'application/json' : 'text/html';
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': type }).end(file ?? 'no such page');
  };
}

export const html = (script: string, body = '') =>
  `<!doctype html><html><head><title>Careers</title></head><body><main></main>${body}<script>${script}</script></body></html>`;

/** Process ids of the Chromium processes started by this one. */
export function chromiumChildren(): number[] {
  return execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap(line => {
      const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return Number(parent) === process.pid && /chrom/i.test(args ?? '') && !/defunct/.test(args ?? '') ? [Number(pid)] : [];
    });
}
