import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from '../queue/postgres-server.ts';
import { collector } from '../support/collector.ts';
import { scrape } from '../support/exposition.ts';
import { type Ground, ground, metricsOf } from '../support/roles.ts';

let lab: Ground;
beforeAll(async () => {
  lab = await ground();
});
afterAll(() => lab.close());

test('a start is both roles and counts everything once; its requests are traced by their route', async () => {
  const traces = await collector();
  // Set and empty is not set: the metrics are where the site is.
  const start = lab.run('start', { METRICS_PORT: '', OTEL_EXPORTER_OTLP_ENDPOINT: traces.origin });
  const site = await start.address();
  await start.until(() => start.said().includes('"msg":"visit"'));
  const [posting] = await lab.database.db.selectFrom('postings').select('id').limit(1).execute();
  await fetch(`${site}/api/v1/postings/${posting!.id}`);
  const { value, samples } = await scrape(site);
  const requests = samples.filter(({ name }) => name === 'ombre_crawl_requests_total').reduce((sum, sample) => sum + sample.value, 0);
  expect([value('ombre_visits_total'), requests, value('ombre_classify_seconds_count')]).toEqual([1, lab.site.requests.length, 2]);
  expect(value('ombre_http_request_seconds_count', { route: '/api/v1/postings/:id', status: '200' })).toBe(1);
  expect(value('ombre_queue_jobs', { queue: 'visits', state: 'active' })).toBeDefined();
  expect(await start.ended('SIGTERM')).toBe(0);
  const asked = traces.spans.filter(({ name }) => name === 'http').map(({ kind, attributes }) => ({ kind, ...attributes }));
  expect(asked).toContainEqual({ kind: 2, method: 'GET', route: '/api/v1/postings/:id', status: 200 });
  await traces.close();
});

test('a METRICS_PORT that is taken is told by its name, before anything is crawled', async () => {
  const other = createServer();
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const before = lab.site.requests.length;
  const worker = lab.run('worker', { METRICS_PORT: String(port) });
  expect(await worker.ended()).toBe(3);
  expect(worker.said()).toContain(`127.0.0.1:${port}; set METRICS_PORT to another one, or to 0 for any free one`);
  expect(lab.site.requests).toHaveLength(before);
  await new Promise(resolve => other.close(resolve));
});

test('while Postgres is away a scrape still answers with what the process knows, and all of it is back with Postgres', async () => {
  const postgres = await startPostgres();
  const worker = lab.run('worker', { DATABASE_URL: postgres.url });
  const at = await metricsOf(worker);
  const up = async () => (await scrape(at)).value('ombre_up', { part: 'postgres' });
  await worker.until(async () => (await up()) === 1 && worker.said().includes('"msg":"visit"'));
  await postgres.restart(async () => {
    await worker.until(async () => (await up()) === 0);
    const { value, samples } = await scrape(at);
    expect(value('ombre_visits_total', { outcome: 'complete' })).toBe(1);
    expect(samples.filter(({ name }) => /^ombre_(postings|sources|workers|digests)/.test(name))).toEqual([]);
    expect((await fetch(`${at}/healthz`)).status).toBe(200);
    expect((await fetch(`${at}/readyz`)).status).toBe(503);
  });
  await worker.until(async () => (await up()) === 1);
  expect((await scrape(at)).value('ombre_postings', { state: 'open' })).toBe(2);
  await worker.ended('SIGTERM');
  await postgres.stop();
}, 180_000);
