import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CHANNELS, type Operation } from '../telemetry/operations.ts';

/** Has each request told as an operation, from its head to the end of its answer. */
export function observeRequests(app: FastifyInstance): void {
  const { start, asyncEnd } = CHANNELS.http;
  const running = new WeakMap<FastifyRequest, Operation<'http'>>();
  app.addHook('onRequest', (request, _reply, done) => {
    if (!CHANNELS.http.hasSubscribers) return done();
    const operation: Operation<'http'> = { facts: { method: request.method }, began: performance.now() };
    running.set(request, operation);
    start.runStores(operation, () => done());
  });
  app.addHook('onResponse', (request, reply, done) => {
    const operation = running.get(request);
    if (operation) {
      // The route's pattern and not the address: that may be a secret, and would be another one each time.
      Object.assign(operation.facts, { route: request.routeOptions.url ?? 'none', status: reply.statusCode });
      asyncEnd.publish(operation);
    }
    done();
  });
}
