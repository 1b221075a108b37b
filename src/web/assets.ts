import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { entityTag, sendTagged } from '../http/conditional.ts';

const FILES = {
  'style.css': 'text/css; charset=utf-8',
  'site.js': 'text/javascript; charset=utf-8',
  'favicon.svg': 'image/svg+xml',
  'card.png': 'image/png',
} as const;
type Name = keyof typeof FILES;
type Asset = { body: Buffer; type: string; tag: string };

const YEAR = 'public, max-age=31536000, immutable';
const HOUR = 'public, max-age=3600';

const assets = Object.fromEntries(
  Object.entries(FILES).map(([name, type]): [string, Asset] => {
    const body = readFileSync(new URL(`./assets/${name}`, import.meta.url));
    return [name, { body, type, tag: entityTag(body).slice(0, 12) }];
  }),
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
      const cacheControl = request.query.v === asset.tag ? YEAR : HOUR;
      return sendTagged(request, reply, { tag: asset.tag, cacheControl }, asset);
    });
  }
}
