import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { OmbreError } from '../../src/errors.ts';
import { openQueues, type Queues } from '../../src/queue/connection.ts';
import { queueDepths } from '../../src/queue/depths.ts';
import { type Handlers, VisitLater } from '../../src/queue/handlers.ts';
import { pingQueue } from '../../src/queue/ping.ts';
import { keepTicking } from '../../src/queue/ticking.ts';
import { enqueueVisit, waitIdle } from '../../src/queue/visits.ts';
import { type RunningWorker, startWorker, type WorkerTiming } from '../../src/queue/worker.ts';
import { inLogContext, loggedContext, noteInLog } from '../../src/telemetry/log-context.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { spawnWorker } from './worker-process.ts';

/** One place a queue can live, and what only that place knows how to do. */
export type BackendUnderTest = {
  /** REDIS_URL of an empty Redis, or null for the queue in Postgres. Called before each test. */
  fresh(): Promise<string | null>;
  /** Ends every connection to the backend but the caller's own. */
  cutConnections(database: TestDatabase): Promise<void>;
  /** Makes the lock of a running job somebody else's. */
  takeLock(database: TestDatabase, jobId: string): Promise<void>;
  /** Settings of a backend that is not there. */
  unreachable(port: number): { redisUrl: string | null; databaseUrl: string };
};

const FAST: Partial<WorkerTiming> = { lockMs: 600, stallCheckMs: 200, graceMs: 2_000, abortMs: 5_000 };
const log = pino({ level: 'silent' });

