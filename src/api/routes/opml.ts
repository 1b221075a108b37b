import type { FastifyInstance } from 'fastify';
import { OPML_TYPE, writeOpml } from '../../feed/opml.ts';
import { entityTag, FEED_CACHE, sendTagged } from '../../http/conditional.ts';
import type { HttpContext } from '../../http/context.ts';

/** `/feeds.opml`: every path and credential as one subscription list. */
export function opmlRoute(app: FastifyInstance, { site }: HttpContext): void {
  app.get('/feeds.opml', async (request, reply) => {
    const body = writeOpml(site());
    const headers = { 'content-disposition': 'inline; filename="ombre.opml"' };
    return sendTagged(request, reply, { tag: entityTag(body), cacheControl: FEED_CACHE }, { body, type: OPML_TYPE, headers });
  });
}
