import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { Kysely, type LogEvent, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { Pool } from 'undici';
import { parseQuery } from '../src/feed/filter.ts';
import { openDatabase } from '../src/store/database.ts';
import { feedPage } from '../src/store/feed/postings.ts';
import { migrate } from '../src/store/migrate.ts';
import type { Database } from '../src/store/schema.ts';
import { startPostgres } from '../test/queue/postgres-server.ts';
import { fill } from './api-data.ts';

// How long the API takes, beside its own SQL (the page and its total) run directly and beside a bare Fastify route that sends the same bytes.
// cold: something was stored since the last request, so nothing kept may be used. warm: nothing was.
// node bench/api.ts [--postings 10000] [--rounds 200] [--database URL of a filled one] [--json]

const { values } = parseArgs({
  options: {
    postings: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '200' },
    database: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const tell = (text: string) => process.stderr.write(text);

const CASES: Record<string, string> = {
  'list, newest 50': '',
  'list, path and credential': 'path=utilization-review&credential=OTA',
  'list, remote in two states, pay': 'work_mode=remote&state=TX,CA&pay_min=60000',
  'text, frequent word': 'q=word2',
  'text, mid word': 'q=word300',
  'text, rare word': 'q=word9000',
  'text, two words and a path': 'q=word40 word50&path=sales',
};

type Line = { case: string; n: number; p50: number; p95: number; p99: number };

const postgres = values.database ? null : await startPostgres();
const url = values.database ?? postgres!.url;
try {
  const db = openDatabase(url, { max: 4 });
  if (postgres) {
    await migrate(db);
    const began = Date.now();
    await fill(db, Number(values.postings), done => tell(`\r${done} postings stored`));
    tell(` in ${Math.round((Date.now() - began) / 1000)} s\n`);
  }
  const result = await measure(db);
  await db.destroy();
  if (values.json) console.log(JSON.stringify({ postings: Number(values.postings), rounds, ...result }));
  else print(result);
} finally {
  await postgres?.stop();
}

async function measure(db: Kysely<Database>) {
  const worker = new Worker(new URL('./api-server.ts', import.meta.url), { workerData: { url } });
  const [addresses] = (await once(worker, 'message')) as [{ api: string; bare: string }];
  const api = new Pool(addresses.api, { connections: 20 });
  const bare = new Pool(addresses.bare, { connections: 20 });
  const lines: Line[] = [];
  const add = (name: string, times: number[]) => {
    lines.push({ case: name, n: times.length, ...percentiles(times) });
    tell(`\r\x1b[2K${name}`);
  };
  const touch = () => sql`update feed_revision set number = number + 1`.execute(db);

  for (const [name, query] of Object.entries(CASES)) {
    const direct = await pageSql(query);
    const path = `/api/v1/postings?${new URLSearchParams(parseSearch(query))}`;
    const [sqls, cold, warm]: number[][] = [[], [], []];
    await get(api, path);
    await direct.run();
    // Turn by turn, so that a slow moment of the machine meets all three.
    for (let i = 0; i < rounds; i++) {
      sqls!.push(await timed(direct.run));
      await touch();
      cold!.push(await timed(() => get(api, path)));
      warm!.push(await timed(() => get(api, path)));
    }
    await direct.close();
    add(`${name}: its SQL`, sqls!);
    add(`${name}: API cold`, cold!);
    add(`${name}: API warm`, warm!);
  }

  const id = (await feedPage(db, parseQuery('limit=1'), {})).items[0]!.id;
  for (const [name, path] of Object.entries({
    posting: `/api/v1/postings/${id}`,
    'feed.rss': '/feed.rss',
    'feed.json': '/feed.json',
    facets: '/api/v1/facets',
    'facets, filtered': '/api/v1/facets?path=sales&credential=OTA',
    paths: '/api/v1/paths',
    stats: '/api/v1/stats',
  })) {
    const [cold, warm]: number[][] = [[], []];
    const times = /facets|paths|stats/.test(name) ? Math.ceil(rounds / 20) : rounds;
    for (let i = 0; i < times; i++) {
      await touch();
      cold!.push(await timed(() => get(api, path)));
      warm!.push(await timed(() => get(api, path)));
    }
    add(`${name} cold`, cold!);
    add(`${name} warm`, warm!);
  }

  const list = await get(api, '/api/v1/postings');
  worker.postMessage(list.body);
  await once(worker, 'message');
  const rates: Record<string, number> = {};
  for (const [name, run] of Object.entries({
    'list 200': () => get(api, '/api/v1/postings'),
    'bare route, the same bytes': () => get(bare, '/bytes'),
    'list 304': () => get(api, '/api/v1/postings', list.etag),
    'feed.rss 304': () => get(api, '/feed.rss', '*'),
    'bare route, 304': () => get(bare, '/304'),
  })) {
    rates[name] = await throughput(run);
  }
  await Promise.all([api.close(), bare.close()]);
  worker.postMessage('close');
  await once(worker, 'exit');
  tell('\r\x1b[2K');
  return { milliseconds: lines, perSecond: rates, ratios: ratios(lines, rates) };
}

/** The statements of a page and its total, taken from the log of one run, on connections of their own: side by side, as the API runs them. */
async function pageSql(query: string) {
  const seen: { sql: string; parameters: readonly unknown[] }[] = [];
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  const log = ({ query: { sql: text, parameters } }: LogEvent) => void seen.push({ sql: text, parameters });
  const logging = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), log });
  await feedPage(logging, parseQuery(query));
  const run = () => Promise.all(seen.map(({ sql: text, parameters }) => pool.query(text, [...parameters])));
  return { run, close: () => logging.destroy() };
}

