import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { stringify } from 'yaml';
import { openQueues } from '../../src/queue/connection.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/schema.ts';
import { runOmbre } from '../cli/ombre-process.ts';
import { type PostgresServer, startPostgres } from '../queue/postgres-server.ts';
import { type RedisServer, startRedis } from '../queue/redis-server.ts';
import { type SlowSite, slowSite } from '../support/slow-site.ts';
import { type Supervised, supervise } from './supervised.ts';

export type ChaosSize = {
  sources: number;
  hosts: number;
  postings: number;
  answerMs: number;
  kills: number;
  /** Mean pause between two kills. */
  everyMs: number;
  /** How often each server is killed. */
  outages: number;
  /** When it is given up, with what it waits for. */
  limitMs: number;
};

/** What became of it: how much there was to break, and what is to be as it should. */
export type ChaosReport = {
  seconds: number;
  requests: number;
  requestsCut: number;
  kills: number;
  killsThatCut: number;
  /** How often everything was made due anew because all was visited before the last kill. */
  rounds: number;
  /** Visits whose process died three times over, by chance; each was asked for again by `ombre queue retry`. */
  condemned: number;
  left: ChaosLeft;
};

/** What is left when all is done and all workers were told to stop. */
export type ChaosLeft = {
  mostAtOnce: number;
  complete: number;
  postings: number;
  distinct: number;
  closed: number;
  unended: number;
  advisoryLocks: number;
  heldHosts: number;
  visitJobs: { waiting: number; active: number; delayed: number };
  endedByThemselves: string[];
  exitCodes: (number | null)[];
};

type Setting = {
  size: ChaosSize;
  site: SlowSite;
  postgres: PostgresServer;
  redis: RedisServer | null;
  db: Kysely<Database>;
  workers: Supervised;
  env: Record<string, string>;
  tell(line: string): void;
};

/** Three workers, two of which keep the schedule, under kills of them and of their servers. With `redis`, the name of its program, the queue lives there. */
export async function chaos(redisBinary: string | null, size: ChaosSize, tell: (line: string) => void): Promise<ChaosReport> {
  const folder = await mkdtemp(join(tmpdir(), 'ombre-chaos-'));
  await chmod(folder, 0o755);
  const site = await slowSite({ boards: size.sources, hosts: size.hosts, postings: size.postings, answerMs: size.answerMs });
  const postgres = await startPostgres();
  const redis = redisBinary === null ? null : await startRedis(redisBinary);
  const db = openDatabase(postgres.url, { max: 2 });
  const sources = join(folder, 'sources');
  await mkdir(sources);
  await writeFile(join(sources, 'boards.yaml'), stringify(site.rows));
  const env = {
    DATABASE_URL: postgres.url,
    ...(redis && { REDIS_URL: redis.url }),
    SOURCES_DIR: sources,
    ALLOW_PRIVATE_HOSTS: site.hosts.join(','),
    CRAWL_DELAY_MS: '0',
    // The turn of a killed worker at its host lasts as long as a request may, and a little more.
    REQUEST_TIMEOUT_MS: '5000',
  };
  const roles = [['worker'], ['worker'], ['worker', '--no-schedule']];
  const workers = supervise(
    roles.map((args, n) => ({ args, env: { ...env, OMBRE_HOME: join(folder, `home-${n}`), BOT_CONTACT: nameOf(n) } })),
  );
  try {
    return await run({ size, site, postgres, redis, db, workers, env: { ...env, OMBRE_HOME: join(folder, 'home') }, tell });
  } finally {
    await workers.stop();
    await db.destroy();
    await redis?.stop();
    await postgres.stop();
    await site.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a worker is told from others by, where it asks. */
function nameOf(n: number): string {
  return `https://ombre.example/worker-${n}`;
}

/** A worker that waits for an answer at this moment, so that a kill cuts a visit in two; any when none does for long. */
async function oneAtWork({ site }: Setting): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    const busy = [0, 1, 2].filter(n => site.open(nameOf(n)) > 0);
    if (busy.length > 0) return busy[Math.floor(Math.random() * busy.length)]!;
    await sleep(100);
  }
  return Math.floor(Math.random() * 3);
}

