import { once } from 'node:events';
import { DelayedError } from 'bullmq';
import { sql } from 'kysely';
import { expect, test, vi } from 'vitest';
import { openQueues, type VisitJob } from '../../src/queue/connection.ts';
import { enqueueVisit, waitIdle } from '../../src/queue/visits.ts';
import { healQueueTimes } from '../../src/store/clock.ts';
import { testDatabase } from '../support/database.ts';
import { findFaketime } from '../support/faketime.ts';
import { clockSuite } from './clock-suite.ts';
import { spawnWorker } from './worker-process.ts';

clockSuite('postgres', async () => null);

test('a visit that was put off under a clock 400 days ahead is made now, and one that was put off for a minute waits', async () => {
  const { db, url, drop } = await testDatabase();
  const queues = await openQueues({ REDIS_URL: null }, url);
  try {
    await enqueueVisit(queues, 5);
    await enqueueVisit(queues, 6);
    const worker = queues.worker<VisitJob>(
      queues.visits,
      async (job, token) => {
        await job.moveToDelayed(Date.now() + (job.data.sourceId === 5 ? 400 * 86_400_000 : 60_000), token);
        throw new DelayedError();
      },
      { onFailed: () => undefined, onError: () => undefined },
    );
    await vi.waitFor(async () => expect(await queues.visits.getJobCounts('delayed')).toEqual({ delayed: 2 }), 20_000);
    await worker.close();
    expect(await healQueueTimes(db)).toBe(1);
    const made: number[] = [];
    const next = queues.worker<VisitJob>(queues.visits, async job => void made.push(job.data.sourceId), {
      onFailed: () => undefined,
      onError: () => undefined,
    });
    await vi.waitFor(() => expect(made).toEqual([5]), 20_000);
    await next.close();
    expect(await queues.visits.getJobCounts('delayed')).toEqual({ delayed: 1 });
    expect(await healQueueTimes(db)).toBe(0);
  } finally {
    await queues.close();
    await drop();
  }
});

const library = await findFaketime();
test.skipIf(library === null)(
  'a visit whose worker died under a clock 400 days ahead is made by the next one, not in 400 days',
  async () => {
    const { db, url, drop } = await testDatabase();
    await sql`create table visit_runs (source_id int, worker text)`.execute(db);
    await sql`create table visit_effects (source_id int primary key)`.execute(db);
    const queues = await openQueues({ REDIS_URL: null }, url);
    await enqueueVisit(queues, 5);
    const options = { redisUrl: null, databaseUrl: url, timing: { lockMs: 600, stallCheckMs: 200 } };
    const first = spawnWorker({ ...options, name: 'ahead', hangAfterEffect: true }, { library: library!, offset: '+400d' });
    await first.line('effect of 5');
    first.process.kill('SIGKILL');
    await once(first.process, 'exit');
    const second = spawnWorker({ ...options, name: 'right', hangAfterEffect: false });
    try {
      expect(await healQueueTimes(db)).toBeGreaterThan(1);
      await second.line('effect of 5');
      await waitIdle(queues);
      expect(await healQueueTimes(db)).toBe(0);
    } finally {
      second.process.kill('SIGTERM');
      await once(second.process, 'exit');
      await queues.close();
      await drop();
    }
  },
);