function parseSearch(query: string): [string, string][] {
  return query === '' ? [] : query.split('&').map(pair => pair.split('=') as [string, string]);
}

async function get(pool: Pool, path: string, etag?: string): Promise<{ body: Uint8Array; etag: string }> {
  const { statusCode, headers, body } = await pool.request({ method: 'GET', path, headers: etag ? { 'if-none-match': etag } : {} });
  if (statusCode !== 200 && statusCode !== 304) throw new Error(`${path} answered ${statusCode}: ${await body.text()}`);
  return { body: new Uint8Array(await body.arrayBuffer()), etag: String(headers.etag) };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await run();
  return performance.now() - began;
}

/** Requests a second with 20 at a time, for two seconds after a warm-up. */
async function throughput(run: () => Promise<unknown>): Promise<number> {
  const stretch = async (ms: number) => {
    const end = performance.now() + ms;
    let count = 0;
    const one = async () => {
      for (; performance.now() < end; count++) await run();
    };
    await Promise.all(Array.from({ length: 20 }, one));
    return count;
  };
  await stretch(500);
  return Math.round((await stretch(2000)) / 2);
}

function percentiles(times: number[]): { p50: number; p95: number; p99: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(2));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function ratios(lines: Line[], rates: Record<string, number>): Record<string, number> {
  const of = (name: string) => lines.find(line => line.case === name)!;
  const all = Object.keys(CASES).flatMap(name => {
    const own = of(`${name}: its SQL`);
    return (['cold', 'warm'] as const).map(
      state => [`${name}: API ${state} / SQL, p95`, of(`${name}: API ${state}`).p95 / own.p95] as const,
    );
  });
  const throughputs = [
    ['list 200 / bare route, throughput', rates['list 200']! / rates['bare route, the same bytes']!],
    ['list 304 / bare 304, throughput', rates['list 304']! / rates['bare route, 304']!],
    ['feed.rss 304 / bare 304, throughput', rates['feed.rss 304']! / rates['bare route, 304']!],
  ] as const;
  return Object.fromEntries([...all, ...throughputs].map(([name, value]) => [name, Number(value.toFixed(2))]));
}

function print({ milliseconds, perSecond, ratios: shares }: Awaited<ReturnType<typeof measure>>): void {
  console.log(`${'milliseconds'.padEnd(52)}${'n'.padStart(6)}${'p50'.padStart(10)}${'p95'.padStart(10)}${'p99'.padStart(10)}`);
  for (const line of milliseconds) {
    const numbers = [line.p50, line.p95, line.p99].map(value => value.toFixed(2).padStart(10)).join('');
    console.log(`${line.case.padEnd(52)}${String(line.n).padStart(6)}${numbers}`);
  }
  for (const [title, rows] of [
    ['requests a second', perSecond],
    ['ratios', shares],
  ] as const) {
    console.log(`\n${title}`);
    for (const [name, value] of Object.entries(rows)) console.log(`${name.padEnd(58)}${String(value).padStart(10)}`);
  }
}
