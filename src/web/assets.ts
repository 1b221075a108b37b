import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { FastifyInstance } from 'fastify';
import { entityTag, sendTagged } from '../http/conditional.ts';

type Asset = { body: Buffer; type: string; tag: string };

const YEAR = 'public, max-age=31536000, immutable';
const HOUR = 'public, max-age=3600';

const beside = (name: string) => readFileSync(new URL(`./assets/${name}`, import.meta.url));
/** One file for browsers, made of one for each part of the site; what comes later wins. */
const STYLES = ['tokens', 'base', 'list', 'posting', 'pages', 'guides', 'subscribe'];
const require = createRequire(import.meta.url);

const FILES = {
  'style.css': ['text/css; charset=utf-8', Buffer.concat(STYLES.map(name => beside(`style/${name}.css`)))],
  'site.js': ['text/javascript; charset=utf-8', beside('site.js')],
  'favicon.svg': ['image/svg+xml', beside('favicon.svg')],
  'card.png': ['image/png', beside('card.png')],
  // Source Serif 4, under the SIL Open Font License.
  'source-serif-4-latin-400-normal.woff2': [
    'font/woff2',
    readFileSync(require.resolve('@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff2')),
  ],
  'source-serif-4-latin-600-normal.woff2': [
    'font/woff2',
    readFileSync(require.resolve('@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff2')),
  ],
} as const;
type Name = keyof typeof FILES;

const assets = Object.fromEntries(
  Object.entries(FILES).map(([name, [type, body]]): [string, Asset] => [name, { body, type, tag: entityTag(body).slice(0, 12) }]),
) as Record<Name, Asset>;

/** The address of a file beside the pages with its version, so that browsers keep it for a year. */
export function assetUrl(name: Name): string {
  return `/${name}?v=${assets[name].tag}`;
}

export function assetRoutes(app: FastifyInstance): void {
  // Browsers ask for it where a page names no icon.
  app.get('/favicon.ico', async (_request, reply) => reply.header('cache-control', HOUR).redirect('/favicon.svg', 302));
  for (const [name, asset] of Object.entries(assets)) {
    app.get<{ Querystring: { v?: string } }>(`/${name}`, async (request, reply) => {
      // Fonts are asked for by the stylesheet, which names no version: their content never changes under one name.
      const cacheControl = request.query.v === asset.tag || asset.type === 'font/woff2' ? YEAR : HOUR;
      return sendTagged(request, reply, { tag: asset.tag, cacheControl }, asset);
    });
  }
}
