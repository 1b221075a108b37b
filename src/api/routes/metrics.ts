import type { FastifyInstance } from 'fastify';

/** What a scrape is answered with. */
export type Scraped = { contentType: string; text(): Promise<string> };

/** `/metrics` for Prometheus. */
export function metricsRoute(app: FastifyInstance, metrics: Scraped): void {
  // Asked several times a minute, which nobody wants to read about.
  app.get('/metrics', { logLevel: 'warn' }, async (_request, reply) =>
    reply
      .header('content-type', metrics.contentType)
      .header('cache-control', 'no-store')
      .send(await metrics.text()),
  );
}
