import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { enableCompileCache } from 'node:module';
import type { AddressInfo, LookupFunction } from 'node:net';
import { parseArgs } from 'node:util';
import { boxOf } from './_box.ts';
import { median, printRows, type Row } from './_rows.ts';

// What a page costs that the crawl engine fetches, beside bare undici: CPU, memory and pages a second. The server, bare undici and the engine have a
// process each; 50 host names lead to the server, since a host has one request at a time. Bare undici and the engine take turns, each time in a
// fresh process that has loaded the same modules. Memory is that of a machine of 1 GB where a cgroup can be made, as Node's heap follows the machine.
// node bench/engine.ts [--requests 4000] [--rounds 5] [--quick] [--rows]

const HOSTS = 50;
const CPU_MS = 1.2;
const MEMORY_MB = 150;
const MACHINE_MB = 1024;
const PAGE = JSON.stringify({
  jobs: Array.from({ length: 40 }, (_, id) => ({ id, title: 'Utilization Reviewer', content: 'x'.repeat(400) })),
});

type Kind = 'undici' | 'engine';
type Task = { kind: Kind; port: number; requests: number; atATime: number };
/** `cpuMs` a page once warm, `cpuMsWhole` with what the process took to start; `rssMb` when the last page was read. */
type Result = { cpuMs: number; cpuMsWhole: number; perSecond: number; rssMb: number };

const part = process.env.OMBRE_BENCH_PART;
if (part === 'server') serve();
else if (part === 'client') process.once('message', async (task: Task) => process.send?.(await measure(task), () => process.exit(0)));
else await main();

function serve(): void {
  const server = createServer((asked, response) => {
    if (asked.url === '/robots.txt') response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/json' }).end(PAGE);
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit(0));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '4000' },
      rounds: { type: 'string', default: '5' },
      quick: { type: 'boolean', default: false },
      rows: { type: 'boolean', default: false },
    },
  });
  const requests = Number(values.requests);
  const rounds = values.quick ? 2 : Number(values.rounds);
  const server = started('server');
  const box = boxOf(MACHINE_MB * 2 ** 20, `ombre-engine-${process.pid}`);
  try {
    const [port] = (await once(server, 'message')) as [number];
    const results: Record<Kind, { many: Result[]; single: Result[] }> = {
      undici: { many: [], single: [] },
      engine: { many: [], single: [] },
    };
    for (let round = 0; round < rounds; round++) {
      for (const kind of ['undici', 'engine'] as const) {
        results[kind].many.push(await inTurn({ kind, port, requests, atATime: HOSTS }, box));
        results[kind].single.push(await inTurn({ kind, port, requests: requests / 4, atATime: 1 }, box));
      }
    }
    printRows(rowsOf(results, requests, box !== null), values.rows);
  } finally {
    server.disconnect();
    await box?.remove();
  }
}

function rowsOf(results: Record<Kind, { many: Result[]; single: Result[] }>, requests: number, boxed: boolean): Row[] {
  const row = (
    what: string,
    field: keyof Result,
    unit: string,
    digits: number,
    goal: number | null,
    which: 'many' | 'single' = 'many',
  ): Row => {
    const [ours, theirs] = [results.engine, results.undici].map(kind => median(kind[which].map(result => result[field]))) as [
      number,
      number,
    ];
    return {
      what,
      ours: `${ours.toFixed(digits)} ${unit}`,
      beside: `bare undici: ${theirs.toFixed(digits)} ${unit}, ${(ours / theirs).toFixed(2)} times`,
      goal: goal === null ? '' : `at most ${goal} ${unit}`,
      met: goal === null ? null : ours <= goal,
    };
  };
  return [
    row('engine, CPU a page, 50 hosts', 'cpuMs', 'ms', 2, CPU_MS),
    row(`the same, the start of the process and ${requests} pages`, 'cpuMsWhole', 'ms', 2, CPU_MS),
    row(`engine, memory after ${requests} pages of 18 kB, ${boxed ? '1 GB' : 'memory NOT limited'}`, 'rssMb', 'MB', 0, MEMORY_MB),
    row('engine, pages of 50 hosts', 'perSecond', 'a second', 0, null),
    row('engine, pages one at a time', 'perSecond', 'a second', 0, null, 'single'),
  ];
}

function started(role: 'server' | 'client', command: readonly string[] = []): ChildProcess {
  const [program, ...rest] = [...command, process.execPath];
  return fork(new URL(import.meta.url), { execPath: program, execArgv: rest, env: { ...process.env, OMBRE_BENCH_PART: role } });
}

async function inTurn(task: Task, box: ReturnType<typeof boxOf>): Promise<Result> {
  const client = started('client', box?.command);
  client.send(task);
  const [[result]] = (await Promise.all([once(client, 'message'), once(client, 'exit')])) as [[Result], unknown];
  return result;
}

async function measure({ kind, port, requests, atATime }: Task): Promise<Result> {
  // As `ombre` does.
  enableCompileCache();
  const ask = await asking(kind, port);
  // Connections, robots.txt, and compiled code.
  await run(ask, 500, atATime);
  const before = process.cpuUsage();
  const began = performance.now();
  await run(ask, requests, atATime);
  const spent = process.cpuUsage(before);
  const whole = process.cpuUsage();
  return {
    cpuMs: (spent.user + spent.system) / 1000 / requests,
    cpuMsWhole: (whole.user + whole.system) / 1000 / requests,
    perSecond: (requests / (performance.now() - began)) * 1000,
    rssMb: process.memoryUsage.rss() / 2 ** 20,
  };
}

/** How one page is fetched and read. */
async function asking(kind: Kind, port: number): Promise<(i: number) => Promise<unknown>> {
  const { Agent, request } = await import('undici');
  const { readConfig } = await import('../src/config.ts');
  const { createEngine } = await import('../src/crawlers/engine/engine.ts');
  const { MemoryHostLimiter } = await import('../src/crawlers/engine/memory-hosts.ts');
  const { MemoryRobots } = await import('../src/crawlers/engine/memory-robots.ts');
  const { liveTransport } = await import('../src/crawlers/engine/transport-live.ts');
  const lookup: LookupFunction = (_name, options, callback) =>
    options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);
  const names = Array.from({ length: HOSTS }, (_, i) => `host${i}.example`);
  const urlOf = (i: number) => `http://${names[i % HOSTS]}:${port}/jobs/${i}`;
  if (kind === 'undici') {
    const dispatcher = new Agent({ connect: { lookup } });
    return async i => JSON.parse(await (await request(urlOf(i), { dispatcher })).body.text());
  }
  const config = readConfig({
    ALLOW_PRIVATE_HOSTS: names.map(name => `${name}:${port}`).join(','),
    CRAWL_CONCURRENCY: '32',
    CRAWL_DELAY_MS: '0',
  });
  const transport = liveTransport(config, { lookup });
  const engine = createEngine({ config, robots: new MemoryRobots(), hosts: new MemoryHostLimiter(), transport });
  const { signal } = new AbortController();
  return async i => {
    const fetched = await engine.fetch({ kind: 'list', url: urlOf(i) }, { source: 'bench', signal });
    if (fetched.kind !== 'page') throw new Error(JSON.stringify(fetched));
    return JSON.parse(fetched.page.body);
  };
}

async function run(ask: (i: number) => Promise<unknown>, requests: number, atATime: number): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      while (next < requests) await ask(next++);
    }),
  );
}
