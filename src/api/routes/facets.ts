import type { FastifyInstance } from 'fastify';
import { canonicalQuery } from '../../feed/canonical.ts';
import { minuteOf } from '../../http/clocks.ts';
import type { HttpContext } from '../../http/context.ts';
import { askedOf } from '../../http/request-query.ts';
import { PATHS, type Path } from '../../posting/taxonomy.ts';
import { feedTotal } from '../../store/feed/counts.ts';
import { feedFacets } from '../../store/feed/facets.ts';
import { tellAddress } from '../links.ts';

/** `GET /api/v1/facets`: what the postings of a filter can be narrowed by, each facet counted without its own condition. */
export function facetsRoute(app: FastifyInstance, { db, site, answers }: HttpContext): void {
  app.get('/api/v1/facets', async (request, reply) => {
    const filter = { ...askedOf(request).filter, cursor: null };
    const query = canonicalQuery(filter);
    tellAddress(reply, site(), '/api/v1/facets', query);
    const read = async () => {
      const [{ facets, capped }, total] = await Promise.all([feedFacets(db, filter), feedTotal(db, filter)]);
      const path = facets.path.map(row => ({ ...row, label: PATHS[row.value as Path]?.name ?? row.value }));
      return { facets: { ...facets, path }, capped, total };
    };
    return await answers.json(request, reply, { name: `facets ${query}`, read, clock: minuteOf(filter) });
  });
}
