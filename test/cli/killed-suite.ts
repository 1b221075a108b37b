import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openQueues, type Queues } from '../../src/queue/connection.ts';
import { enqueueVisit } from '../../src/queue/visits.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { type BoardServer, serve, workdayBoard } from '../support/boards.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const COUNT = 90;

/** What a visit promises when its process dies, the same whatever the queue lives in. */
export function killedSuite(name: string, redisUrl: () => Promise<string | null>): void {
  describe(`a crawling worker on ${name}`, () => {
    let database: TestDatabase;
    let server: BoardServer;
    let queues: Queues;
    let redis: string | null;
    let sourceId: number;
    let children: ChildProcess[];

    beforeEach(async () => {
      children = [];
      [database, redis] = await Promise.all([testDatabase(), redisUrl()]);
      const board = workdayBoard(
        () => Array.from({ length: COUNT }, (_, n) => n),
        n => `Utilization Review Therapist ${n}`,
      );
      server = await serve(board, 15);
      queues = await openQueues({ REDIS_URL: redis }, database.url);
      const [source] = await putSources(database.db, [
        {
          slug: 'acme',
          name: 'Acme Health',
          system: 'workday',
          target: { host: 'acme.wd5.myworkdayjobs.com', tenant: 'acme', site: 'External' },
          enabled: true,
          disabledReason: null,
          everyMinutes: 60,
          notes: null,
        },
      ]);
      sourceId = source?.id ?? 0;
    });
    afterEach(async () => {
      for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await queues.close();
      await server.close();
      await database.drop();
    });

    function start(): ChildProcess {
      const script = fileURLToPath(new URL('./crawl-main.ts', import.meta.url));
      const options = JSON.stringify({ databaseUrl: database.url, redisUrl: redis, origin: server.origin });
      const child = spawn(process.execPath, [script, options], { stdio: ['ignore', 'inherit', 'inherit'] });
      children.push(child);
      return child;
    }

    const details = () => server.requests.filter(request => request.includes('/job/')).length;
    const visits = () => database.db.selectFrom('visits').selectAll().execute();

    async function until(what: () => boolean | Promise<boolean>): Promise<void> {
      while (!(await what())) {
        const broken = children.find(child => child.exitCode);
        if (broken) throw new Error(`a worker ended with ${broken.exitCode}`);
        await sleep(20);
      }
    }

    test('killed with -9 in the middle of a visit, it leaves one visit that is finished once, with nothing lost and nothing twice', async () => {
      await enqueueVisit(queues, sourceId);
      const first = start();
      // Past the first stored batch, so that there is something to lose.
      await until(() => details() >= 60);
      first.kill('SIGKILL');
      await once(first, 'exit');
      // As if the time had passed after which a dead worker's turn on the host ends.
      await database.db
        .updateTable('host_limits')
        .set({ held_until: new Date(0) })
        .execute();
      const asked = details();
      const before = await database.db.selectFrom('postings').select('id').execute();
      expect(before.length).toBeGreaterThan(0);
      expect(before.length).toBeLessThan(COUNT);

      start();
      await until(async () => (await visits()).some(visit => visit.ended_at !== null));
      const ended = await visits();
      expect(ended).toHaveLength(1);
      expect(ended[0]).toMatchObject({ outcome: 'complete', listed: COUNT });
      const postings = await database.db.selectFrom('postings').select(['id', 'key', 'has_body', 'closed_at', 'last_seen']).execute();
      expect(new Set(postings.map(posting => posting.key)).size).toBe(COUNT);
      expect(postings).toHaveLength(COUNT);
      expect(postings.every(posting => posting.has_body && posting.closed_at === null && posting.last_seen >= ended[0]!.started_at)).toBe(
        true,
      );
      // What was stored before the kill cost no second detail request.
      expect(details()).toBeLessThanOrEqual(asked + COUNT - before.length);
    }, 90_000);

    test('told to stop, it hands its visit back, and another worker finishes it', async () => {
      await enqueueVisit(queues, sourceId);
      const first = start();
      await until(() => details() >= 20);
      first.kill('SIGTERM');
      const [code] = await once(first, 'exit');
      expect(code).toBe(0);
      start();
      await until(async () => (await visits()).some(visit => visit.ended_at !== null));
      expect(await visits()).toMatchObject([{ outcome: 'complete', listed: COUNT }]);
      expect(await database.db.selectFrom('postings').select('id').execute()).toHaveLength(COUNT);
    }, 90_000);
  });
}
