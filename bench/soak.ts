import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { visitor } from '../src/app/visitor.ts';
import { table } from '../src/cli/_output.ts';
import { createEngine } from '../src/crawlers/engine/engine.ts';
import { openQueues } from '../src/queue/connection.ts';
import { enqueueVisit, waitIdle } from '../src/queue/visits.ts';
import { startWorker } from '../src/queue/worker.ts';
import { postgresHostLimiter } from '../src/store/crawl/hosts.ts';
import { postgresRobots } from '../src/store/crawl/robots.ts';
import { loopbackTransport } from '../test/support/boards.ts';
import { hospitalTitles } from './_titles.ts';
import { putHospitals, startHospital, withParts } from './hospital.ts';

// Whether the memory of a worker stays flat: visits through the real queue, engine, classifier and Postgres of boards on loopback that change from visit
// to visit; the boards run in a process of their own. Prints the mean memory of each quarter of the visits, after the first tenth as warm-up:
// resident (rss), heap in use, heap in use right after a collection (live), and what is held outside the heap.
// With --rendered so many pages are put together in the browser instead, and its own memory is shown as well.
// node bench/soak.ts [--visits 2000] [--rendered 400] [--json]

const { values } = parseArgs({
  options: {
    visits: { type: 'string', default: '2000' },
    rendered: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const BOARDS = 20;
/** In MB. `live` is the heap right after a collection, `outside` what the process holds beside its heap. */
type Sample = { rss: number; heap: number; live: number; outside: number; browser: number };
const PROBE_EVERY = Math.max(1, Math.floor(Number(values.rendered ?? values.visits) / 40));
const samples: Sample[] = [];
const outcomes = new Map<string, number>();
const MB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function sample(): void {
  const probe = samples.length % PROBE_EVERY === 0;
  const { rss, heapUsed, external } = process.memoryUsage();
  if (probe) collect();
  samples.push({
    rss: rss / MB,
    heap: heapUsed / MB,
    live: probe ? process.memoryUsage().heapUsed / MB : Number.NaN,
    outside: external / MB,
    browser: probe && values.rendered ? browserMemory() : Number.NaN,
  });
}

const note = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);

if (values.rendered) await rendered(Number(values.rendered));
else await visits(Number(values.visits));
report();

async function visits(count: number): Promise<void> {
  const hospital = await startHospital({ titles: hospitalTitles().titles, postings: 60, churn: 3 });
  try {
    await withParts({}, async parts => {
      const sources = await putHospitals(
        parts,
        Array.from({ length: BOARDS }, (_, n) => `acme${n}`),
      );
      const fetcher = createEngine({
        config: parts.config,
        robots: postgresRobots(parts.db),
        hosts: postgresHostLimiter(parts.db),
        transport: loopbackTransport(hospital.origin),
      });
      const queues = await openQueues(parts.config, parts.url, { onError: error => parts.log.debug({ err: error }, 'queue') });
      const visit = visitor(parts, fetcher);
      const worker = await startWorker({
        queues,
        concurrency: parts.config.CRAWL_CONCURRENCY,
        log: parts.log,
        handlers: {
          visit: async (sourceId, signal) => {
            note((await visit(sourceId, signal))?.outcome ?? 'none');
            sample();
          },
        },
      });
      while (samples.length < count) {
        for (const { id } of sources) await enqueueVisit(queues, id);
        await waitIdle(queues, { pollMs: 20 });
        if (samples.length % 200 === 0) process.stderr.write(`${samples.length} visits\n`);
      }
      await worker.close();
      await fetcher.close();
      await queues.close();
    });
  } finally {
    hospital.stop();
  }
}

async function rendered(count: number): Promise<void> {
  const { createServer } = await import('node:http');
  const { MemoryHostLimiter } = await import('../src/crawlers/engine/memory-hosts.ts');
  const { MemoryRobots } = await import('../src/crawlers/engine/memory-robots.ts');
  const { readConfig } = await import('../src/config.ts');
  const page = `<!doctype html><main></main><script>fetch('/jobs').then(r => r.json()).then(jobs => {
    document.querySelector('main').innerHTML = jobs.map(job => '<p class="job">' + job + '</p>').join(''); });</script>`;
  const server = createServer((request, response) => {
    if (request.url === '/robots.txt') response.writeHead(404).end();
    else if (request.url === '/jobs') response.end(JSON.stringify(Array.from({ length: 500 }, (_, n) => `Posting ${n}`)));
    else response.writeHead(200, { 'content-type': 'text/html' }).end(page);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const fetcher = createEngine({
    config: { ...readConfig(), ALLOW_PRIVATE_HOSTS: [`127.0.0.1:${port}`], CRAWL_DELAY_MS: 0 },
    robots: new MemoryRobots(),
    hosts: new MemoryHostLimiter(),
  });
  const { signal } = new AbortController();
  for (let n = 0; n < count; n += 1) {
    const fetched = await fetcher.fetch(
      { kind: 'list', url: `http://127.0.0.1:${port}/?${n}`, rendered: true, note: { wait: '.job' } },
      { source: 'soak', signal },
    );
    note(fetched.kind === 'failed' ? fetched.code : fetched.kind);
    sample();
  }
  await fetcher.close();
  server.close();
  server.closeAllConnections();
}

/** Resident memory of the browser's processes, which share some of it, in MB. */
function browserMemory(): number {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(row => row.trim().split(/\s+/).map(Number) as [pid: number, parent: number, kb: number]);
  const below = (parent: number): number => rows.filter(row => row[1] === parent).reduce((sum, [pid, , kb]) => sum + kb + below(pid), 0);
  return Math.round(below(process.pid) / 1024);
}

function report(): void {
  const warm = samples.slice(Math.floor(samples.length / 10));
  const size = Math.floor(warm.length / 4);
  const columns: (keyof Sample)[] = ['rss', 'heap', 'live', 'outside', ...(values.rendered ? (['browser'] as const) : [])];
  const quarters = Array.from({ length: 4 }, (_, n) => {
    const part = warm.slice(n * size, (n + 1) * size);
    return Object.fromEntries(columns.map(name => [name, mean(part.map(one => one[name]))]));
  });
  const ratio = (name: string) => Number(((quarters[3]?.[name] ?? Number.NaN) / (quarters[1]?.[name] ?? Number.NaN)).toFixed(3));
  const lastToSecond = Object.fromEntries(columns.map(name => [name, ratio(name)]));
  const ended = Object.fromEntries(outcomes);
  if (values.json) {
    console.log(JSON.stringify({ count: samples.length, outcomes: ended, quarters, lastToSecond }));
    return;
  }
  console.log(`${samples.length} ${values.rendered ? 'rendered pages' : 'visits'}: ${JSON.stringify(ended)}. Memory in MB.\n`);
  console.log(
    table(
      ['quarter', ...columns],
      quarters.map((row, n) => [n + 1, ...columns.map(name => row[name] ?? null)]),
    ),
  );
  console.log(`\nlast quarter / second quarter: ${columns.map(name => `${name} ${lastToSecond[name]}`).join(', ')}`);
}

function mean(numbers: number[]): number {
  const known = numbers.filter(number => !Number.isNaN(number));
  return Math.round((known.reduce((sum, one) => sum + one, 0) / known.length) * 10) / 10;
}
