import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OmbreProcess } from '../cli/ombre-process.ts';
import { type MailServer, mailServer } from '../digest/mail-server.ts';
import { type CollectedSpan, type Collector, collector } from '../support/collector.ts';
import { type Exposition, scrape } from '../support/exposition.ts';
import { type Ground, ground, metricsOf } from '../support/roles.ts';

const read = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

/** What must stand in no log; each is found by this word. */
const MARK = 'zzmarked';
const READER = `${MARK}-reader@mailbox.example`;
const SECRETS = {
  SMTP_PASSWORD: `${MARK}-smtp-password`,
  DIGEST_KEYS: `k1:${MARK}-digest-key-that-is-long-enough-for-it`,
  ADZUNA_APP_KEY: `${MARK}-adzuna-key`,
  OTEL_EXPORTER_OTLP_HEADERS: `x-api-key=${MARK}-collector-key`,
};

let lab: Ground;
let mails: MailServer;
let traces: Collector;
let api: OmbreProcess;
let worker: OmbreProcess;
let site: string;
let operators: { api: string; worker: string };
let scraped: { api: Exposition; worker: Exposition };

beforeAll(async () => {
  const refused = Object.assign(new Error(`4.7.0 ${READER} come back later`), { responseCode: 421 });
  const options = {
    onAuth: (_auth: unknown, _session: unknown, done: (error: null, got: { user: string }) => void) => done(null, { user: 'ombre' }),
  };
  mails = await mailServer({ rcpt: () => refused, options });
  traces = await collector();
  lab = await ground({ query: `?app_key=${MARK}-of-the-board` });
  const { SMTP_PASSWORD, ...secrets } = SECRETS;
  const env = {
    ...secrets,
    LOG_LEVEL: 'debug',
    SMTP_URL: mails.url.replace('://', `://ombre:${SMTP_PASSWORD}@`),
    MAIL_FROM: 'digest@jobs.example',
    POSTAL_ADDRESS: '1 Example Street',
    PUBLIC_URL: 'https://jobs.example',
  };
  api = lab.run('api', env);
  site = await api.address();
  // A mail waits when the worker makes its first pass.
  const wish = await fetch(`${site}/api/v1/subscriptions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: READER, filter: 'credential=OTA' }),
  });
  expect(await wish.json()).toEqual({ status: 'confirmation_asked' });
  worker = lab.run('worker', { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: traces.origin });
  await worker.until(() => worker.said().includes('"msg":"visit"') && worker.said().includes('the mail server takes nothing now'));
  for (const path of [
    `/manage/${MARK}-token`,
    `/not/here/u/${MARK}-token`,
    `/jobs?email=${encodeURIComponent(READER)}`,
    `/jobs?q=${READER}`,
  ]) {
    await fetch(site + path);
  }
  operators = { api: await metricsOf(api), worker: await metricsOf(worker) };
  scraped = { api: await scrape(operators.api), worker: await scrape(operators.worker) };
}, 120_000);
afterAll(async () => {
  await lab.close();
  await mails.close();
  await traces.close();
});

/** The lines of a log. Warnings of Node are no lines of it. */
function linesOf(process: OmbreProcess): { line: string; fields: Record<string, unknown> }[] {
  const lines = process
    .said()
    .split('\n')
    .filter(line => line.startsWith('{'));
  return lines.map(line => ({ line, fields: JSON.parse(line) }));
}

describe('the metrics of a worker', () => {
  test('count its visit and its requests once each, by system, outcome, host and class of the answer', () => {
    const { value } = scraped.worker;
    expect(value('ombre_visits_total')).toBe(1);
    expect(value('ombre_visits_total', { system: 'jsonld', outcome: 'complete' })).toBe(1);
    expect(value('ombre_visit_seconds_count', { outcome: 'complete' })).toBe(1);
    const requests = scraped.worker.samples.filter(({ name }) => name === 'ombre_crawl_requests_total');
    expect(requests.reduce((sum, sample) => sum + sample.value, 0)).toBe(lab.site.requests.length);
    expect(new Set(requests.map(({ labels }) => labels.host))).toEqual(new Set([new URL(lab.site.origin).host]));
    expect(value('ombre_crawl_requests_total', { status: '2xx' })).toBe(3);
    expect(value('ombre_crawl_requests_total', { status: '4xx' })).toBe(1);
    expect(value('ombre_crawl_bytes_total')).toBeGreaterThan(500);
    expect(value('ombre_classify_seconds_count')).toBe(2);
    expect(value('ombre_visit_postings_total', { change: 'new' })).toBe(2);
  });

  test('count its mails by reply, and how late its event loop is', () => {
    const { value } = scraped.worker;
    expect(value('ombre_mails_total', { kind: 'confirm', result: 'stop' })).toBe(1);
    expect(value('ombre_digest_pass_seconds_count', { result: 'done' })).toBeGreaterThanOrEqual(1);
    expect(value('ombre_event_loop_delay_seconds_count')).toBeGreaterThan(0);
  });

  test('tell of the queue, and what is stored', () => {
    const { value } = scraped.worker;
    expect(value('ombre_queue_jobs', { queue: 'visits', state: 'waiting' })).toBe(0);
    expect(value('ombre_up', { part: 'queue' })).toBe(1);
    expect(value('ombre_postings', { state: 'open', relevance: 'nonclinical' })).toBe(2);
    expect(value('ombre_sources', { health: 'ok' })).toBe(1);
    expect(value('ombre_sources_due')).toBe(0);
    expect(value('ombre_newest_complete_visit_seconds')).toBeGreaterThanOrEqual(0);
  });
});

describe('the metrics of an api', () => {
  test('are those of its requests, and no counts of what it does not do', () => {
    const { value, types } = scraped.api;
    expect(value('ombre_http_request_seconds_count', { method: 'POST', route: '/api/v1/subscriptions' })).toBe(1);
    expect([...types.keys()].filter(name => /crawl|visits_total|mails_total/.test(name))).toEqual([]);
  });

  test('tell of the same database as those of the worker, and of the queue', () => {
    const { value } = scraped.api;
    expect(value('ombre_workers')).toBe(1);
    expect(value('ombre_up', { part: 'postgres' })).toBe(1);
    expect(value('ombre_queue_jobs', { queue: 'ticks', state: 'failed' })).toBe(0);
  });

  test('are not on the port of the public when they have one of their own', async () => {
    expect((await fetch(`${site}/metrics`)).status).toBe(404);
    expect((await fetch(`${site}/healthz`)).status).toBe(200);
  });
});

test('a worker answers health checks over HTTP as its sign of life does', async () => {
  expect(await (await fetch(`${operators.worker}/healthz`)).json()).toEqual({ ok: true });
  const ready = await fetch(`${operators.worker}/readyz`);
  const { checks } = (await ready.json()) as { checks: { name: string; ok: boolean }[] };
  expect([ready.status, checks.map(({ name, ok }) => [name, ok])]).toEqual([
    200,
    ['database', 'migrations', 'queue', 'worker'].map(name => [name, true]),
  ]);
});

describe('the log', () => {
  test('names the visit and the source in every line that the visit caused, down to its requests', () => {
    const lines = linesOf(worker).map(({ fields }) => fields);
    const [visit] = lines.filter(({ msg }) => msg === 'visit');
    expect(visit).toMatchObject({ source: 'fern', visit: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    const requests = lines.filter(({ msg }) => msg === 'request');
    expect(requests.length).toBe(lab.site.requests.length);
    for (const line of requests) expect(line).toMatchObject({ source: 'fern', visit: visit!.visit });
  });

  test('names the request in the lines of an api', () => {
    const requests = linesOf(api).filter(({ fields }) => fields.req);
    expect(requests.length).toBeGreaterThan(3);
    for (const { fields } of requests) expect(fields.reqId).toMatch(/^[0-9a-f]{8}-[0-9a-z]+$/);
  });

  test('holds no password, key, secret page or mail address, and stays JSON', () => {
    for (const { line } of [...linesOf(api), ...linesOf(worker)]) expect(line).not.toContain(MARK);
    const said = api.said() + worker.said();
    expect(said).not.toContain(MARK);
    expect(said).not.toContain(new URL(lab.database.url).password);
    // What was taken out had been there.
    expect(said).toContain('sitemap.xml?app_key=***');
    expect(said).toContain('/not/here/u/***');
    expect(said).toContain('/jobs?email=***');
  });
});

describe('ops/', () => {
  const declared = () => new Map([...scraped.api.types, ...scraped.worker.types]);
  const samples = () => [...scraped.api.samples, ...scraped.worker.samples];
  /** Labels that Prometheus adds, and that of its own metric. */
  const ADDED = ['instance', 'job'];

  function labelsOf(metric: string): Set<string> {
    return new Set([...ADDED, ...samples().flatMap(({ name, labels }) => (name === metric ? Object.keys(labels) : []))]);
  }

  /** Every question that alerts and dashboard ask, with where it stands. */
  function questions(): [string, string][] {
    const dashboard = JSON.parse(read('ops/grafana/ombre.json')) as {
      panels: { title: string; targets?: { expr: string; legendFormat: string }[] }[];
    };
    const panels = dashboard.panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ expr, legendFormat }) => [title, `${expr} ${legendFormat}`] as [string, string]),
    );
    const alerts = read('ops/prometheus/alerts.yml')
      .split(/^ {6}- alert: /m)
      .slice(1);
    return [...panels, ...alerts.map(text => [text.split('\n')[0]!, text] as [string, string])];
  }

  test('asks only for metrics that a worker or an api has, by labels that they have', () => {
    const metrics = (text: string) => [...text.matchAll(/\b((?:ombre|process|nodejs)_\w+)(?:\{([^}]*)\})?/g)];
    const asked = questions();
    expect(asked.length).toBeGreaterThan(40);
    for (const [where, text] of asked) {
      const found = metrics(text);
      for (const [, name = '', matchers = ''] of found) {
        const family = [name, name.replace(/_(bucket|sum|count)$/, '')].find(known => declared().has(known));
        expect(family, `${where}: ${name}`).toBeDefined();
        expect(
          samples().some(sample => sample.name === name),
          `${where}: ${name} has no value`,
        ).toBe(true);
        for (const [, label = ''] of matchers.matchAll(/(\w+)\s*(?:=~|!~|!=|=)\s*"/g))
          expect(labelsOf(name), `${where}: ${name}`).toContain(label);
      }
      const grouped = [...text.matchAll(/\bby \(([\w, ]+)\)/g)].flatMap(([, names = '']) => names.split(/,\s*/));
      const shown = [...text.matchAll(/\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}/g)].map(([, label = '']) => label);
      const known = new Set(found.flatMap(([, name = '']) => [...labelsOf(name)]).concat(ADDED));
      for (const label of [...grouped, ...shown]) expect(known, where).toContain(label);
    }
  });

  test('has an alert for every trouble that operators are to hear of', () => {
    const names = [...read('ops/prometheus/alerts.yml').matchAll(/alert: (\w+)/g)].map(([, name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'OmbreFeedStale',
        'OmbreSourcesUnwell',
        'OmbreWorkerSilent',
        'OmbreQueueOld',
        'OmbreMailsLate',
        'OmbreEventLoopLate',
        'OmbreDiskFull',
      ]),
    );
    for (const name of names) expect(read('docs/operating.md'), name).toContain(`| \`${name}\` |`);
  });

  test('is told in the docs, metric by metric and file by file', () => {
    const page = read('docs/operating.md');
    const told = [...page.matchAll(/^\| `(ombre_\w+)`/gm)].map(([, name]) => name);
    expect(told.sort()).toEqual([...declared().keys()].filter(name => name.startsWith('ombre_')).sort());
    const files = readdirSync(new URL('../../ops', import.meta.url), { recursive: true, encoding: 'utf8' }).filter(file =>
      /\.\w+$/.test(file),
    );
    const pages = page + read('docs/many-machines.md');
    for (const file of files) expect(pages).toContain(`ops/${file}`);
  });
});

