import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { OPML_TYPE, writeOpml } from '../../feed/opml.ts';
import { FEED_CACHE, notModified, setValidators } from '../../http/conditional.ts';
import type { ApiContext } from '../../http/context.ts';

/** `/feeds.opml`: every path and credential as one subscription list. */
export function opmlRoute(app: FastifyInstance, { site }: ApiContext): void {
  app.get('/feeds.opml', async (request, reply) => {
    const text = writeOpml(site());
    const validators = {
      tag: createHash('sha256').update(text).digest('base64url').slice(0, 27),
      changedAt: null,
      cacheControl: FEED_CACHE,
    };
    if (notModified(request, reply, validators)) return reply.send();
    setValidators(reply, validators);
    return reply.header('content-type', OPML_TYPE).header('content-disposition', 'inline; filename="ombre.opml"').send(text);
  });
}
