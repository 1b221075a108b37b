import { parseArgs } from 'node:util';
import pino from 'pino';
import { openQueues } from '../src/queue/connection.ts';
import { enqueueVisit, waitIdle } from '../src/queue/visits.ts';
import { startWorker } from '../src/queue/worker.ts';
import { startPostgres } from '../test/queue/postgres-server.ts';
import { findRedis, startRedis } from '../test/queue/redis-server.ts';

// How fast the queue is on Postgres (durable, as it ships) beside Redis (no persistence), on servers of this run's own.
// node bench/queue.ts [--jobs 5000] [--rounds 3] [--json]

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const jobs = Number(values.jobs);
const rounds = Number(values.rounds);
const CONCURRENCY = 10;

type Rates = { enqueueOneByOne: number; addInBulk: number; visits: number };

const postgres = await startPostgres();
const binary = await findRedis();
const redis = binary === null ? null : await startRedis(binary);
const results: { postgres: Rates[]; redis: Rates[] } = { postgres: [], redis: [] };
try {
  // Turn by turn, so that a slow moment of the machine meets both.
  for (let round = 0; round < rounds; round++) {
    results.postgres.push(await measure(postgres.url, null));
    if (redis) results.redis.push(await measure(postgres.url, redis.url));
  }
} finally {
  await redis?.stop();
  await postgres.stop();
}

const summary = {
  jobs,
  rounds,
  concurrency: CONCURRENCY,
  unit: 'per second, median',
  postgres: median(results.postgres),
  redis: median(results.redis),
};
if (values.json) console.log(JSON.stringify(summary));
else {
  console.log(`${jobs} jobs, concurrency ${CONCURRENCY}, median of ${rounds}, per second`);
  console.table({ postgres: summary.postgres, ...(redis && { redis: summary.redis }) });
  if (!redis) console.log('redis-server is not installed: Postgres only');
}

async function measure(databaseUrl: string, redisUrl: string | null): Promise<Rates> {
  const queues = await openQueues({ REDIS_URL: redisUrl }, databaseUrl);
  const handlers = { visit: async () => undefined };
  const log = pino({ level: 'silent' });
  const few = Math.ceil(jobs / 10);
  try {
    const enqueueOneByOne = await rate(few, async () => {
      for (let sourceId = 1; sourceId <= few; sourceId++) await enqueueVisit(queues, sourceId);
    });
    const addInBulk = await rate(jobs, async () => {
      await queues.visits.addBulk(Array.from({ length: jobs }, (_, index) => ({ name: 'visit', data: { sourceId: index } })));
    });
    const visits = await rate(jobs + few, async () => {
      const worker = await startWorker({ queues, concurrency: CONCURRENCY, handlers, log });
      await waitIdle(queues, { pollMs: 100 });
      await worker.close();
    });
    return { enqueueOneByOne, addInBulk, visits };
  } finally {
    await queues.close();
  }
}

async function rate(count: number, work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round((count * 1000) / (performance.now() - start));
}

function median(rates: Rates[]): Rates | null {
  if (rates.length === 0) return null;
  const middle = (pick: (rates: Rates) => number) => rates.map(pick).toSorted((a, b) => a - b)[Math.floor(rates.length / 2)] ?? 0;
  return { enqueueOneByOne: middle(r => r.enqueueOneByOne), addInBulk: middle(r => r.addInBulk), visits: middle(r => r.visits) };
}
