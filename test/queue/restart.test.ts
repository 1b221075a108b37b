import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openQueues } from '../../src/queue/connection.ts';
import { pingQueue } from '../../src/queue/ping.ts';
import { enqueueVisit, waitIdle } from '../../src/queue/visits.ts';
import { startWorker } from '../../src/queue/worker.ts';
import { startPostgres } from './postgres-server.ts';

test('a worker outlives a restart of Postgres, and does not hammer it meanwhile', async () => {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  const log = pino({ level: 'silent' });
  const queues = await openQueues({ REDIS_URL: null }, server.url, { onError: () => undefined });
  onTestFinished(() => queues.close());
  const made: number[] = [];
  const handlers = {
    visit: async (id: number) => {
      await sleep(20);
      made.push(id);
    },
    due: async () => [],
  };
  const all = Array.from({ length: 60 }, (_, index) => index + 1);
  for (const id of all) await enqueueVisit(queues, id);
  const worker = await startWorker({ queues, concurrency: 4, handlers, log, timing: { lockMs: 1_000, stallCheckMs: 500 } });
  onTestFinished(() => worker.close());
  // In the middle of the work: that is when a worker asks for the next job again and again.
  await vi.waitFor(() => expect(made.length).toBeGreaterThan(4), 20_000);
  let tries = 0;
  await server.restart(async port => {
    tries = await refuse(port, 4_000);
  });
  await vi.waitFor(() => waitIdle(queues), 60_000);
  expect([...new Set(made)].toSorted((a, b) => a - b)).toEqual(all);
  expect((await pingQueue(queues)).visits).toEqual({ waiting: 0, active: 0, failed: 0 });
  expect(tries).toBeGreaterThan(0);
  expect(tries).toBeLessThan(24);
}, 120_000);

/** Answers for a while as Postgres does when it recovers after a crash (SQLSTATE 57P03), and says how often it was asked. */
async function refuse(port: number, forMs: number): Promise<number> {
  const fields = ['SFATAL', 'VFATAL', 'C57P03', 'Mthe database system is starting up'].map(field => `${field}\0`).join('');
  const answer = Buffer.alloc(5 + fields.length + 1);
  answer.write('E');
  answer.writeInt32BE(4 + fields.length + 1, 1);
  answer.write(fields, 5);
  let tries = 0;
  const server = createServer(socket => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      tries++;
      socket.end(answer);
    });
  }).listen(port, '127.0.0.1');
  await sleep(forMs);
  server.close();
  return tries;
}
