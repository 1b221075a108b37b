import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { AutoscaledPool, Configuration, Log, LogLevel } from '@crawlee/core';
import { visitor } from '../src/app/visitor.ts';
import { table } from '../src/cli/_output.ts';
import { readConfig } from '../src/config.ts';
import { createEngine } from '../src/crawlers/engine/engine.ts';
import { loadSystems } from '../src/crawlers/systems.ts';
import { postgresHostLimiter } from '../src/store/crawl/hosts.ts';
import { postgresRobots } from '../src/store/crawl/robots.ts';
import { openDatabase } from '../src/store/database.ts';
import { putSources } from '../src/store/visit/sources.ts';
import { loopbackTransport } from '../test/support/boards.ts';
import { withParts } from './hospital.ts';

// Whether visits are better made so many at a time, or as many as Crawlee's AutoscaledPool thinks the machine can carry: a worker visits the boards
// of 20 hosts on loopback while other processes keep both cores busy, and `ombre api` is asked for /healthz meanwhile. The ways take turns, so that a
// slow moment of the machine meets all of them. Each row: requests a second, the worker's memory at the quarters of its run, the delay of its event
// loop, and how long /healthz took.
// node bench/load.ts [--seconds 25] [--rounds 2] [--busy 2] [--delay 0] [--ways fixed:4,pool:4,own:4] [--json]

const HOSTS = 20;
const POSTINGS = 60;
const TEXT = `<p>Acme Health reviews requests for therapy.</p><ul>${'<li>Licensed OT, PT or SLP with two years of experience in a hospital.</li>'.repeat(30)}</ul>`;

/** `fixed`: so many at a time. `pool`: as many as Crawlee's pool allows. `own`: the same, but by what this process does (memory, event loop) and not by the CPU of the machine. */
type Way = { name: string; kind: 'fixed' | 'pool' | 'own'; atATime: number };
type Setup = { databaseUrl: string; origin: string; way: Way; delayMs: number; ids: number[] };
type Told = { requests: number; rssMb: number; lagMs: { p50: number; p99: number }; atATime: number };

const role = process.argv[2];
if (role === 'boards') boards();
else if (role === 'worker') process.once('message', setup => void work(setup as Setup));
else await main();

/** Any host is a board: a list of postings with pages of their own, the text of which changes with every answer. */
function boards(): void {
  let answers = 0;
  const server = createServer((request, response) => {
    answers += 1;
    const id = /^\/jobs\/(\d+)/.exec(request.url ?? '')?.[1];
    const job = {
      '@context': 'https://schema.org',
      '@type': 'JobPosting',
      title: `Utilization Reviewer ${id}`,
      datePosted: '2026-11-20',
      description: `${TEXT}<p>Answer ${answers}</p>`,
      hiringOrganization: { name: 'Acme Health' },
    };
    const rows = Array.from(
      { length: POSTINGS },
      (_, n) => `<li class="job"><a href="/jobs/${n}">Utilization Reviewer ${n}, ${answers}</a></li>`,
    );
    if (request.url === '/robots.txt') response.writeHead(404).end();
    else {
      const body = id ? `<script type="application/ld+json">${JSON.stringify(job)}</script>` : `<ul>${rows.join('')}</ul>`;
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><html><body>${body}</body></html>`);
    }
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.once('disconnect', () => process.exit());
}

/** Visits one board after the other until it is cut off, and tells of itself once a second. */
async function work({ databaseUrl, origin, way, delayMs, ids }: Setup): Promise<void> {
  process.once('disconnect', () => process.exit());
  const db = openDatabase(databaseUrl, { max: way.atATime * 2 + 6 });
  let requests = 0;
  const fetcher = createEngine({
    config: { ...readConfig({}), CRAWL_CONCURRENCY: way.atATime },
    robots: postgresRobots(db),
    hosts: postgresHostLimiter(db),
    transport: loopbackTransport(origin),
    spacingMs: delayMs,
    onRequest: () => {
      requests += 1;
    },
  });
  const visit = visitor({ db, systems: await loadSystems() }, fetcher);
  const { signal } = new AbortController();
  let next = 0;
  const visitNext = async () => void (await visit(ids[next++ % ids.length] ?? 0, signal));
  let running = () => way.atATime;
  if (way.kind !== 'fixed') {
    const configuration = new Configuration({ persistStorage: false, systemInfoV2: true });
    await configuration.getEventManager().init();
    const pool = new AutoscaledPool(
      {
        minConcurrency: 1,
        maxConcurrency: way.atATime,
        desiredConcurrency: way.atATime,
        runTaskFunction: visitNext,
        isTaskReadyFunction: async () => true,
        isFinishedFunction: async () => false,
        ...(way.kind === 'own' && { systemStatusOptions: { maxCpuOverloadedRatio: 1 } }),
        log: new Log({ level: LogLevel.OFF }),
      },
      configuration,
    );
    running = () => pool.desiredConcurrency;
    void pool.run();
  } else {
    for (let n = 0; n < way.atATime; n += 1)
      void (async () => {
        for (;;) await visitNext();
      })();
  }
  const lag = monitorEventLoopDelay({ resolution: 10 });
  lag.enable();
  setInterval(() => {
    const told: Told = {
      requests,
      rssMb: Math.round(process.memoryUsage.rss() / 1024 / 1024),
      lagMs: { p50: lag.percentile(50) / 1e6, p99: lag.percentile(99) / 1e6 },
      atATime: running(),
    };
    lag.reset();
    process.send?.(told);
  }, 1000);
}

type Row = {
  way: string;
  perSecond: number;
  rssMb: number[];
  lag: { p50: number; p99: number };
  healthz: { p50: number; p99: number; most: number };
  atATime: number;
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '25' },
      rounds: { type: 'string', default: '2' },
      busy: { type: 'string', default: '2' },
      delay: { type: 'string', default: '0' },
      ways: { type: 'string', default: 'fixed:4,pool:4' },
      json: { type: 'boolean', default: false },
    },
  });
  const ways = values.ways.split(',').map((name): Way => {
    const [kind, atATime] = name.split(':');
    return { name, kind: kind as Way['kind'], atATime: Number(atATime) };
  });
  const started: ChildProcess[] = [];
  const rows: Row[] = [];
  try {
    await withParts({}, async parts => {
      const sources = await putSources(
        parts.db,
        Array.from({ length: HOSTS }, (_, n) => ({
          slug: `acme${n}`,
          name: 'Acme Health',
          system: 'html',
          target: { list: `https://acme${n}.example/`, item: '.job' },
          enabled: true,
          disabledReason: null,
          everyMinutes: 1440,
          notes: null,
        })),
      );
      const site = fork(fileURLToPath(import.meta.url), ['boards']);
      started.push(site);
      const [port] = (await once(site, 'message')) as [number];
      const api = await startApi(parts.url, started);
      for (let n = 0; n < Number(values.busy); n += 1) started.push(spawn('yes', { stdio: 'ignore' }));
      for (let round = 0; round < Number(values.rounds); round += 1) {
        for (const way of ways) {
          const setup = {
            databaseUrl: parts.url,
            origin: `http://127.0.0.1:${port}`,
            way,
            delayMs: Number(values.delay),
            ids: sources.map(({ id }) => id),
          };
          rows.push(await measure(setup, api, Number(values.seconds)));
          process.stderr.write(`${JSON.stringify(rows.at(-1))}\n`);
        }
      }
      for (const child of started.splice(0)) child.kill();
    });
  } finally {
    for (const child of started) child.kill();
  }
  if (values.json) console.log(JSON.stringify(rows));
  else console.log(shown(rows));
}

