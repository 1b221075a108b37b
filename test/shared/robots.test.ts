import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import robotsParserModule from 'robots-parser';
import { describe, expect, it } from 'vitest';
import { readRobots } from '../../src/crawlers/engine/robots-rules.ts';
import { PRODUCT_TOKEN } from '../../src/crawlers/engine/user-agent.ts';
import { shared } from './shared.ts';

const folder = shared('boards/robots');
// The package is CommonJS and its types name a default export it does not have at run time: the module itself is the function.
const robotsParser = robotsParserModule as unknown as typeof robotsParserModule.default;
const ORIGIN = 'https://board.example';

describe.skipIf(!folder)('real robots.txt files', () => {
  const files = folder ? readdirSync(folder).map(name => ({ name, body: readFileSync(`${folder}/${name}`, 'utf8') })) : [];

  it.each(files)('of $name say the same as to the parser used before, but for what is meant', ({ body }) => {
    const before = robotsParser(`${ORIGIN}/robots.txt`, body);
    const now = { [PRODUCT_TOKEN]: readRobots(body, PRODUCT_TOKEN), Googlebot: readRobots(body, 'Googlebot') };
    const written = [...body.matchAll(/^\s*(?:dis)?allow\s*:\s*(\S+)/gim)].map(([, path = '']) => path.replace(/\$$/, ''));
    const piece = fc.constantFrom(...written, 'jobs', '/', '/jobs/', '?page=2', '&x=1', 'a', '-', '%20', '.html', '/search', '/job/1');
    const path = fc.array(piece, { maxLength: 3 }).map(pieces => `/${pieces.join('').replaceAll('*', 'z').replace(/^\/+/, '')}`);
    fc.assert(
      fc.property(fc.oneof(path, fc.webPath()), fc.constantFrom(PRODUCT_TOKEN, 'Googlebot'), (address, token) => {
        const url = new URL(`${ORIGIN}${address}`);
        // The parser used before knew only one spelling of an octet (not that /%61 is /a), and let robots.txt itself be forbidden.
        if (url.pathname === '/robots.txt' || url.href.includes('%')) return;
        expect(`${url.href} ${now[token]?.judge(url).allowed}`).toBe(`${url.href} ${before.isAllowed(url.href, token)}`);
      }),
      { numRuns: 3000 },
    );
  });
});
