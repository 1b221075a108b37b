import type { FastifyInstance } from 'fastify';
import { canonicalQuery } from '../../feed/canonical.ts';
import { parseFilter, rawQuery } from '../../feed/filter.ts';
import { entityTag, FEED_FORMATS, FORMATS, renderFeed } from '../../feed/render.ts';
import { FEED_CACHE, notModified, setValidators } from '../conditional.ts';
import type { ApiContext } from '../context.ts';
import { linkHeader } from '../links.ts';
import { queryText } from '../query.ts';

/** `/feed.rss`, `/feed.atom`, `/feed.json`, `/feed.csv`: one page of a filter; another spelling of it is sent to the canonical one. */
export function feedRoutes(app: FastifyInstance, { db, site, revisions }: ApiContext): void {
  for (const format of FEED_FORMATS) {
    const { path } = FORMATS[format];
    app.get(path, async (request, reply) => {
      const given = queryText(request);
      const filter = parseFilter(rawQuery(given));
      const query = canonicalQuery(filter);
      if (!sameQuery(given, query)) {
        return reply
          .code(308)
          .header('location', query === '' ? path : `${path}?${query}`)
          .header('cache-control', FEED_CACHE)
          .send();
      }
      const { revision, changedAt } = await revisions.of(filter);
      const validators = (of: string) => ({ tag: entityTag(format, site(), query, of), changedAt, cacheControl: FEED_CACHE });
      if (notModified(request, reply, validators(revision))) return reply.send();
      const feed = await renderFeed(db, filter, format, site());
      setValidators(reply, validators(feed.revision));
      if (format === 'csv') reply.header('content-disposition', 'inline; filename="ombre.csv"');
      return reply.header('content-type', feed.type).header('link', linkHeader(feed.links)).send(feed.body);
    });
  }
}

/** Compared as readers of the URL would, so that a client's own way of escaping never sends it round in a circle. */
function sameQuery(given: string, canonical: string): boolean {
  return given === canonical || JSON.stringify([...new URLSearchParams(given)]) === JSON.stringify([...new URLSearchParams(canonical)]);
}
