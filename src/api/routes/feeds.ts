import type { FastifyInstance } from 'fastify';
import { FEED_FORMATS, FORMATS, renderFeed } from '../../feed/render.ts';
import { FEED_CACHE } from '../../http/conditional.ts';
import type { HttpContext } from '../../http/context.ts';
import { askedOf, queryText } from '../../http/request-query.ts';
import { linkHeader, tellAddress } from '../links.ts';

/** Where others have their feeds, and people look for ours. */
const ALSO = {
  rss: ['/feed', '/feed.xml', '/rss', '/rss.xml'],
  atom: ['/atom', '/atom.xml'],
} as const;

/**
 * `/feed.rss`, `/feed.atom`, `/feed.json`, `/feed.csv`: one page of a filter. Another spelling of it is answered at once and named: many
 * readers follow no redirect, or only some.
 */
export function feedRoutes(app: FastifyInstance, { db, site, answers }: HttpContext): void {
  for (const format of FEED_FORMATS) {
    const { path } = FORMATS[format];
    app.get(path, async (request, reply) => {
      const { filter, query } = askedOf(request);
      tellAddress(reply, site(), path, query);
      const render = async () => {
        const { links, ...feed } = await renderFeed(db, filter, format, site());
        const disposition: Record<string, string> = format === 'csv' ? { 'content-disposition': 'inline; filename="ombre.csv"' } : {};
        return { ...feed, headers: { link: linkHeader({ canonical: links.self, ...links }), ...disposition } };
      };
      const page = { surface: format, filter, query, total: false, recent: true, cacheControl: FEED_CACHE, render };
      return await answers.postings(request, reply, page);
    });
  }
  for (const [format, names] of Object.entries(ALSO)) {
    const { path } = FORMATS[format as keyof typeof ALSO];
    for (const name of names) {
      app.get(name, async (request, reply) => {
        const query = queryText(request);
        return reply.header('cache-control', FEED_CACHE).redirect(query === '' ? path : `${path}?${query}`, 301);
      });
    }
  }
}
