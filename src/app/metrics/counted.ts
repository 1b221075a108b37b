import { Counter, Histogram, type Registry } from 'prom-client';
import { onEnded } from '../../telemetry/operations.ts';
import { boundedLabel } from './bounded-label.ts';
import type { Role } from './process.ts';

/** Hosts that the crawler's requests are told of one by one. Sub-domains of a platform are one host, so 500 boards are about 150 of them. */
const MOST_HOSTS = 200;

/** What is counted as it happens. A process that runs both roles counts each operation once, as it is told once. Returns what ends it. */
export function countedMetrics(register: Registry, role: Role): () => void {
  const stops = [
    ...(role === 'worker' ? [] : [countHttp(register)]),
    ...(role === 'api' ? [] : [countCrawl(register), countMails(register)]),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function countHttp(register: Registry): () => void {
  const seconds = new Histogram({
    name: 'ombre_http_request_seconds',
    help: 'Time to answer a request.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [register],
  });
  return onEnded({
    // The route's pattern and not the URL: a label per URL would grow without end.
    http: ({ method, route = 'none', status = 0 }, ended) => seconds.observe({ method, route, status }, ended.seconds),
  });
}

function countCrawl(register: Registry): () => void {
  const registers = [register];
  const visits = new Counter({
    name: 'ombre_visits_total',
    help: 'Visits that ended, by system of the board and outcome; broken_off: stopped or cut off by an outage, and made again.',
    labelNames: ['system', 'outcome'],
    registers,
  });
  const visitSeconds = new Histogram({
    name: 'ombre_visit_seconds',
    help: 'Time of a visit from its first request to the closing of what is gone, pauses between requests included.',
    labelNames: ['outcome'],
    buckets: [1, 5, 15, 60, 300, 900, 3600, 10_800],
    registers,
  });
  const postings = new Counter({
    name: 'ombre_visit_postings_total',
    help: 'Postings that visits found new or changed, and closed.',
    labelNames: ['change'],
    registers,
  });
  const classify = new Histogram({
    name: 'ombre_classify_seconds',
    help: 'Time to classify one posting.',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.1, 0.5],
    registers,
  });
  const stopRequests = countRequests(register);
  const stop = onEnded({
    visit: ({ system, outcome = 'broken_off', ...counts }, { seconds }) => {
      visits.inc({ system, outcome });
      visitSeconds.observe({ outcome }, seconds);
      for (const change of ['new', 'changed', 'closed'] as const) postings.inc({ change }, counts[change] ?? 0);
    },
    classify: (_, { seconds }) => classify.observe(seconds),
  });
  return () => {
    stop();
    stopRequests();
  };
}

function countRequests(register: Registry): () => void {
  const registers = [register];
  const requests = new Counter({
    name: 'ombre_crawl_requests_total',
    help: `Requests of the crawler by host and class of the answer (2xx to 5xx, or error without one); hosts after the first ${MOST_HOSTS} are other.`,
    labelNames: ['host', 'status'],
    registers,
  });
  const bytes = new Counter({
    name: 'ombre_crawl_bytes_total',
    help: 'Bytes of those answers, after decompression, by host.',
    labelNames: ['host'],
    registers,
  });
  const seconds = new Histogram({
    name: 'ombre_crawl_request_seconds',
    help: 'Time of such a request from its turn on.',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
    registers,
  });
  const hostOf = boundedLabel(MOST_HOSTS);
  return onEnded({
    request: (facts, ended) => {
      const host = hostOf(facts.site);
      requests.inc({ host, status: facts.status === undefined ? 'error' : `${Math.floor(facts.status / 100)}xx` });
      bytes.inc({ host }, facts.bytes ?? 0);
      seconds.observe(ended.seconds);
    },
  });
}

function countMails(register: Registry): () => void {
  const registers = [register];
  const mails = new Counter({
    name: 'ombre_mails_total',
    help: 'Mails handed over, by what the reply means (accepted, written to the outbox, later, no_mailbox, refused and so on; unmade: a fault of ours).',
    labelNames: ['kind', 'result'],
    registers,
  });
  const passes = new Histogram({
    name: 'ombre_digest_pass_seconds',
    help: 'Time of one pass of the digest.',
    labelNames: ['result'],
    buckets: [0.05, 0.25, 1, 5, 30, 120, 600],
    registers,
  });
  return onEnded({
    mail: ({ kind, result }) => mails.inc({ kind, result: result ?? 'broken_off' }),
    digest: (_, { seconds, error }) => passes.observe({ result: error === undefined ? 'done' : 'broken_off' }, seconds),
  });
}
