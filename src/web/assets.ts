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

/** The files beside the pages. `url` names one with its version, so that browsers keep it for a year. */
export type Assets = { files: Record<Name, Asset>; url(name: Name): string };

const YEAR = 'public, max-age=31536000, immutable';
const HOUR = 'public, max-age=3600';

export function loadAssets(): Assets {
  const load = (name: Name): Asset => {
    const body = readFileSync(new URL(`./assets/${name}`, import.meta.url));
    return { body, type: FILES[name], tag: entityTag(body).slice(0, 12) };
  };
  const files = Object.fromEntries((Object.keys(FILES) as Name[]).map(name => [name, load(name)])) as Assets['files'];
  return { files, url: name => `/${name}?v=${files[name].tag}` };
}

export function assetRoutes(app: FastifyInstance, { assets }: { assets: Assets }): void {
  // Browsers ask for it where a page names no icon.
  app.get('/favicon.ico', async (_request, reply) => reply.header('cache-control', HOUR).redirect('/favicon.svg', 302));
  for (const [name, asset] of Object.entries(assets.files)) {
    app.get<{ Querystring: { v?: string } }>(`/${name}`, async (request, reply) => {
      const cacheControl = request.query.v === asset.tag ? YEAR : HOUR;
      return sendTagged(request, reply, { tag: asset.tag, cacheControl }, asset);
    });
  }
}
