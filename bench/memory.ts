import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { stringify } from 'yaml';
import { localUrl } from '../src/postgres/server/cluster.ts';
import { readRecord } from '../src/postgres/server/record.ts';
import { openDatabase } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { startPostgres } from '../test/queue/postgres-server.ts';
import { type Box, boxOf, heldBy, type Most, watching } from './_box.ts';
import { printRows, type Row } from './_rows.ts';
import { service, tourOf, whileReading } from './_service.ts';
import { fill } from './api-data.ts';
import { ADDRESSES, isFeed } from './memory-boards.ts';
import { differentPages } from './memory-pages.ts';

// What `ombre api` holds in memory after tours of many different pages on a machine of 1 GB (Node's heap follows the machine), and what `ombre start` holds with its private Postgres on one core and in 1 GB
// while it crawls and readers ask for pages. Where no cgroup can be made nothing is limited, and the rows say so.
// node bench/memory.ts [--postings 20000] [--pages 5000] [--only api,start] [--node-options=...] [--unlimited] [--quick] [--rows]

const { values } = parseArgs({
  options: {
    postings: { type: 'string' },
    pages: { type: 'string' },
    only: { type: 'string', default: 'api,start' },
    'node-options': { type: 'string', default: '' },
    unlimited: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    rows: { type: 'boolean', default: false },
  },
});
const postings = Number(values.postings ?? (values.quick ? 4000 : 20_000));
const pages = Number(values.pages ?? (values.quick ? 1000 : 5000));
const TOURS = 2;
const MACHINE_MB = 1024;
/** What is left of such a machine for Ombre: the system itself takes the rest. */
const FREE_MB = 800;
const API_MB = 300;
const BOARD = 500;
const count = (number: number) => Math.round(number).toLocaleString('en-US');

const rows: Row[] = [];
if (values.only.includes('api')) rows.push(...(await ofApi()));
if (values.only.includes('start')) rows.push(...(await ofStart()));
printRows(rows, values.rows);

function boxFor(command: string): Box | null {
  return values.unlimited ? null : boxOf(MACHINE_MB * 2 ** 20, `ombre-${command}-${process.pid}`);
}

async function ofApi(): Promise<Row[]> {
  const postgres = await startPostgres();
  const box = boxFor('api');
  try {
    const db = openDatabase(postgres.url, { max: 2 });
    await migrate(db);
    await fill(db, postings, () => undefined);
    const ids = (await db.selectFrom('postings').select('id').limit(pages).execute()).map(({ id }) => id);
    await db.destroy();
    const api = await service(['api'], { DATABASE_URL: postgres.url, NODE_OPTIONS: values['node-options'] }, { box });
    const asked = differentPages(pages, ids);
    const fresh = heldBy(api.pid)!.rss;
    const after: number[] = [];
    for (let tour = 0; tour < TOURS; tour++) {
      await tourOf(api.address, asked);
      after.push(heldBy(api.pid)!.rss);
      process.stderr.write(`tour ${tour + 1}: ${count(after[tour]!)} MB\n`);
    }
    await api.stop();
    return after.map((rss, tour) => ({
      what: `memory of \`api\`, ${count(postings)} postings, after tour ${tour + 1} of ${count(pages)} different pages, ${box ? '1 GB' : 'memory NOT limited'}`,
      ours: `${count(rss)} MB`,
      beside: tour === 0 ? `before: ${count(fresh)} MB` : `tour before: ${count(after[tour - 1]!)} MB`,
      goal: `at most ${API_MB} MB`,
      met: rss <= API_MB,
    }));
  } finally {
    await box?.remove();
    await postgres.stop();
  }
}

async function ofStart(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ombre-memory-'));
  // A private Postgres is run by a user of its own, who must get at it.
  await chmod(folder, 0o755);
  const home = join(folder, 'home');
  const sources = join(folder, 'sources');
  await mkdir(sources);
  const boards = fork(new URL('./memory-boards.ts', import.meta.url));
  const box = boxFor('start');
  try {
    boards.send({ each: BOARD });
    const [port] = (await once(boards, 'message')) as [number];
    await writeFile(join(sources, 'boards.yaml'), stringify(Array.from({ length: postings / BOARD }, (_, n) => boardRow(n, port))));
    const hosts = Array.from({ length: ADDRESSES }, (_, n) => `127.0.0.${n + 1}:${port}`).join(',');
    const settings = {
      OMBRE_HOME: home,
      SOURCES_DIR: sources,
      ALLOW_PRIVATE_HOSTS: hosts,
      CRAWL_DELAY_MS: '0',
      DATABASE_URL: '',
      NODE_OPTIONS: values['node-options'],
    };
    const start = await service(['start'], settings, { box, core: 0 });
    const readersPages = differentPages(2000, ['none']).filter(page => !page.endsWith('/none'));
    const watch = watching(start.pid);
    const began = performance.now();
    const crawled = await whileReading(start.address, readersPages, () => untilStored(home, postings));
    const seconds = (performance.now() - began) / 1000;
    // Readers go on for a while after the last posting came.
    await whileReading(start.address, readersPages, () => sleep(values.quick ? 5_000 : 30_000));
    const most = watch.end();
    await start.stop();
    return startRows(most, box?.told() ?? null, { seconds, ...crawled });
  } finally {
    boards.disconnect();
    await box?.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

function startRows(
  { node, nodePss, postgres, sum, swap }: Most,
  told: { mostMb: number; reclaims: number; killed: number } | null,
  { seconds, pages: read, medianMs }: { seconds: number; pages: number; medianMs: number },
): Row[] {
  const where = told ? `one core, ${count(MACHINE_MB)} MB` : 'one core, memory NOT limited';
  return [
    {
      what: `memory of \`start\` with its Postgres, ${count(postings)} postings, crawl and readers, ${where}`,
      ours: `${count(sum)} MB (PSS)`,
      beside: `node ${count(nodePss)} MB (RSS ${count(node)}), Postgres ${count(postgres)} MB`,
      goal: `at most ${FREE_MB} MB, no swap`,
      met: sum <= FREE_MB && swap === 0,
    },
    {
      what: `the same: ended for lack of memory`,
      ours: told ? `${told.killed} processes` : 'not known',
      beside: told
        ? `held at most ${count(told.mostMb)} MB with the page cache; the kernel took memory back ${count(told.reclaims)} times`
        : '',
      goal: 'none',
      met: told ? told.killed === 0 : null,
    },
    {
      what: `the same: the crawl`,
      ours: `${count(seconds)} s, ${count(postings / seconds)} postings a second`,
      beside: `${count(read)} pages for readers meanwhile, half of them within ${count(medianMs)} ms`,
      goal: '',
      met: null,
    },
  ];
}

function boardRow(board: number, port: number) {
  const at = `http://127.0.0.${(board % ADDRESSES) + 1}:${port}/${board}/`;
  const html = { list: at, item: '.job', title: 'a', place: '.place', empty: { text: 'No openings' }, detail: {} };
  return {
    slug: `board-${board}`,
    name: `Acme ${board}`,
    ...(isFeed(board) ? { system: 'feed', target: { feed: at } } : { system: 'html', target: html }),
  };
}

async function untilStored(home: string, wanted: number): Promise<void> {
  const record = readRecord(join(home, 'postgres.json'))!;
  const client = new pg.Client({ connectionString: localUrl(record.port!, record.password, 'ombre') });
  await client.connect();
  try {
    for (;;) {
      const { rows: found } = await client.query<{ stored: number }>('select count(*)::int as stored from postings');
      if (found[0]!.stored >= wanted) return;
      await sleep(1000);
    }
  } finally {
    await client.end();
  }
}
