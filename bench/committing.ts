import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type Kysely, sql } from 'kysely';
import { Pool } from 'undici';
import { openDatabase } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import type { Database } from '../src/store/schema.ts';
import { startPostgres } from '../test/queue/postgres-server.ts';
import { median, printRows, type Row } from './_rows.ts';
import { fill } from './api-data.ts';

// How many pages a second readers get while others commit ten times a second, beside the same pages while nobody does. `worker` commits what a crawl
// writes most (turns of hosts, when a posting was last seen), `changes` alters a posting of the feed each time. Quiet, worker and changes take turns.
// node bench/committing.ts [--postings 100000] [--seconds 4] [--rounds 3] [--quick] [--rows]

const { values } = parseArgs({
  options: {
    postings: { type: 'string' },
    seconds: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    rows: { type: 'boolean', default: false },
  },
});
const postings = Number(values.postings ?? (values.quick ? 12_000 : 100_000));
const seconds = values.quick ? 2 : Number(values.seconds);
const rounds = values.quick ? 1 : Number(values.rounds);
const PAGES = ['/jobs', '/', '/paths/sales', '/api/v1/facets'];
const READERS = 20;
const GOAL = 0.5;

const WRITES: Record<string, (db: Kysely<Database>, n: number) => Promise<unknown>> = {
  worker: async (db, n) => {
    await sql`insert into host_limits (host, next_allowed_at) values ('jobs.example', now()) on conflict (host) do update set next_allowed_at = now()`.execute(
      db,
    );
    await sql`update postings set last_seen = now() where id = ${`p${n}`}`.execute(db);
  },
  changes: (db, n) => sql`update postings set title = title || '.', updated_at = now() where id = ${`p${n}`}`.execute(db),
};

const postgres = await startPostgres();
const rows: Row[] = [];
try {
  const db = openDatabase(postgres.url, { max: 4 });
  await migrate(db);
  await fill(db, postings, () => undefined);
  const server = new Worker(new URL('./api-server.ts', import.meta.url), { workerData: { url: postgres.url } });
  const [{ api }] = (await once(server, 'message')) as [{ api: string }];
  const pool = new Pool(api, { connections: READERS });
  for (const page of PAGES) {
    const rates: Record<string, number[]> = { quiet: [], worker: [], changes: [] };
    for (let round = 0; round < rounds; round++) {
      rates.quiet!.push(await rateOf(pool, page));
      for (const [name, write] of Object.entries(WRITES)) rates[name]!.push(await whileWriting(db, write, () => rateOf(pool, page)));
    }
    const quiet = median(rates.quiet!);
    for (const name of Object.keys(WRITES)) {
      const rate = median(rates[name]!);
      rows.push({
        what: `${page}, ${postings.toLocaleString('en-US')} postings, 10 commits a second (${name})`,
        ours: `${Math.round(rate)} a second`,
        beside: `quiet: ${Math.round(quiet)} a second, ${(rate / quiet).toFixed(2)} times`,
        goal: `at least ${GOAL} times`,
        met: rate / quiet >= GOAL,
      });
    }
  }
  await pool.close();
  server.postMessage('close');
  await once(server, 'exit');
  await db.destroy();
} finally {
  await postgres.stop();
}
printRows(rows, values.rows);

/** Answers a second that twenty readers get of a page, each asking again as soon as it was answered. */
async function rateOf(pool: Pool, path: string): Promise<number> {
  const end = performance.now() + seconds * 1000;
  let answers = 0;
  const reader = async () => {
    while (performance.now() < end) {
      const { statusCode, body } = await pool.request({ path, method: 'GET', headers: { 'accept-encoding': 'identity' } });
      await body.dump();
      if (statusCode !== 200) throw new Error(`${path} was answered with ${statusCode}`);
      answers++;
    }
  };
  await Promise.all(Array.from({ length: READERS }, reader));
  return answers / seconds;
}

async function whileWriting<T>(
  db: Kysely<Database>,
  write: (db: Kysely<Database>, n: number) => Promise<unknown>,
  run: () => Promise<T>,
): Promise<T> {
  let writing = true;
  const writer = (async () => {
    for (let n = 0; writing; n = (n + 1) % 1000) {
      await write(db, n);
      await sleep(100);
    }
  })();
  try {
    return await run();
  } finally {
    writing = false;
    await writer;
  }
}