// Last, as it ends the worker: what waits for the collector is sent then.
describe('the traces', () => {
  let spans: CollectedSpan[];
  beforeAll(async () => {
    expect(await worker.ended('SIGTERM')).toBe(0);
    spans = traces.spans;
  });
  const named = (name: string) => spans.filter(span => span.name === name);

  test('of a visit hold its requests, its batches prepared and stored, and its end', () => {
    const [visit] = named('visit');
    expect(visit).toMatchObject({ attributes: { source: 'fern', system: 'jsonld', outcome: 'complete', new: 2 }, status: {} });
    expect(visit!.parentSpanId).toBeUndefined();
    const parts = spans.filter(({ parentSpanId }) => parentSpanId === visit!.spanId);
    expect([...new Set(parts.map(({ name }) => name))].sort()).toEqual(['finish', 'prepare', 'request', 'save']);
    for (const part of parts) expect(part.traceId).toBe(visit!.traceId);
    const requests = parts.filter(({ name }) => name === 'request');
    expect(requests.map(({ attributes }) => attributes.status).sort()).toEqual([200, 200, 200, 404]);
    for (const { attributes } of requests) expect(attributes.host).toBe(new URL(lab.site.origin).host);
  });

  test('of a pass of the digest hold its mails', () => {
    const [mail] = named('mail');
    const [pass] = named('digest').filter(({ spanId }) => spanId === mail!.parentSpanId);
    expect([mail!.attributes, pass!.traceId]).toEqual([{ kind: 'confirm', result: 'stop' }, mail!.traceId]);
  });

  test('come with the header that the collector asks for, name the process, and hold no secret', () => {
    for (const { headers } of traces.requests) expect(headers['x-api-key']).toBe(`${MARK}-collector-key`);
    expect(spans[0]!.resource).toMatchObject({ 'service.name': 'ombre', 'ombre.role': 'worker' });
    expect(JSON.stringify(spans)).not.toContain(MARK);
  });

  test('are sent only by who is told to: the api is not', () => {
    expect(new Set(spans.map(({ resource }) => resource['ombre.role']))).toEqual(new Set(['worker']));
    expect(named('http')).toEqual([]);
  });
});
