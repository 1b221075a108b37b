import { afterEach, describe, expect, test } from 'vitest';
import { during } from '../../src/telemetry/operations.ts';
import { type OtlpOptions, otlpExporter } from '../../src/telemetry/otlp.ts';
import { type Span, traceOperations } from '../../src/telemetry/spans.ts';
import { type Collector, collector } from '../support/collector.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function collecting(answer?: number | 'silent'): Promise<Collector> {
  const made = await collector(answer === undefined ? {} : { answer });
  open.push(made);
  return made;
}

const SPAN: Span = {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  parentSpanId: null,
  name: 'request',
  kind: 'client',
  startMs: 1_795_000_000_000.25,
  endMs: 1_795_000_001_000.75,
  attributes: { host: 'jobs.example', status: 200, share: 0.5 },
  failed: null,
};
const exporterTo = (endpoint: string, options: Partial<OtlpOptions> = {}) =>
  otlpExporter({ endpoint, resource: { 'service.name': 'ombre' }, everyMs: 60_000, ...options });

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

describe('spans', () => {
  test('reach the collector as OTLP has them: ids in hexadecimal, nanoseconds as text, attributes by type', async () => {
    const { origin, spans, requests } = await collecting();
    const exporter = exporterTo(`${origin}/`, { headers: { 'x-api-key': 'k' } });
    exporter.take(SPAN);
    exporter.take({ ...SPAN, spanId: 'c'.repeat(16), parentSpanId: SPAN.spanId, failed: 'E_NETWORK' });
    await exporter.close();
    expect(requests).toMatchObject([{ url: '/v1/traces', headers: { 'x-api-key': 'k', 'content-type': 'application/json' } }]);
    expect(spans).toEqual([
      {
        traceId: SPAN.traceId,
        spanId: SPAN.spanId,
        name: 'request',
        kind: 3,
        startTimeUnixNano: '1795000000000250000',
        endTimeUnixNano: '1795000001000750000',
        attributes: SPAN.attributes,
        status: {},
        resource: { 'service.name': 'ombre' },
      },
      expect.objectContaining({ parentSpanId: SPAN.spanId, status: { code: 2, message: 'E_NETWORK' } }),
    ]);
  });

  test('are sent by themselves after a while', async () => {
    const { origin, spans } = await collecting();
    const { promise: done, resolve } = Promise.withResolvers<void>();
    const exporter = exporterTo(origin, { everyMs: 10, onDone: () => resolve() });
    exporter.take(SPAN);
    await done;
    expect(spans).toHaveLength(1);
    await exporter.close();
  });
});

describe('a collector', () => {
  test.each([
    ['is away', async () => 'http://127.0.0.1:1'],
    ['answers with an error', async () => (await collecting(503)).origin],
    ['does not answer', async () => (await collecting('silent')).origin],
  ])('that %s loses a batch, which is told, and nobody waits for it', async (_, at) => {
    const told: { sent: number; lost: number; error: unknown }[] = [];
    const exporter = exporterTo(await at(), { timeoutMs: 200, onDone: done => told.push(done) });
    expect(exporter.take(SPAN)).toBeUndefined();
    await exporter.close();
    expect(told).toEqual([{ sent: 0, lost: 1, error: expect.any(Error) }]);
  });

  test('that is slow lets spans wait up to a bound; what comes then is lost and counted', async () => {
    const { origin, spans } = await collecting();
    const lost: number[] = [];
    const exporter = exporterTo(origin, { most: 1_000, onDone: done => lost.push(done.lost) });
    for (let n = 0; n < 5_000; n++) exporter.take(SPAN);
    await exporter.close();
    expect([spans.length, sum(lost)]).toEqual([1_000, 4_000]);
  });

  test('that never answers does not hold up the end of the process, whatever waits', async () => {
    const { origin, requests } = await collecting('silent');
    const lost: number[] = [];
    const exporter = exporterTo(origin, { timeoutMs: 600_000, onDone: done => lost.push(done.lost) });
    for (let n = 0; n < 2_000; n++) exporter.take(SPAN);
    await exporter.close();
    expect([requests.length, sum(lost)]).toEqual([1, 512]);
  });
});

describe('the spans of operations', () => {
  test('are parts of the operation that they are done in, also where several run at a time', async () => {
    const spans: Span[] = [];
    const stop = traceOperations(span => spans.push(span));
    open.push({ close: async () => stop() });
    const request = (host: string) => during('request', { source: 's', method: 'GET', host, site: host }, async () => undefined);
    const visit = (source: string) =>
      during('visit', { visit: source, source, system: 'jsonld' }, async facts => {
        await Promise.all([request(source), during('save', { postings: 1 }, () => request(`${source}-below`))]);
        facts.outcome = 'complete';
      });
    await Promise.all([visit('a'), visit('b')]);
    for (const source of ['a', 'b']) {
      const [root] = spans.filter(({ name, attributes }) => name === 'visit' && attributes.source === source);
      expect(root).toMatchObject({ parentSpanId: null, attributes: { outcome: 'complete' }, failed: null });
      const own = spans.filter(({ traceId }) => traceId === root!.traceId);
      const parent = (host: string) => own.find(({ attributes }) => attributes.host === host)!.parentSpanId;
      expect(own).toHaveLength(4);
      expect(parent(source)).toBe(root!.spanId);
      expect(parent(`${source}-below`)).toBe(own.find(({ name }) => name === 'save')!.spanId);
    }
  });

  test('tell a failure by its code, and never by its words', async () => {
    const spans: Span[] = [];
    const stop = traceOperations(span => spans.push(span));
    open.push({ close: async () => stop() });
    await expect(
      during('save', { postings: 1 }, async () => {
        throw Object.assign(new Error('ann@example.org'), { code: 'E_DB_DOWN' });
      }),
    ).rejects.toThrow();
    await during('request', { source: 's', method: 'GET', host: 'h', site: 'h' }, async facts =>
      Object.assign(facts, { code: 'E_TIMEOUT' }),
    );
    expect(spans.map(({ failed }) => failed)).toEqual(['E_DB_DOWN', 'E_TIMEOUT']);
    expect(JSON.stringify(spans)).not.toContain('ann@');
  });

  test('are not made when nobody traces any more', async () => {
    const spans: Span[] = [];
    traceOperations(span => spans.push(span))();
    await during('save', { postings: 1 }, async () => undefined);
    expect(spans).toEqual([]);
  });
});
