import pino from 'pino';
import { visitor } from '../src/app/visitor.ts';
import { readConfig } from '../src/config.ts';
import { createEngine } from '../src/crawlers/engine/engine.ts';
import { loadSystems } from '../src/crawlers/systems.ts';
import { openQueues } from '../src/queue/connection.ts';
import { startWorker } from '../src/queue/worker.ts';
import { postgresHostLimiter } from '../src/store/crawl/hosts.ts';
import { postgresRobots } from '../src/store/crawl/robots.ts';
import { openDatabase } from '../src/store/database.ts';
import { loopbackTransport } from '../test/support/boards.ts';

// One worker of bench/scale.ts, in a process of its own: makes visits of what is in the queue from "go" on, and tells at "stop" what it took.
export type ScaleSetup = { databaseUrl: string; origin: string; concurrency: number };

const { databaseUrl, origin, concurrency } = JSON.parse(process.argv[2] ?? '') as ScaleSetup;
const db = openDatabase(databaseUrl, { max: concurrency * 2 + 6 });
const systems = await loadSystems();
const fetcher = createEngine({
  config: { ...readConfig({}), CRAWL_DELAY_MS: 0 },
  robots: postgresRobots(db),
  hosts: postgresHostLimiter(db),
  transport: loopbackTransport(origin),
  spacingMs: 0,
});
const queues = await openQueues({ REDIS_URL: null }, databaseUrl);
const visit = visitor({ db, systems }, fetcher);
const failed: string[] = [];
let began: NodeJS.CpuUsage | undefined;
let worker: Awaited<ReturnType<typeof startWorker>> | undefined;
process.on('message', async word => {
  if (word === 'go') {
    began = process.cpuUsage();
    const handlers = {
      visit: async (id: number, signal: AbortSignal) => {
        const report = await visit(id, signal);
        if (report?.outcome !== 'complete') failed.push(`${id}: ${report?.outcome} ${report?.reason}`);
      },
    };
    worker = await startWorker({ queues, concurrency, log: pino({ level: 'silent' }), handlers });
    return;
  }
  const { user, system } = process.cpuUsage(began);
  process.send?.({ cpuMs: (user + system) / 1000, failed });
  await worker?.close();
  await fetcher.close();
  await queues.close();
  await db.destroy();
  process.disconnect();
});
process.send?.('ready');
