import pino from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openQueues } from '../../src/queue/connection.ts';
import { enqueueVisit, waitIdle } from '../../src/queue/visits.ts';
import { startWorker } from '../../src/queue/worker.ts';
import { startPostgres } from './postgres-server.ts';

test('a worker outlives a restart of Postgres, and does not hammer it meanwhile', async () => {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  let complaints = 0;
  const log = pino({ level: 'warn' }, { write: () => void complaints++ });
  const queues = await openQueues({ REDIS_URL: null }, server.url, { onError: () => void complaints++ });
  onTestFinished(() => queues.close());
  const made: number[] = [];
  const handlers = { visit: async (id: number) => void made.push(id), due: async () => [] };
  const worker = await startWorker({ queues, concurrency: 4, handlers, log });
  onTestFinished(() => worker.close());
  await enqueueVisit(queues, 1);
  await waitIdle(queues);

  await server.restart();
  await vi.waitFor(() => enqueueVisit(queues, 2), 20_000);
  await vi.waitFor(() => expect(made).toEqual([1, 2]), 40_000);
  // A dozen connections are cut and say so; without the rest between tries it is a thousand a second.
  expect(complaints).toBeLessThan(60);
}, 120_000);
