import type { FastifyInstance } from 'fastify';
import { FEED_FORMATS, FORMATS, renderFeed } from '../../feed/render.ts';
import { FEED_CACHE } from '../conditional.ts';
import type { ApiContext } from '../context.ts';
import { linkHeader } from '../links.ts';
import { askedOf, queryText } from '../query.ts';

/** `/feed.rss`, `/feed.atom`, `/feed.json`, `/feed.csv`: one page of a filter; another spelling of it is sent to the canonical one. */
export function feedRoutes(app: FastifyInstance, { db, site, pages }: ApiContext): void {
  for (const format of FEED_FORMATS) {
    const { path } = FORMATS[format];
    app.get(path, async (request, reply) => {
      const given = queryText(request);
      const { filter, query } = askedOf(request);
      if (!sameQuery(given, query)) {
        return reply
          .code(308)
          .header('location', query === '' ? path : `${path}?${query}`)
          .header('cache-control', FEED_CACHE)
          .send();
      }
      const render = async () => {
        const { links, ...feed } = await renderFeed(db, filter, format, site());
        const disposition: Record<string, string> = format === 'csv' ? { 'content-disposition': 'inline; filename="ombre.csv"' } : {};
        return { ...feed, headers: { link: linkHeader(links), ...disposition } };
      };
      return await pages.answer(request, reply, { surface: format, filter, query, total: false, cacheControl: FEED_CACHE, render });
    });
  }
}

/** Compared as readers of the URL would, so that a client's own way of escaping never sends it round in a circle. */
function sameQuery(given: string, canonical: string): boolean {
  return given === canonical || JSON.stringify([...new URLSearchParams(given)]) === JSON.stringify([...new URLSearchParams(canonical)]);
}
