import pino from 'pino';
import { openQueues } from '../../src/queue/connection.ts';
import { startWorker } from '../../src/queue/worker.ts';

// A worker that says each tick it serves, in a process that may have another clock.
const { databaseUrl, redisUrl } = JSON.parse(process.argv[2] ?? '') as { databaseUrl: string; redisUrl: string | null };
const queues = await openQueues({ REDIS_URL: redisUrl }, databaseUrl);
const worker = await startWorker({
  queues,
  concurrency: 1,
  log: pino({ level: 'warn' }, pino.destination(2)),
  timing: { tickEveryMs: 1000 },
  handlers: {
    visit: async () => undefined,
    due: async () => {
      console.log(`tick ${new Date().getUTCFullYear()}`);
      return [];
    },
  },
});
process.once('SIGTERM', async () => {
  await worker.close();
  await queues.close();
});