/** What the queue promises, the same on every backend. */
export function queueSuite(name: string, backend: BackendUnderTest): void {
  describe(`the queue on ${name}`, () => {
    let database: TestDatabase;
    let redisUrl: string | null;
    let queues: Queues;
    let workers: RunningWorker[];

    beforeEach(async () => {
      [database, redisUrl] = await Promise.all([testDatabase(), backend.fresh()]);
      queues = await openQueues({ REDIS_URL: redisUrl }, database.url, { onError: () => undefined });
      workers = [];
    });

    afterEach(async () => {
      await Promise.all(workers.map(worker => worker.close()));
      await queues.close();
      await database.drop();
    });

    async function work(
      handlers: Handlers,
      options: { concurrency?: number; timing?: Partial<WorkerTiming> } = {},
    ): Promise<RunningWorker> {
      const { concurrency = 4, timing } = options;
      const worker = await startWorker({ queues, concurrency, handlers, log, timing: { ...FAST, ...timing } });
      workers.push(worker);
      return worker;
    }

    test('lives where the settings say', () => {
      expect(queues.backend).toBe(name);
    });

    test('tells how many jobs of each kind there are in each state, and for how long the oldest has been due', async () => {
      await queues.visits.add('visit', { sourceId: 1 }, { timestamp: Date.now() - 3_600_000 });
      await enqueueVisit(queues, 2);
      await queues.digests.add('digest', {}, { delay: 3_600_000 });
      const depths = await queueDepths(queues);
      const of = (queue: string, state: string) => depths.find(depth => depth.queue === queue && depth.state === state);
      expect(of('visits', 'waiting')!.jobs).toBe(2);
      expect(of('visits', 'waiting')!.oldestSeconds).toBeGreaterThanOrEqual(3_600);
      expect(of('digests', 'delayed')).toMatchObject({ jobs: 1, oldestSeconds: 0 });
      expect(of('ticks', 'waiting')).toMatchObject({ jobs: 0, oldestSeconds: null });
      expect(depths).toHaveLength(16);
    });

    test('tells of a visit that failed, broke off or was handed back with what was noted of it', async () => {
      const lines: Record<string, unknown>[] = [];
      const noting = pino({ mixin: loggedContext }, { write: (line: string) => void lines.push(JSON.parse(line)) });
      const visit = async (id: number, signal: AbortSignal) =>
        inLogContext(async () => {
          noteInLog({ source: `source-${id}` });
          if (id === 1) throw new Error('a fault of ours');
          if (id === 2) throw new OmbreError('E_DB_DOWN');
          await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
        });
      for (const id of [1, 2, 3]) await enqueueVisit(queues, id);
      const worker = await startWorker({
        queues,
        concurrency: 4,
        handlers: { visit },
        log: noting,
        timing: { ...FAST, graceMs: 50, againMs: 60_000 },
      });
      workers.push(worker);
      await vi.waitFor(() => expect(lines.length).toBeGreaterThanOrEqual(2), { timeout: 20_000 });
      await worker.close();
      const said = lines.map(({ source, msg }) => [source, String(msg).split(',')[0]]).sort();
      expect(said).toEqual([
        ['source-1', 'visit failed'],
        ['source-2', 'visit broke off'],
        ['source-3', 'visit handed back'],
      ]);
    });

    test('takes no second visit of a source while one waits or runs, and takes one again afterwards', async () => {
      const first = await enqueueVisit(queues, 7);
      expect(first.added).toBe(true);
      expect(await enqueueVisit(queues, 7)).toEqual({ id: first.id, added: false });
      expect((await enqueueVisit(queues, 8)).added).toBe(true);

      const gate = Promise.withResolvers<void>();
      const made: number[] = [];
      await work({
        visit: async id => {
          made.push(id);
          await gate.promise;
        },
      });
      await vi.waitFor(() => expect(made.toSorted()).toEqual([7, 8]), 10_000);
      expect(await enqueueVisit(queues, 7)).toEqual({ id: first.id, added: false });
      gate.resolve();
      await waitIdle(queues);

      expect((await enqueueVisit(queues, 7)).added).toBe(true);
      await waitIdle(queues);
      expect(made.toSorted()).toEqual([7, 7, 8]);
    });

    test('of many at once who ask for a visit of one source, one adds it', async () => {
      const asked = await Promise.all(Array.from({ length: 20 }, () => enqueueVisit(queues, 3)));
      expect(asked.filter(({ added }) => added)).toHaveLength(1);
      expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    });

    test('does not try a failed visit again, and lets the next visit of that source in', async () => {
      let runs = 0;
      await work({
        visit: async () => {
          runs++;
          if (runs === 1) throw new Error('no such board');
        },
      });
      await enqueueVisit(queues, 1);
      await waitIdle(queues);
      expect(runs).toBe(1);
      expect((await pingQueue(queues)).visits).toEqual({ waiting: 0, active: 0, failed: 1 });

      expect((await enqueueVisit(queues, 1)).added).toBe(true);
      await waitIdle(queues);
      expect(runs).toBe(2);
    });

    test('makes a visit that has to wait again in a while, and tells it neither as failed nor as made', async () => {
      let runs = 0;
      const visit = async () => {
        runs++;
        if (runs < 3) throw new VisitLater('another one goes first');
      };
      await work({ visit }, { timing: { againMs: 50 } });
      const { id } = await enqueueVisit(queues, 1);
      await vi.waitFor(() => expect(runs).toBe(1), 10_000);
      expect(await enqueueVisit(queues, 1)).toEqual({ id, added: false });
      await waitIdle(queues);
      expect(runs).toBe(3);
      expect((await pingQueue(queues)).visits).toEqual({ waiting: 0, active: 0, failed: 0 });
    });

    test('enqueues on each tick the due sources that have no visit yet', async () => {
      const made: number[] = [];
      const gate = Promise.withResolvers<void>();
      let ticks = 0;
      const handlers: Handlers = {
        visit: async id => {
          made.push(id);
          await gate.promise;
        },
        due: async () => {
          ticks++;
          return [1, 2, 3];
        },
      };
      // Two workers, as after a restart of one of two: the schedule is still one. With a lock that a busy machine renews in time, no visit is made twice.
      const timing = { tickEveryMs: 250, lockMs: 20_000 };
      await Promise.all([work(handlers, { timing }), work(handlers, { timing })]);
      await vi.waitFor(() => expect(ticks).toBeGreaterThanOrEqual(4), 10_000);
      expect(made.toSorted()).toEqual([1, 2, 3]);
      expect(await queues.ticks.getJobSchedulers()).toHaveLength(1);
      gate.resolve();
    });

    test('has workers that start at the same moment plan one tick, and none of them fail', async () => {
      const others = await Promise.all([1, 2, 3, 4].map(() => openQueues({ REDIS_URL: redisUrl }, database.url)));
      try {
        for (let round = 1; round <= 10; round++) {
          const settings = { log: { warn: () => undefined }, onError: () => undefined };
          const planned = await Promise.all(others.map(({ ticks }) => keepTicking(ticks, `tick-${round}`, 60_000, settings)));
          for (const { stop } of planned) stop();
          expect((await queues.ticks.getJobSchedulers()).filter(({ key }) => key === `tick-${round}`)).toHaveLength(1);
        }
      } finally {
        await Promise.all(others.map(other => other.close()));
      }
    });

    test('has one of three workers serve a tick and a digest at a time, also when that takes longer than the time between two', async () => {
      const leading = { due: 0, digest: 0 };
      const most = { due: 0, digest: 0 };
      const served = { due: 0, digest: 0 };
      const lead = async (what: keyof typeof leading) => {
        leading[what] += 1;
        most[what] = Math.max(most[what], leading[what]);
        await sleep(350);
        leading[what] -= 1;
        served[what] += 1;
      };
      const handlers: Handlers = { visit: async () => undefined, due: () => lead('due').then(() => []), digest: () => lead('digest') };
      const timing = { tickEveryMs: 100, lockMs: 20_000 };
      await Promise.all([1, 2, 3].map(() => work(handlers, { timing })));
      await vi.waitFor(() => expect(Math.min(served.due, served.digest)).toBeGreaterThanOrEqual(4), 20_000);
      expect(most).toEqual({ due: 1, digest: 1 });
    });

    test('goes on ticking after a tick that failed', async () => {
      let ticks = 0;
      const made: number[] = [];
      await work(
        {
          visit: async id => {
            made.push(id);
          },
          due: async () => {
            ticks++;
            if (ticks === 1) throw new Error('Postgres was away');
            return ticks === 2 ? [5] : [];
          },
        },
        { timing: { tickEveryMs: 250 } },
      );
      await vi.waitFor(() => expect(made).toEqual([5]), 10_000);
    });

    test('shares the visits between two workers, each made once', async () => {
      const made: [worker: string, sourceId: number][] = [];
      const both = Promise.withResolvers<void>();
      const handler = (worker: string): Handlers => ({
        visit: async id => {
          made.push([worker, id]);
          if (new Set(made.map(([who]) => who)).size === 2) both.resolve();
          // Nobody gets far alone: every visit waits until both workers have one.
          await both.promise;
        },
      });
      for (let id = 1; id <= 40; id++) await enqueueVisit(queues, id);
      await Promise.all([work(handler('a'), { concurrency: 2 }), work(handler('b'), { concurrency: 2 })]);
      await waitIdle(queues);
      expect(made.map(([, id]) => id).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    });

    test('close() takes no more visits and lets the running ones finish', async () => {
      const made: number[] = [];
      const started = Promise.withResolvers<void>();
      const gate = Promise.withResolvers<void>();
      const worker = await work(
        {
          visit: async (id, signal) => {
            started.resolve();
            await gate.promise;
            expect(signal.aborted).toBe(false);
            made.push(id);
          },
        },
        { concurrency: 1 },
      );
      await enqueueVisit(queues, 1);
      await started.promise;
      await enqueueVisit(queues, 2);
      const closed = Promise.all([worker.close(), worker.close()]);
      gate.resolve();
      await closed;
      await worker.close();
      expect(made).toEqual([1]);
      expect((await pingQueue(queues)).visits).toEqual({ waiting: 1, active: 0, failed: 0 });
    });

    test('close() hands back the visits that do not finish in the grace period, and another worker makes them', async () => {
      const started: number[] = [];
      const reasons: unknown[] = [];
      const leaving = await work(
        {
          visit: async (id, signal) => {
            started.push(id);
            await sleep(60_000, undefined, { signal }).catch(() => {
              reasons.push(signal.reason);
              throw new Error('the visit says it its own way');
            });
          },
        },
        { concurrency: 2, timing: { graceMs: 20, lockMs: 30_000, stallCheckMs: 30_000 } },
      );
      for (const id of [1, 2, 3]) await enqueueVisit(queues, id);
      await vi.waitFor(() => expect(started.toSorted()).toEqual([1, 2]), 10_000);
      await leaving.close();

      expect(reasons).toEqual([expect.objectContaining({ code: 'E_STOPPED' }), expect.objectContaining({ code: 'E_STOPPED' })]);
      expect((await pingQueue(queues)).visits).toEqual({ waiting: 3, active: 0, failed: 0 });
      expect((await enqueueVisit(queues, 1)).added).toBe(false);

      const made: number[] = [];
      // Locks that outlast the test: what is made now was handed back, not found stalled.
      await work({ visit: async id => void made.push(id) }, { timing: { lockMs: 30_000, stallCheckMs: 30_000 } });
      await waitIdle(queues);
      expect(made.toSorted()).toEqual([1, 2, 3]);
      expect((await pingQueue(queues)).visits).toEqual({ waiting: 0, active: 0, failed: 0 });
    });

    test('close() does not wait for ever for a visit that ignores its abort; another worker makes that visit', async () => {
      const started = Promise.withResolvers<void>();
      const gate = Promise.withResolvers<void>();
      const deaf = await work(
        {
          visit: async () => {
            started.resolve();
            await gate.promise;
          },
        },
        { timing: { graceMs: 20, abortMs: 20 } },
      );
      await enqueueVisit(queues, 1);
      await started.promise;
      await deaf.close();

      const made: number[] = [];
      await work({ visit: async id => void made.push(id) });
      await vi.waitFor(() => expect(made).toEqual([1]), 15_000);
      gate.resolve();
    });

    test('aborts a visit whose lock was lost, and the visit is made again', async () => {
      const reasons: unknown[] = [];
      const started = Promise.withResolvers<void>();
      let runs = 0;
      await work({
        visit: async (_, signal) => {
          runs++;
          if (runs > 1) return;
          started.resolve();
          await sleep(60_000, undefined, { signal }).catch(() => {
            reasons.push(signal.reason);
            signal.throwIfAborted();
          });
        },
      });
      const { id } = await enqueueVisit(queues, 1);
      await started.promise;
      await backend.takeLock(database, id);
      await waitIdle(queues);
      expect(reasons).toEqual([expect.objectContaining({ code: 'E_STOPPED' })]);
      expect(runs).toBe(2);
      expect((await pingQueue(queues)).visits).toEqual({ waiting: 0, active: 0, failed: 0 });
    });

    test('fails a visit that lost its worker four times, and lets the next visit of that source in', async () => {
      const runs: string[] = [];
      await work({
        visit: async (sourceId, signal) => {
          runs.push(`visit of ${sourceId}`);
          await sleep(60_000, undefined, { signal });
        },
      });
      const { id } = await enqueueVisit(queues, 1);
      for (let run = 1; run <= 4; run++) {
        await vi.waitFor(() => expect(runs).toHaveLength(run), 10_000);
        await backend.takeLock(database, id);
      }
      await waitIdle(queues);
      expect(runs).toHaveLength(4);
      expect((await pingQueue(queues)).visits).toEqual({ waiting: 0, active: 0, failed: 1 });
      expect((await enqueueVisit(queues, 1)).added).toBe(true);
    });

    test('goes on after every connection to the backend was cut', async () => {
      const made: number[] = [];
      await work({ visit: async id => void made.push(id) });
      await enqueueVisit(queues, 1);
      await vi.waitFor(() => expect(made).toEqual([1]), 10_000);
      await backend.cutConnections(database);
      await vi.waitFor(() => enqueueVisit(queues, 2), 10_000);
      await vi.waitFor(() => expect(made).toEqual([1, 2]), 20_000);
    });

    test('makes a visit again whose worker process was killed in the middle, with one effect, and loses none', async () => {
      await database.db.schema
        .createTable('visit_runs')
        .addColumn('source_id', 'integer', column => column.notNull())
        .addColumn('worker', 'text', column => column.notNull())
        .execute();
      await database.db.schema
        .createTable('visit_effects')
        .addColumn('source_id', 'integer', column => column.primaryKey())
        .execute();
      for (const id of [1, 2, 3, 4]) await enqueueVisit(queues, id);

      const settings = { redisUrl, databaseUrl: database.url, timing: FAST };
      // The worst moment: the effect is in Postgres, and the worker dies before it could say so.
      const killed = spawnWorker({ ...settings, name: 'killed', hangAfterEffect: true });
      await killed.line('effect of 1');
      killed.process.kill('SIGKILL');
      await once(killed.process, 'exit');
      expect((await pingQueue(queues)).visits).toEqual({ waiting: 3, active: 1, failed: 0 });

      const restarted = spawnWorker({ ...settings, name: 'restarted', hangAfterEffect: false });
      await waitIdle(queues);
      restarted.process.kill('SIGTERM');
      const [code] = await once(restarted.process, 'exit');
      expect(code).toBe(0);

      expect(await rows(database, 'select source_id, worker from visit_runs order by 1, 2')).toEqual([
        { source_id: 1, worker: 'killed' },
        { source_id: 1, worker: 'restarted' },
        { source_id: 2, worker: 'restarted' },
        { source_id: 3, worker: 'restarted' },
        { source_id: 4, worker: 'restarted' },
      ]);
      expect(await rows(database, 'select source_id from visit_effects order by 1')).toEqual(
        [1, 2, 3, 4].map(source_id => ({ source_id })),
      );
      expect((await pingQueue(queues)).visits).toEqual({ waiting: 0, active: 0, failed: 0 });
    });

    test('a worker that does not get ready stops the visits it has begun and hands them back', async () => {
      const begun = Promise.withResolvers<void>();
      const reasons: unknown[] = [];
      const refuses = async () => {
        await begun.promise;
        throw new Error('no plan');
      };
      const ticks = Object.create(queues.ticks, { upsertJobScheduler: { value: refuses } }) as Queues['ticks'];
      const handlers: Handlers = {
        visit: async (_, signal) => {
          begun.resolve();
          await sleep(60_000, undefined, { signal }).catch(() => {
            reasons.push(signal.reason);
            throw new Error('the visit says it its own way');
          });
        },
        due: async () => [],
      };
      await enqueueVisit(queues, 1);
      const started = startWorker({ queues: { ...queues, ticks }, concurrency: 1, handlers, log, timing: { ...FAST, lockMs: 30_000 } });
      await expect(started).rejects.toMatchObject({ code: 'E_QUEUE_DOWN' });
      expect(reasons).toEqual([expect.objectContaining({ code: 'E_STOPPED' })]);
      expect((await pingQueue(queues)).visits).toEqual({ waiting: 1, active: 0, failed: 0 });
    });

    test('waiting for idleness ends with the reason of an abort', async () => {
      await enqueueVisit(queues, 1);
      const reason = new Error('enough');
      await expect(waitIdle(queues, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    });

    test('says what is wrong when the backend is not there', async () => {
      const { redisUrl: nowhere, databaseUrl } = backend.unreachable(await closedPort());
      const opened = openQueues({ REDIS_URL: nowhere }, databaseUrl, { onError: () => undefined, readyWithinMs: 1500 });
      await expect(opened).rejects.toMatchObject({ code: 'E_QUEUE_DOWN' });
    });

    test('tells health in one sentence, also when it was closed', async () => {
      expect(await pingQueue(queues)).toEqual({
        ok: true,
        backend: name,
        message: `The queue on ${name} answers: 0 waiting, 0 running, 0 failed visits kept.`,
        visits: { waiting: 0, active: 0, failed: 0 },
      });
      const other = await openQueues({ REDIS_URL: redisUrl }, database.url);
      await other.close();
      expect(await pingQueue(other, 500)).toMatchObject({ ok: false, backend: name, visits: null });
    });
  });
}

async function rows(database: TestDatabase, text: string): Promise<unknown[]> {
  return (await sql.raw(text).execute(database.db)).rows;
}

/** A loopback port nobody listens on. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}
