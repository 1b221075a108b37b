import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { HttpContext } from '../http/context.ts';
import { addProblems } from '../http/problem.ts';
import { endConnectionsAtStop } from '../http/stop-connections.ts';
import { metricsRoute, type Scraped } from './routes/metrics.ts';
import { healthRoutes } from './routes/probes.ts';

type OperatorOptions = Pick<HttpContext, 'db' | 'health'> & { metrics: Scraped; logger?: FastifyBaseLogger };

/** What only operators ask, on a port of its own: `/metrics`, `/healthz`, `/readyz`. The caller listens and closes. */
export function createOperatorServer({ db, health, metrics, logger }: OperatorOptions): FastifyInstance {
  const app: FastifyInstance = Fastify({
    ...(logger && { loggerInstance: logger }),
    // Only what asks often comes here.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: 'idle',
  });
  endConnectionsAtStop(app);
  addProblems(app);
  metricsRoute(app, metrics);
  healthRoutes(app, { db, health });
  return app;
}
