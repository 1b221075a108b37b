import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { stringify } from 'yaml';
import { openQueues } from '../../src/queue/connection.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/schema.ts';
import { type PostgresServer, startPostgres } from '../queue/postgres-server.ts';
import { type RedisServer, startRedis } from '../queue/redis-server.ts';
import { type SlowSite, slowSite } from '../support/slow-site.ts';
import { type Supervised, supervise } from './supervised.ts';

/** Boards that answer slowly, and how many commands of Ombre read and serve them. */
export type LoadSize = { sources: number; hosts: number; postings: number; answerMs: number };

/** Servers, boards and commands of one run. */
export type Load<Size extends LoadSize = LoadSize> = {
  size: Size;
  site: SlowSite;
  postgres: PostgresServer;
  redis: RedisServer | null;
  db: Kysely<Database>;
  workers: Supervised;
  /** Settings of a command that works on the same. */
  env: Record<string, string>;
  tell(line: string): void;
};

/** What is left when all is done and all workers were told to stop. */
export type Left = {
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

/** What is to be left of a run of so many workers: every board whole, each posting once and open, and nothing else. */
export function allWell({ sources, postings }: LoadSize, workers: number): Left {
  const all = sources * postings;
  return {
    mostAtOnce: 1,
    complete: sources,
    postings: all,
    distinct: all,
    closed: 0,
    unended: 0,
    advisoryLocks: 0,
    heldHosts: 0,
    visitJobs: { waiting: 0, active: 0, delayed: 0 },
    endedByThemselves: [],
    exitCodes: Array.from({ length: workers }, () => 0),
  };
}

/** What a worker is told from others by, where it asks. */
export function nameOf(n: number): string {
  return `https://ombre.example/worker-${n}`;
}

/** Starts servers, boards and these commands, and ends them when the work is done. With `redis`, the name of its program, the queue lives there. */
export async function underLoad<Size extends LoadSize, T>(
  { size, roles, redis: binary, tell }: { size: Size; roles: string[][]; redis: string | null; tell(line: string): void },
  work: (load: Load<Size>) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ombre-load-'));
  await chmod(folder, 0o755);
  const site = await slowSite({ boards: size.sources, hosts: size.hosts, postings: size.postings, answerMs: size.answerMs });
  const postgres = await startPostgres();
  const redis = binary === null ? null : await startRedis(binary);
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
    PORT: '0',
    // The turn of a killed worker at its host lasts as long as a request may, and a little more.
    REQUEST_TIMEOUT_MS: '5000',
  };
  const workers = supervise(
    roles.map((args, n) => ({ args, env: { ...env, OMBRE_HOME: join(folder, `home-${n}`), BOT_CONTACT: nameOf(n) } })),
  );
  try {
    return await work({ size, site, postgres, redis, db, workers, env: { ...env, OMBRE_HOME: join(folder, 'home') }, tell });
  } finally {
    await workers.stop();
    await db.destroy();
    await redis?.stop();
    await postgres.stop();
    await site.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export async function until(deadline: number, what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) {
    if (performance.now() > deadline) throw new Error('the time of this run is up');
    await sleep(250);
  }
}

/** What is asked of a database that may be away just now, for two minutes at most. */
export async function safely<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === 480) throw error;
      await sleep(250);
    }
  }
}

/** Whether every board was read whole and none is due. */
export async function allVisited({ db, size }: Pick<Load, 'db' | 'size'>): Promise<boolean> {
  const { rows } = await safely(() =>
    sql<{ done: number }>`select count(*)::int as done from sources where last_complete_at is not null and next_visit_at > now()`.execute(
      db,
    ),
  );
  return rows[0]?.done === size.sources;
}

/** Whether no visit is under way. */
export async function isQuiet({ db, site }: Pick<Load, 'db' | 'site'>): Promise<boolean> {
  const { rows } = await safely(() => sql<{ open: number }>`select count(*)::int as open from visits where ended_at is null`.execute(db));
  return rows[0]?.open === 0 && site.open() === 0;
}

/** For when all commands have been told to stop. */
export async function whatIsLeft(
  { db, site, workers, env, size }: Pick<Load, 'db' | 'site' | 'workers' | 'env' | 'size'>,
  exitCodes: (number | null)[],
): Promise<Left> {
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
