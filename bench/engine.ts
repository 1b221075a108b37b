import type { LookupFunction } from 'node:net';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { Agent, request } from 'undici';
import { readConfig } from '../src/config.ts';
import { createEngine } from '../src/crawlers/engine/engine.ts';
import { MemoryHostLimiter } from '../src/crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../src/crawlers/engine/memory-robots.ts';
import { liveTransport } from '../src/crawlers/engine/transport-live.ts';

// How fast the crawl engine is beside bare undici on the same pages in one run, and whether its memory stays flat. The server has a thread of its
// own; 50 host names lead to it, since a host has one request at a time.
// node bench/engine.ts [--requests 4000] [--rounds 3] [--json]

const HOSTS = 50;
const PAGE = JSON.stringify({
  jobs: Array.from({ length: 40 }, (_, id) => ({ id, title: 'Utilization Reviewer', content: 'x'.repeat(400) })),
});

if (isMainThread) await main();
else await serve();

async function serve(): Promise<void> {
  const { createServer } = await import('node:http');
  const server = createServer((asked, response) => {
    if (asked.url === '/robots.txt') response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(PAGE);
  });
  server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as { port: number }).port));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '4000' },
      rounds: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
    },
  });
  const requests = Number(values.requests);
  const worker = new Worker(new URL(import.meta.url));
  const port = await new Promise<number>(resolve => worker.once('message', resolve));
  const lookup: LookupFunction = (_name, options, callback) =>
    options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);
  const names = Array.from({ length: HOSTS }, (_, i) => `host${i}.example`);
  const urlOf = (i: number) => `http://${names[i % HOSTS]}:${port}/jobs/${i}`;

  const dispatcher = new Agent({ connect: { lookup } });
  const bare = async (i: number) => void (await (await request(urlOf(i), { dispatcher })).body.text());

  const config = readConfig({
    ALLOW_PRIVATE_HOSTS: names.map(name => `${name}:${port}`).join(','),
    CRAWL_CONCURRENCY: '32',
    CRAWL_DELAY_MS: '0',
  });
  const transport = liveTransport(config, { lookup });
  const engine = createEngine({ config, robots: new MemoryRobots(), hosts: new MemoryHostLimiter(), transport });
  const { signal } = new AbortController();
  const ours = async (i: number) => {
    const fetched = await engine.fetch({ kind: 'list', url: urlOf(i) }, { source: 'bench', signal });
    if (fetched.kind !== 'page') throw new Error(JSON.stringify(fetched));
  };

  // Both once before anything is measured: connections, robots.txt, and compiled code.
  await run(bare, 500, HOSTS);
  await run(ours, 500, HOSTS);
  const rates: Record<'oneAtATime' | 'manyAtATime', { undici: number[]; engine: number[] }> = {
    oneAtATime: { undici: [], engine: [] },
    manyAtATime: { undici: [], engine: [] },
  };
  const rssMb: number[] = [];
  // Turn by turn, so that a slow moment of the machine meets both.
  for (let round = 0; round < Number(values.rounds); round += 1) {
    rates.oneAtATime.undici.push(await run(bare, requests / 4, 1));
    rates.oneAtATime.engine.push(await run(ours, requests / 4, 1));
    rates.manyAtATime.undici.push(await run(bare, requests, HOSTS));
    rates.manyAtATime.engine.push(await run(ours, requests, HOSTS));
    rssMb.push(Math.round(process.memoryUsage.rss() / 1024 / 1024));
  }
  const summary = Object.entries(rates).map(([name, { undici, engine }]) => {
    const [undiciPerS, enginePerS] = [median(undici), median(engine)];
    return { name, undiciPerS, enginePerS, ratio: Number((undiciPerS / enginePerS).toFixed(1)) };
  });
  if (values.json) console.log(JSON.stringify({ requests, rates: summary, rssMb }));
  else {
    for (const { name, undiciPerS, enginePerS, ratio } of summary) {
      console.log(`${name.padEnd(12)} undici ${undiciPerS}/s   engine ${enginePerS}/s   ratio ${ratio}`);
    }
    console.log(`memory after each round: ${rssMb.join(', ')} MB`);
  }
  await engine.close();
  await dispatcher.close();
  await worker.terminate();
}

/** Requests per second, with so many under way at a time. */
async function run(ask: (i: number) => Promise<void>, requests: number, atATime: number): Promise<number> {
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      while (next < requests) await ask(next++);
    }),
  );
  return (requests / (performance.now() - started)) * 1000;
}

function median(values: number[]): number {
  return Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0);
}
