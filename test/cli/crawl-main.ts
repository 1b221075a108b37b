import pino from 'pino';
import { aborted, stopSignal, visitor } from '../../src/cli/_parts.ts';
import { readConfig } from '../../src/config.ts';
import { createEngine } from '../../src/crawlers/engine.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { openQueues } from '../../src/queue/connection.ts';
import { startWorker } from '../../src/queue/worker.ts';
import { openDatabase } from '../../src/store/database.ts';
import { postgresHostLimiter } from '../../src/store/hosts.ts';
import { postgresRobots } from '../../src/store/robots.ts';
import { loopbackTransport } from '../support/boards.ts';

// A crawling worker in a process that a test may kill; every host is led to the test's server.
const { databaseUrl, redisUrl, origin } = JSON.parse(process.argv[2] ?? '') as {
  databaseUrl: string;
  redisUrl: string | null;
  origin: string;
};
const stopped = stopSignal();
const log = pino({ level: 'warn' }, pino.destination(2));
const db = openDatabase(databaseUrl, { max: 6 });
const fetcher = createEngine({
  // The turn of a killed worker on its host lasts as long as a request may.
  config: { ...readConfig({}), CRAWL_DELAY_MS: 0, REQUEST_TIMEOUT_MS: 1500 },
  robots: postgresRobots(db),
  hosts: postgresHostLimiter(db),
  transport: loopbackTransport(origin),
  spacingMs: 0,
  log,
});
const queues = await openQueues({ REDIS_URL: redisUrl }, databaseUrl);
const visit = visitor({ db, systems: await loadSystems() }, fetcher);
const worker = await startWorker({
  queues,
  concurrency: 2,
  log,
  timing: { lockMs: 1000, stallCheckMs: 300, graceMs: 500, abortMs: 5000 },
  handlers: { visit: async (sourceId, signal) => void (await visit(sourceId, signal)) },
});
await aborted(stopped);
await worker.close();
await fetcher.close();
await queues.close();
await db.destroy();