async function startApi(databaseUrl: string, started: ChildProcess[]): Promise<string> {
  const port = 20_000 + (process.pid % 20_000);
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const env = { ...process.env, DATABASE_URL: databaseUrl, PORT: String(port), LOG_LEVEL: 'error' };
  started.push(spawn(process.execPath, [main, 'api'], { env, stdio: ['ignore', 'ignore', 'inherit'] }));
  const address = `http://127.0.0.1:${port}/healthz`;
  for (let tries = 0; tries < 300; tries += 1) {
    if (
      await fetch(address).then(
        answer => answer.ok,
        () => false,
      )
    )
      return address;
    await sleep(100);
  }
  throw new Error('the API did not start');
}

/** One run of a worker, from its first request on; the first quarter warms it up and counts for its memory only. */
async function measure(setup: Setup, healthz: string, seconds: number): Promise<Row> {
  const worker = fork(fileURLToPath(import.meta.url), ['worker']);
  try {
    worker.send(setup);
    const told: Told[] = [];
    const waits: number[] = [];
    worker.on('message', one => told.push(one as Told));
    while ((told.at(-1)?.requests ?? 0) === 0) await sleep(100);
    told.length = 0;
    const ends = performance.now() + seconds * 1000;
    while (performance.now() < ends) {
      const asked = performance.now();
      await (await fetch(healthz)).text();
      waits.push(performance.now() - asked);
      await sleep(100);
    }
    const counted = told.slice(Math.floor(told.length / 4));
    const span = counted.length - 1;
    return {
      way: setup.way.name,
      perSecond: round1(((counted.at(-1)?.requests ?? 0) - (counted[0]?.requests ?? 0)) / span),
      rssMb: [0.25, 0.5, 0.75, 1].map(part => told[Math.ceil(told.length * part) - 1]?.rssMb ?? 0),
      lag: { p50: round1(median(counted.map(({ lagMs }) => lagMs.p50))), p99: round1(median(counted.map(({ lagMs }) => lagMs.p99))) },
      healthz: { p50: round1(median(waits)), p99: round1(at(waits, 0.99)), most: round1(Math.max(...waits)) },
      atATime: round1(counted.reduce((sum, one) => sum + one.atATime, 0) / counted.length),
    };
  } finally {
    worker.kill();
  }
}

function shown(rows: Row[]): string {
  return table(
    ['way', 'requests/s', 'MB over time', 'loop p50 ms', 'loop p99 ms', 'healthz p50 ms', 'p99', 'most', 'visits at a time'],
    rows.map(row => [
      row.way,
      row.perSecond,
      row.rssMb.join(' '),
      row.lag.p50,
      row.lag.p99,
      row.healthz.p50,
      row.healthz.p99,
      row.healthz.most,
      row.atATime,
    ]),
  );
}

function median(values: number[]): number {
  return at(values, 0.5);
}

function at(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
