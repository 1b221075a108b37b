import type { FastifyInstance } from 'fastify';
import type { HttpContext } from '../../http/context.ts';
import { taxonomyView } from '../taxonomy-view.ts';

/** `GET /api/v1/taxonomy`: every code with the words people read for it. */
export function taxonomyRoute(app: FastifyInstance, { answers }: HttpContext): void {
  app.get('/api/v1/taxonomy', (request, reply) => answers.json(request, reply, { name: 'taxonomy', read: async () => taxonomyView() }));
}
