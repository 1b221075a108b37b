import { sql } from 'kysely';
import pino from 'pino';
import { openQueues } from '../../src/queue/connection.ts';
import { startWorker } from '../../src/queue/worker.ts';
import { openDatabase } from '../../src/store/database.ts';
import type { WorkerProcessOptions } from './worker-process.ts';

// A worker in a process that the suite may kill. Each visit notes that it ran and makes one effect that is idempotent in Postgres.
const { name, redisUrl, databaseUrl, timing, hangAfterEffect }: WorkerProcessOptions = JSON.parse(process.argv[2] ?? '');
const db = openDatabase(databaseUrl, { max: 2 });
const queues = await openQueues({ REDIS_URL: redisUrl }, databaseUrl);
const worker = await startWorker({
  queues,
  concurrency: 1,
  log: pino({ level: 'warn' }, pino.destination(2)),
  timing,
  handlers: {
    visit: async sourceId => {
      await sql`insert into visit_runs (source_id, worker) values (${sourceId}, ${name})`.execute(db);
      await sql`insert into visit_effects (source_id) values (${sourceId}) on conflict do nothing`.execute(db);
      console.log(`effect of ${sourceId}`);
      if (hangAfterEffect) await new Promise(() => undefined);
    },
  },
});
process.once('SIGTERM', async () => {
  await worker.close();
  await queues.close();
  await db.destroy();
});
