import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openQueues, type Queues } from '../../src/queue/connection.ts';
import type { Handlers } from '../../src/queue/handlers.ts';
import { pingQueue } from '../../src/queue/ping.ts';
import { waitIdle } from '../../src/queue/visits.ts';
import { type RunningWorker, startWorker } from '../../src/queue/worker.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

/** What a store loses: all of it, the plans of what comes again, or the jobs that wait for their time, with or without what they are. */
type Loss = 'everything' | 'the plans' | 'the jobs that wait' | 'what the jobs are';

export type LosingBackend = {
  name: string;
  fresh(): Promise<string | null>;
  /** Takes it away under running workers, whose connections stay. */
  lose(database: TestDatabase, what: Loss): Promise<void>;
  losses: Loss[];
};

const EVERY = 500;

/** What holds when the store of the queue loses data while workers run, the same whatever it is. */
export function lostSuite({ name, fresh, lose, losses }: LosingBackend): void {
  describe(`two workers whose queue on ${name} loses data`, () => {
    let database: TestDatabase;
    let queues: Queues;
    let workers: RunningWorker[];
    let said: string[];
    beforeEach(async () => {
      const [made, redisUrl] = await Promise.all([testDatabase(), fresh()]);
      database = made;
      queues = await openQueues({ REDIS_URL: redisUrl }, database.url, { onError: () => undefined });
      workers = [];
      said = [];
    });
    afterEach(async () => {
      await Promise.all(workers.map(worker => worker.close()));
      await queues.close();
      await database.drop();
    });

    async function work(handlers: Handlers): Promise<void> {
      const log = pino({ level: 'warn' }, { write: line => void said.push(line) });
      const timing = { lockMs: 1_000, stallCheckMs: 300, tickEveryMs: EVERY };
      const two = [1, 2].map(() => startWorker({ queues, concurrency: 2, handlers, log, timing }));
      workers = await Promise.all(two);
    }

    test.each(losses)('have their ticks and digests come again, none twice, after it lost %s', { timeout: 60_000 }, async what => {
      const ticks: number[] = [];
      const digests: number[] = [];
      await work({
        visit: async () => undefined,
        due: async () => {
          ticks.push(performance.now());
          return [];
        },
        digest: async () => void digests.push(performance.now()),
      });
      for (const seen of [ticks, digests]) await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(3), 20_000);
      await lose(database, what);
      const lostAt = performance.now();
      // What was planned before may come once more; a plan that lives comes time and again.
      for (const seen of [ticks, digests]) {
        await vi.waitFor(() => expect(seen.filter(at => at > lostAt).length).toBeGreaterThanOrEqual(10), 30_000);
        // However late the first of them was, each further one has a time of its own.
        const last = seen.slice(-7);
        expect(last.at(-1)! - last[0]!).toBeGreaterThan(4.9 * EVERY);
      }
      for (const queue of [queues.ticks, queues.digests]) {
        expect(await queue.getJobSchedulers()).toHaveLength(1);
        await vi.waitFor(async () => expect(await queue.getJobCounts('waiting', 'delayed')).toEqual({ waiting: 0, delayed: 1 }), 10_000);
      }
      expect(said.filter(line => line.includes('was lost by the queue')).length).toBeGreaterThan(0);
    });

    test('make the visits again that ran when it lost everything, and tell of it in lines without a stack', {
      timeout: 60_000,
    }, async () => {
      const waiting = new Set([1, 2, 3]);
      const reasons: unknown[] = [];
      let lost = false;
      let started = 0;
      await work({
        due: async () => [...waiting],
        visit: async (id, signal) => {
          started++;
          // The third ends well, and finds its job gone only then.
          if (id === 3) await vi.waitUntil(() => lost, 20_000);
          else if (!lost) {
            await sleep(60_000, undefined, { signal }).catch(() => {
              reasons.push(signal.reason);
              signal.throwIfAborted();
            });
          }
          waiting.delete(id);
        },
      });
      await vi.waitFor(() => expect(started).toBe(3), 20_000);
      await lose(database, 'everything');
      lost = true;
      await vi.waitFor(() => expect([...waiting]).toEqual([]), 30_000);
      // The visits may be made again by the other worker before the first one sees that its own are gone.
      const stopped = expect.objectContaining({ code: 'E_STOPPED' });
      await vi.waitFor(() => expect(reasons).toEqual([stopped, stopped]), 30_000);
      await waitIdle(queues);
      expect((await pingQueue(queues)).visits).toEqual({ waiting: 0, active: 0, failed: 0 });
      expect(said.join('')).not.toContain('stack');
      expect(said.join('')).toContain('the queue lost hold of');
    });
  });
}
