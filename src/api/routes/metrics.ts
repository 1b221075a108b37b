import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { HttpContext } from '../../http/context.ts';
import { databaseNow } from '../../store/clock.ts';
import { mailTroubles } from '../../store/digest/mail-troubles.ts';
import { outboxNumbers } from '../../store/digest/outbox.ts';
import { openPostings } from '../../store/feed/counts.ts';
import { workersSeen } from '../../store/heartbeats.ts';

/** `/metrics` for Prometheus: the process, the requests by route, the postings that are shown. */
export function metricsRoute(app: FastifyInstance, { db, revisions }: HttpContext): void {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const seconds = new Histogram({
    name: 'ombre_http_request_seconds',
    help: 'Time to answer a request.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [register],
  });
  new Gauge({
    name: 'ombre_postings_shown',
    help: 'Postings that the feed shows.',
    registers: [register],
    async collect() {
      this.set((await revisions.cached('openPostings', () => openPostings(db))).value);
    },
  });
  new Gauge({
    name: 'ombre_workers',
    help: 'Workers that give a sign of life, on all machines.',
    registers: [register],
    async collect() {
      this.set((await workersSeen(db)).alive);
    },
  });
  new Gauge({
    name: 'ombre_digests',
    help: 'Mails: due and served of the last 7 days, late (due for an hour), unplanned (due without a delivery), unknown (nobody knows whether they arrived); refusing: domains that refuse our mails, our own server among them.',
    labelNames: ['state'],
    registers: [register],
    async collect() {
      const { due, served, open, unplanned, deliveries } = await outboxNumbers(db, await databaseNow(db), 60);
      const numbers = { due, served, late: open, unplanned, unknown: deliveries.unknown ?? 0, refusing: (await mailTroubles(db)).length };
      for (const [state, count] of Object.entries(numbers)) this.set({ state }, count);
    },
  });
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern and not the URL: a label per URL would grow without end.
    const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode };
    seconds.observe(labels, reply.elapsedTime / 1000);
  });
  app.get('/metrics', async (_request, reply) => {
    const text = await register.metrics();
    return reply.header('content-type', register.contentType).header('cache-control', 'no-store').send(text);
  });
}
