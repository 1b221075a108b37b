import pino from 'pino';
import { aborted, stopSignal } from '../../src/app/stopping.ts';
import { visitor } from '../../src/app/visitor.ts';
import { readConfig } from '../../src/config.ts';
import { createEngine } from '../../src/crawlers/engine/engine.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { openQueues } from '../../src/queue/connection.ts';
import { startWorker } from '../../src/queue/worker.ts';
import { postgresHostLimiter } from '../../src/store/crawl/hosts.ts';
import { postgresRobots } from '../../src/store/crawl/robots.ts';
import { openDatabase } from '../../src/store/database.ts';
import { dueSources } from '../../src/store/visit/schedule.ts';
import { loopbackTransport } from '../support/boards.ts';

// A crawling worker in a process that a test may kill; every host is led to the test's server.
const {
  databaseUrl,
  redisUrl,
  origin,
  ticks = false,
} = JSON.parse(process.argv[2] ?? '') as {
  databaseUrl: string;
  redisUrl: string | null;
  origin: string;
  /** Serve the tick that asks for due sources, and visit three of them at a time. */
  ticks?: boolean;
};
const stopped = stopSignal();
const log = pino({ level: 'warn' }, pino.destination(2));
const db = openDatabase(databaseUrl, { max: 8 });
const fetcher = createEngine({
  // The turn of a killed worker on its host lasts as long as a request may.
  config: { ...readConfig({}), CRAWL_DELAY_MS: 0, REQUEST_TIMEOUT_MS: 1500 },
  robots: postgresRobots(db),
  hosts: postgresHostLimiter(db),
  transport: loopbackTransport(origin),
  spacingMs: 0,
  log,
});
const queues = await openQueues({ REDIS_URL: redisUrl }, databaseUrl, { onError: () => undefined });
const visit = visitor({ db, systems: await loadSystems() }, fetcher, { onlyDue: ticks });
const worker = await startWorker({
  queues,
  concurrency: ticks ? 3 : 2,
  log,
  // Locks long enough for a loaded machine: one that is lost while its worker is merely slow makes the visit break off again and again.
  timing: { lockMs: 3000, stallCheckMs: 300, graceMs: 500, abortMs: 5000, tickEveryMs: 1000, againMs: 200 },
  handlers: {
    visit: async (sourceId, signal) => void (await visit(sourceId, signal)),
    ...(ticks && { due: () => dueSources(db) }),
  },
});
await aborted(stopped);
await worker.close();
await fetcher.close();
await queues.close();
await db.destroy();
// As every command ends: connections that a server coming back left open must not keep it alive.
setTimeout(() => process.exit(), 5000).unref();
