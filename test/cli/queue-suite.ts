import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { dropWork, retryWork, viewQueue } from '../../src/desk/queue-work.ts';
import { ERRORS, type ErrorCode, OmbreError } from '../../src/errors.ts';
import { openQueues, type Queues } from '../../src/queue/connection.ts';
import type { Handlers } from '../../src/queue/handlers.ts';
import { enqueueVisit, waitIdle } from '../../src/queue/visits.ts';
import { type RunningWorker, startWorker } from '../../src/queue/worker.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { runOmbre } from './ombre-process.ts';

const SLUGS = ['one', 'two', 'three', 'four'] as const;
const YESTERDAY = new Date(Date.now() - 86_400_000);

/** What an operator sees of the queue and does to it, the same whatever it lives in. */
export function queueCommandSuite(name: string, redisUrl: () => Promise<string | null>): void {
  describe(`ombre queue on ${name}`, () => {
    let database: TestDatabase;
    let redis: string | null;
    let queues: Queues;
    let ids: Record<(typeof SLUGS)[number], number>;
    let workers: RunningWorker[];

    beforeEach(async () => {
      [database, redis] = await Promise.all([testDatabase(), redisUrl()]);
      queues = await openQueues({ REDIS_URL: redis }, database.url, { onError: () => undefined });
      workers = [];
      const rows = SLUGS.map(slug => ({ slug, name: slug, system: 'greenhouse', target: { board: slug }, enabled: true, notes: null }));
      const sources = await putSources(
        database.db,
        rows.map(row => ({ ...row, disabledReason: null, everyMinutes: 1440 })),
      );
      ids = Object.fromEntries(sources.map(({ slug, id }) => [slug, id])) as typeof ids;
      const later = new Date(Date.now() + 3_600_000);
      await database.db.updateTable('sources').set({ next_visit_at: later }).execute();
    });
    afterEach(async () => {
      await Promise.all(workers.map(worker => worker.close()));
      await queues.close();
      await database.drop();
    });

    async function work(visit: Handlers['visit'], concurrency = 1): Promise<RunningWorker> {
      const log = pino({ level: 'silent' });
      const timing = { againMs: 600_000, graceMs: 20, abortMs: 5_000 };
      const worker = await startWorker({ queues, concurrency, handlers: { visit }, log, timing });
      workers.push(worker);
      return worker;
    }

    const hang: Handlers['visit'] = (_, signal) => sleep(600_000, undefined, { signal });
    const ombre = (...args: string[]) => runOmbre(args, { DATABASE_URL: database.url, ...(redis && { REDIS_URL: redis }) });
    const view = () => viewQueue({ db: database.db, queues });
    const source = (slug: string) => database.db.selectFrom('sources').selectAll().where('slug', '=', slug).executeTakeFirstOrThrow();

    let pauses = 0;
    /** Each ends a second after the one before. */
    async function quarantine(
      slug: (typeof SLUGS)[number],
      { failures, reason, code }: { failures: number; reason: string; code?: ErrorCode },
    ): Promise<void> {
      const cooling = { failures, cooling_until: new Date(Date.now() + 7_200_000 + 1_000 * pauses++) };
      await database.db.updateTable('sources').set(cooling).where('slug', '=', slug).execute();
      const visit = { id: randomUUID(), source_id: ids[slug], started_at: YESTERDAY, ended_at: YESTERDAY, total: null };
      await database.db
        .insertInto('visits')
        .values({ ...visit, outcome: 'failed', reason, code })
        .execute();
    }

    test('shows what runs and where, what waits, what was put off until when, and what failed with what', async () => {
      const visits: Record<number, Handlers['visit']> = {
        [ids.one]: hang,
        [ids.two]: async () => {
          throw new OmbreError('E_DB_DOWN', 'gone fishing');
        },
        [ids.three]: async () => {
          throw new OmbreError('E_SOURCE', 'its target is no board');
        },
      };
      await enqueueVisit(queues, ids.two);
      await enqueueVisit(queues, ids.three);
      await enqueueVisit(queues, ids.one);
      await work(async (id, signal) => visits[id]?.(id, signal));
      await vi.waitFor(async () => expect((await view()).counts.visit).toMatchObject({ running: 1, delayed: 1, failed: 1 }), 10_000);
      await enqueueVisit(queues, ids.four);

      const { code, out } = await ombre('queue', 'inspect', '--json');
      expect(code).toBe(0);
      const seen = JSON.parse(out);
      expect(seen.backend).toBe(name);
      expect(seen.counts.visit).toEqual({ running: 1, waiting: 1, delayed: 1, failed: 1 });
      expect(seen.quarantined).toEqual([]);
      expect(seen.jobs).toMatchObject([
        { state: 'running', source: 'one', worker: { host: hostname(), pid: process.pid }, until: null, error: null },
        { state: 'waiting', source: 'four', worker: null, since: null },
        { state: 'delayed', source: 'two', error: 'Postgres does not answer: gone fishing' },
        { state: 'failed', source: 'three', error: 'A source row is not as it should be: its target is no board' },
      ]);
      const [running, , delayed, failed] = seen.jobs;
      expect(Date.parse(running.since)).toBeGreaterThanOrEqual(Date.parse(running.asked));
      expect(Date.parse(delayed.until) - Date.parse(delayed.asked)).toBeGreaterThanOrEqual(600_000);
      expect(Date.parse(failed.failed)).toBeGreaterThanOrEqual(Date.parse(failed.asked));

      const { out: text } = await ombre('queue', 'inspect');
      expect(text).toContain(`The queue on ${name}. visits: 1 running, 1 waiting, 1 put off, 1 failed.`);
      expect(text).toMatch(new RegExp(`running +one .* ${hostname()}:${process.pid} `));
      expect(text).toContain('No source is left alone.');
    });

    test('shows the plan of the next tick with its time', async () => {
      const log = pino({ level: 'silent' });
      const handlers = { visit: hang, due: async () => [] };
      workers.push(await startWorker({ queues, concurrency: 1, handlers, log, timing: { tickEveryMs: 3_600_000 } }));
      await vi.waitFor(async () => expect((await view()).counts.tick).toMatchObject({ delayed: 1 }), 10_000);
      const tick = (await view()).jobs.find(job => job.kind === 'tick' && job.state === 'delayed');
      expect(tick?.until?.getTime()).toBeGreaterThan(Date.now());
      expect(tick?.until?.getTime()).toBeLessThanOrEqual(Date.now() + 3_600_000);
    });

    test('a failed visit is told, and only with --apply made due and asked for again, without its record', async () => {
      await enqueueVisit(queues, ids.three);
      let runs = 0;
      const worker = await work(async () => {
        runs += 1;
        throw new Error('no such board');
      });
      await waitIdle(queues);
      await worker.close();
      const id = (await view()).jobs[0]!.id;

      const told = await ombre('queue', 'retry', id);
      expect([told.code, told.out]).toEqual([0, `${id} (three): it is visited now. Nothing was written; --apply does it.\n`]);
      expect((await view()).counts.visit).toMatchObject({ waiting: 0, failed: 1 });
      expect((await source('three')).next_visit_at.getTime()).toBeGreaterThan(Date.now());

      const done = await ombre('queue', 'retry', id, '--apply', '--json');
      expect([done.code, JSON.parse(done.out)]).toEqual([
        0,
        [{ what: id, source: 'three', found: 'failed', does: 'it is visited now', can: true, written: true }],
      ]);
      expect((await view()).counts.visit).toMatchObject({ waiting: 1, failed: 0 });
      expect((await source('three')).next_visit_at.getTime()).toBeLessThanOrEqual(Date.now());
      expect(runs).toBe(1);
    });

    test('a visit that was put off is made now, one that waits or runs is left to itself', async () => {
      const made: number[] = [];
      await enqueueVisit(queues, ids.two);
      await work(async (id, signal) => {
        made.push(id);
        if (id === ids.one) return hang(id, signal);
        if (made.length === 1) throw new OmbreError('E_DB_DOWN', 'gone fishing');
      }, 2);
      await vi.waitFor(async () => expect((await view()).counts.visit).toMatchObject({ delayed: 1 }), 10_000);
      const putOff = (await view()).jobs[0]!.id;
      const { id: running } = await enqueueVisit(queues, ids.one);
      await vi.waitFor(async () => expect((await view()).counts.visit).toMatchObject({ running: 1 }), 10_000);
      const retry = (id: string) => retryWork({ db: database.db, queues }, id, { apply: true });
      const drop = (id: string) => dropWork({ db: database.db, queues }, id, { apply: true });
      expect(await retry(running)).toMatchObject({ found: 'running', can: false, written: false });
      expect(await drop(running)).toMatchObject({ found: 'running', can: false, written: false });
      expect(await retry(putOff)).toMatchObject({ found: 'delayed', written: true });
      await vi.waitFor(() => expect(made).toEqual([ids.two, ids.one, ids.two]), 10_000);
      // A visit that was made runs on in the queue's eyes until it is put away.
      await vi.waitFor(async () => expect((await view()).counts.visit).toMatchObject({ running: 1, delayed: 0, failed: 0 }), 10_000);
    });

    test('a visit that waits is dropped only with --apply, and its source may be asked for again', async () => {
      const { id } = await enqueueVisit(queues, ids.one);
      expect(await dropWork({ db: database.db, queues }, id, { apply: false })).toMatchObject({
        found: 'waiting',
        can: true,
        written: false,
      });
      expect((await view()).counts.visit.waiting).toBe(1);
      expect(await dropWork({ db: database.db, queues }, id, { apply: true })).toMatchObject({ written: true });
      expect((await view()).jobs).toEqual([]);
      expect(await retryWork({ db: database.db, queues }, id, { apply: true })).toBeNull();
      expect((await enqueueVisit(queues, ids.one)).added).toBe(true);
    });

    test('shows the sources that are left alone with why and until when, and ends a quarantine by its slug', async () => {
      await quarantine('one', { failures: 3, reason: `${ERRORS.E_CRASHED.message}: 3 times`, code: 'E_CRASHED' });
      await quarantine('two', { failures: 4, reason: 'The host could not be reached: ECONNREFUSED' });
      await quarantine('three', { failures: 1, reason: 'The host asks to be left alone for a while: 429' });
      const { out } = await ombre('queue', 'inspect', '--json');
      expect(JSON.parse(out).quarantined).toMatchObject([
        { slug: 'one', reason: 'crashed', failures: 3, error: `${ERRORS.E_CRASHED.message}: 3 times`, since: YESTERDAY.toISOString() },
        { slug: 'two', reason: 'failed', failures: 4, error: 'The host could not be reached: ECONNREFUSED' },
        { slug: 'three', reason: 'pause', failures: 1 },
      ]);

      // Whoever is named beside a pause that a host asked for is released all the same; the exit code tells.
      const before = await source('three');
      const done = await ombre('queue', 'retry', 'one', 'three', '--apply');
      expect(done.code).toBe(1);
      expect(done.out).toContain('one: its quarantine ends and it is visited now; one more failure begins another.');
      expect(done.out).toContain(`three: nothing is done, its host asked to be left alone until ${before.cooling_until!.toISOString()}`);
      expect(await source('three')).toEqual(before);
      expect(await source('one')).toMatchObject({ cooling_until: null, failures: 3 });
      expect((await view()).jobs).toMatchObject([{ source: 'one', state: 'waiting' }]);

      const due = (await source('two')).next_visit_at;
      expect(await dropWork({ db: database.db, queues }, 'two', { apply: true })).toMatchObject({ found: 'quarantined', written: true });
      expect(await source('two')).toMatchObject({ cooling_until: null, failures: 0, next_visit_at: due });
      expect((await view()).quarantined.map(({ slug }) => slug)).toEqual(['three']);
      expect(await retryWork({ db: database.db, queues }, 'two', { apply: true })).toMatchObject({ found: null, can: false });
    });

    test('a name that nothing has is a mistake that names it, and nothing is changed', async () => {
      await quarantine('one', { failures: 3, reason: 'no' });
      const { code, out, err } = await ombre('queue', 'drop', 'one', 'nobody', '--apply');
      expect([code, out]).toEqual([2, '']);
      expect(err).toContain('what is "nobody"; allowed: an id of a visit, or a slug, that `ombre queue inspect` shows');
      expect((await source('one')).cooling_until).not.toBeNull();
    });
  });
}