async function run(setting: Setting): Promise<ChaosReport> {
  const { size, site, workers, tell } = setting;
  const began = performance.now();
  const report = { kills: 0, killsThatCut: 0, rounds: 1, condemned: 0 };
  const deadline = began + size.limitMs;
  await until(deadline, async () => site.open() > 2);
  const outages = outagesOf(setting);
  for (let kill = 1; kill <= size.kills; kill++) {
    await sleep(size.everyMs * (0.5 + Math.random()));
    if (await allVisited(setting)) {
      report.rounds += 1;
      await safely(() => sql`update postings set list_hash = 'another'`.execute(setting.db));
      await safely(() => sql`update sources set next_visit_at = now() where cooling_until is null`.execute(setting.db));
    }
    if (outages.has(kill)) await outages.get(kill)?.();
    const worker = await oneAtWork(setting);
    const before = site.seen.cut;
    await workers.kill(worker);
    await sleep(200);
    report.kills += 1;
    if (site.seen.cut > before) report.killsThatCut += 1;
    tell(`kill ${kill} of ${size.kills}: ${report.killsThatCut} cut a request, ${site.seen.requests} requests, round ${report.rounds}`);
  }
  tell('the last kill; the rest is waited for');
  await until(deadline, async () => {
    report.condemned += await releaseCondemned(setting);
    return (await allVisited(setting)) && (await isQuiet(setting));
  }).catch(async error => {
    tell((await runOmbre(['queue', 'inspect'], setting.env)).out);
    for (const n of [0, 1, 2]) tell(workers.said(n).slice(-3_000));
    throw error;
  });
  const exitCodes = await workers.stop();
  const left = await whatIsLeft(setting, exitCodes);
  const seconds = Math.round((performance.now() - began) / 1000);
  return { seconds, requests: site.seen.requests, requestsCut: site.seen.cut, ...report, left };
}

/** Before which kill which server dies. */
function outagesOf({ size, postgres, redis, tell }: Setting): Map<number, () => Promise<void>> {
  const away = async (name: string, ms: number) => {
    tell(`${name} is killed, and away for ${ms} ms`);
    await sleep(ms);
  };
  const outages = new Map<number, () => Promise<void>>();
  for (let n = 0; n < size.outages; n++) {
    const at = Math.floor(((n + 0.5) / size.outages) * size.kills);
    outages.set(at, () => postgres.restart(() => away('Postgres', 4_000), 'SIGKILL'));
    if (redis) outages.set(at + Math.max(1, Math.floor(size.kills / size.outages / 4)), () => redis.restart(() => away('Redis', 3_000)));
  }
  return outages;
}

async function until(deadline: number, what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) {
    if (performance.now() > deadline) throw new Error('the time of this run is up');
    await sleep(250);
  }
}

/** What is asked of a database that may be away just now. */
async function safely<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch {
      // It comes back, or the time of the test is up.
      await sleep(250);
    }
  }
}

async function allVisited({ db, size }: Setting): Promise<boolean> {
  const { rows } = await safely(() =>
    sql<{ done: number }>`select count(*)::int as done from sources where last_complete_at is not null and next_visit_at > now()`.execute(
      db,
    ),
  );
  return rows[0]?.done === size.sources;
}

async function isQuiet({ db, site }: Setting): Promise<boolean> {
  const { rows } = await safely(() => sql<{ open: number }>`select count(*)::int as open from visits where ended_at is null`.execute(db));
  return rows[0]?.open === 0 && site.open() === 0;
}

async function releaseCondemned({ db, env, tell }: Setting): Promise<number> {
  const alone = await safely(() => db.selectFrom('sources').select('slug').where('cooling_until', '>', sql<Date>`now()`).execute());
  if (alone.length === 0) return 0;
  const { code, out, err } = await runOmbre(['queue', 'retry', ...alone.map(({ slug }) => slug), '--apply'], env);
  tell(out + err);
  if (code !== 0) throw new Error(`ombre queue retry ended with ${code}: ${out}${err}`);
  return alone.length;
}

async function whatIsLeft({ db, site, workers, env, size }: Setting, exitCodes: (number | null)[]): Promise<ChaosLeft> {
  const one = async (query: ReturnType<typeof sql<{ n: number }>>) => (await query.execute(db)).rows[0]?.n ?? -1;
  const queues = await openQueues({ REDIS_URL: env.REDIS_URL ?? null }, env.DATABASE_URL ?? '');
  // A visit that was cut off ends in the queue when its lock runs out, the latest of all.
  const { waiting = 0, active = 0, delayed = 0 } = await queues.visits.getJobCounts('waiting', 'active', 'delayed');
  await queues.close();
  return {
    mostAtOnce: site.seen.mostAtOnce,
    complete: await one(
      sql`select count(*)::int as n from sources s where last_complete_at is not null and failures = 0
        and (select count(*) from postings p where p.source_id = s.id) = ${size.postings}`,
    ),
    postings: await one(sql`select count(*)::int as n from postings`),
    distinct: await one(sql`select count(distinct (source_id, key))::int as n from postings where has_body`),
    closed: await one(sql`select count(*)::int as n from postings where closed_at is not null or reopened_at is not null`),
    unended: await one(sql`select count(*)::int as n from visits where ended_at is null`),
    advisoryLocks: await one(sql`select count(*)::int as n from pg_locks where locktype = 'advisory'`),
    heldHosts: await one(sql`select count(*)::int as n from host_limits where held_until > clock_timestamp()`),
    visitJobs: { waiting, active, delayed },
    endedByThemselves: workers.endedByThemselves,
    exitCodes,
  };
}
