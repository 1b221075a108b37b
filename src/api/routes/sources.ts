import type { FastifyInstance } from 'fastify';
import { loadSystems } from '../../crawlers/systems.ts';
import { robotsOf } from '../../feed/robots-view.ts';
import type { HttpContext } from '../../http/context.ts';
import { publicSources, robotsRows } from '../../store/feed/sources.ts';

/** `GET /api/v1/sources`: what is crawled, what robots.txt says to it, and when a visit last read the whole listing. */
export function sourcesRoute(app: FastifyInstance, { db, answers }: HttpContext): void {
  const read = async () => {
    const [sources, robots, systems] = await Promise.all([publicSources(db), robotsRows(db), loadSystems()]);
    return {
      sources: sources.map(({ target, last_complete_at, ...source }) => ({
        ...source,
        robots: robotsOf(systems.get(source.system), target, robots),
        last_complete_at: last_complete_at?.toISOString() ?? null,
      })),
    };
  };
  app.get('/api/v1/sources', (request, reply) => answers.json(request, reply, { name: 'sources', read }));
}
