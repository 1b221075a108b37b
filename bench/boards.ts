import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { table } from '../src/cli/_output.ts';
import { HOSTS, ROBOTS_FAILS, type Seen, SHAPES, SLOW_ROBOTS, targetOf } from './boards-server.ts';

// Sixty boards of every shape on twenty hosts of the loopback network, crawled by `ombre crawl` as an operator runs it, on a machine that others keep
// busy: how each visit ends beside how it should, the requests both sides counted, politeness as the hosts saw it, and the memory of the crawl.
// Two hosts have a robots.txt of note: one fails (its boards are not read), one wants a second between two requests.
// node bench/boards.ts [--boards 60] [--busy 2] [--delay 100] [--json]

const { values } = parseArgs({
  options: {
    boards: { type: 'string', default: '60' },
    busy: { type: 'string', default: '2' },
    delay: { type: 'string', default: '100' },
    json: { type: 'boolean', default: false },
  },
});
const ROOT = fileURLToPath(new URL('..', import.meta.url));

type Report = {
  source: string;
  outcome: string;
  reason: string;
  requests: number;
  details: { wanted: number; read: number; failed: number };
  postings: { listed: number; new: number };
};

const folder = await mkdtemp(path.join(tmpdir(), 'ombre-boards-'));
const server = fork(new URL('./boards-server.ts', import.meta.url));
const busy = Array.from({ length: Number(values.busy) }, () => spawn(process.execPath, ['-e', 'for(;;);'], { stdio: 'ignore' }));
let ended = false;
try {
  // A private Postgres is run by a user of its own, who must get at it.
  await chmod(folder, 0o755);
  await report();
} finally {
  for (const one of busy) one.kill('SIGKILL');
  server.disconnect();
  await rm(folder, { recursive: true, force: true });
}

async function report(): Promise<void> {
  server.send('start');
  const [port] = (await once(server, 'message')) as [number];
  const boards = Array.from({ length: Number(values.boards) }, (_, id) => boardOf(id, port));
  await writeFile(path.join(folder, 'boards.yaml'), stringify(boards.map(({ row }) => row)));
  const began = performance.now();
  const { reports, memory, progress, code } = await crawl(port);
  const seconds = Math.round((performance.now() - began) / 1000);
  server.send('seen');
  const [seen] = (await once(server, 'message')) as [Seen];
  const lines = boards.map(board => lineOf(board, reports.get(board.row.slug)));
  const wrong = lines.filter(line => !line.right);
  const asked = [...reports.values()].reduce((sum, one) => sum + one.requests, 0);
  const delay = Number(values.delay);
  const gaps = Object.entries(seen.shortestGapMs);
  const slow = gaps.find(([host]) => host.startsWith(`127.0.0.${SLOW_ROBOTS + 1}:`))?.[1];
  const summary = {
    seconds,
    exitCode: code,
    boards: boards.length,
    wrong: wrong.length,
    requestsTold: asked,
    ...seen,
    shortestGapMs: undefined,
  };
  const gap = Math.min(...gaps.map(([, ms]) => ms));
  if (values.json) console.log(JSON.stringify({ ...summary, gap, slow, memory, lines }));
  else {
    console.log(progress.trimEnd().split('\n').slice(-12).join('\n'));
    console.log(`\n${table(['board', 'ended', 'should', 'listed', 'should ', 'requests', ''], lines.map(cells))}\n`);
    console.log(
      `${boards.length} boards on ${HOSTS} hosts in ${seconds} s beside ${busy.length} busy processes; ${boards.length - wrong.length} ended as they should\n` +
        `${seen.requests} requests and ${seen.robots} robots.txt at the servers, ${asked} told by the visits; at most ${seen.mostAtOnce} at once on one host\n` +
        `shortest time between two requests to one host: ${gap} ms (${delay} asked for), ${slow} ms where robots.txt asks for 1000\n` +
        `memory of the crawl in MB: ${memory.quarters.join(', ')} by quarters of its time, at most ${memory.most}`,
    );
  }
  if (wrong.length > 0 || seen.mostAtOnce > 1) process.exitCode = 1;
}

type Board = ReturnType<typeof boardOf>;

function boardOf(id: number, port: number) {
  const shape = SHAPES[id % SHAPES.length]!;
  const host = id % HOSTS;
  const at = `http://127.0.0.${host + 1}:${port}/${shape.name.includes('refused') ? 'refused' : 'boards'}/${id}/`;
  const name = `board-${id}-${shape.name.replaceAll(/[^a-z0-9]+/g, '-')}`;
  return { shape, host, row: { slug: name, name: `Acme ${id}`, ...targetOf(shape, at) } };
}

function lineOf({ shape, host, row }: Board, report: Report | undefined) {
  // Nothing of a host whose robots.txt fails is read.
  const outcomes = host === ROBOTS_FAILS ? ['blocked', 'failed'] : shape.outcomes;
  const postings = host === ROBOTS_FAILS ? 0 : shape.postings;
  const listed = report?.postings.listed ?? 0;
  const right = report !== undefined && outcomes.includes(report.outcome) && (listed === postings || report.outcome === 'failed');
  const { outcome = 'no visit', reason = '', requests = 0 } = report ?? {};
  return { board: row.slug, outcome, reason, outcomes, listed, postings, requests, right };
}

function cells({ board, outcome, outcomes, listed, postings, requests, right, reason }: ReturnType<typeof lineOf>) {
  return [board, outcome, outcomes.join(' or '), listed, postings, requests, right ? '' : `WRONG ${reason}`];
}

/** Runs `ombre crawl` over all of them and watches its memory. */
async function crawl(port: number) {
  const hosts = Array.from({ length: HOSTS }, (_, host) => `127.0.0.${host + 1}:${port}`);
  const child = spawn(process.execPath, [path.join(ROOT, 'src/main.ts'), 'crawl', '--json'], {
    cwd: ROOT,
    env: {
      ...process.env,
      SOURCES_DIR: folder,
      OMBRE_HOME: path.join(folder, 'home'),
      ALLOW_PRIVATE_HOSTS: hosts.join(','),
      CRAWL_DELAY_MS: values.delay,
      REQUEST_TIMEOUT_MS: '6000',
      MAX_BODY_MB: '5',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, progress] = ['', ''];
  child.stdout.on('data', chunk => (out += chunk));
  child.stderr.on('data', chunk => (progress += chunk));
  const memory = watchMemory(child);
  const [code] = (await once(child, 'close')) as [number];
  ended = true;
  const { visits } = visitsOf(out, progress);
  return { reports: new Map(visits.map(one => [one.source, one])), memory: memory(), progress, code };
}

function visitsOf(out: string, progress: string): { visits: Report[] } {
  try {
    return JSON.parse(out) as { visits: Report[] };
  } catch {
    throw new Error(`the crawl told nothing that can be read:\n${out.slice(0, 500)}\n${progress.slice(-2000)}`);
  }
}

/** Samples what the process holds twice a second; the result tells the mean of each quarter and the most, in MB. */
function watchMemory({ pid }: ChildProcess) {
  const samples: number[] = [];
  const timer = setInterval(() => {
    if (ended) return;
    const resident = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    if (resident) samples.push(Number(resident) / 1024);
  }, 500);
  return () => {
    clearInterval(timer);
    const size = Math.max(1, Math.floor(samples.length / 4));
    const mean = (part: number[]) => Math.round(part.reduce((sum, one) => sum + one, 0) / part.length);
    return { quarters: [0, 1, 2, 3].map(n => mean(samples.slice(n * size, (n + 1) * size))), most: Math.round(Math.max(...samples)) };
  };
}
