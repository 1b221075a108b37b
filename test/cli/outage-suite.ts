import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Kysely } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import type { Database } from '../../src/store/schema.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { type PostgresServer, startPostgres } from '../queue/postgres-server.ts';
import { type BoardServer, serve, workdayBoard } from '../support/boards.ts';
import { createDatabase, dropDatabase, onServer, withDatabase } from '../support/server.ts';

const BOARDS = 3;
const COUNT = 16;
const PAGE_MS = 40;

export type Outages = { name: string; redisUrl(): Promise<string | null>; restartRedis?(meanwhile: () => Promise<void>): Promise<void> };

/** What holds when a server goes away under running visits, the same whatever the queue lives in. */
export function outageSuite({ name, redisUrl, restartRedis }: Outages): void {
  describe(`three visits of a worker on ${name}`, () => {
    let postgres: PostgresServer;
    let server: BoardServer;
    let url: string;
    let db: Kysely<Database>;
    let child: ChildProcess;
    let said: string;
    let serial = 0;

    beforeAll(async () => {
      const board = workdayBoard(
        () => Array.from({ length: COUNT }, (_, n) => n),
        n => `Utilization Review Therapist ${n}`,
      );
      [postgres, server] = await Promise.all([startPostgres(), serve(board, PAGE_MS)]);
    }, 120_000);
    afterAll(async () => {
      await server?.close();
      await postgres?.stop();
    });

    /** Three boards that were visited before, whose next visit reads every page again. */
    beforeEach(async () => {
      serial += 1;
      const database = `outage_${serial}`;
      await onServer(postgres.url, client => createDatabase(client, database));
      url = withDatabase(postgres.url, database);
      db = openDatabase(url, { max: 2 });
      await migrate(db);
      await putSources(
        db,
        Array.from({ length: BOARDS }, (_, n) => ({
          slug: `acme-${n}`,
          name: 'Acme Health',
          system: 'workday',
          target: { host: `acme${n}.wd5.myworkdayjobs.com`, tenant: `acme${n}`, site: 'External' },
          enabled: true,
          disabledReason: null,
          everyMinutes: 60,
          notes: null,
        })),
      );
      server.requests.length = 0;
      server.mostAtOnce.clear();
      said = '';
      const script = fileURLToPath(new URL('./crawl-main.ts', import.meta.url));
      const options = JSON.stringify({ databaseUrl: url, redisUrl: await redisUrl(), origin: server.origin, ticks: true });
      child = spawn(process.execPath, [script, options], { stdio: ['ignore', 'inherit', 'pipe'] });
      child.stderr?.on('data', chunk => {
        said += chunk;
      });
      await until(async () => (await ended()) === BOARDS);
      await db.updateTable('postings').set({ list_hash: 'another' }).execute();
      server.requests.length = 0;
      await db
        .updateTable('sources')
        .set({ next_visit_at: new Date(0) })
        .execute();
      await until(async () => Array.from({ length: BOARDS }, (_, n) => details(n)).every(count => count >= 3));
    }, 60_000);
    afterEach(async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await db.destroy();
      await onServer(postgres.url, client => dropDatabase(client, new URL(url).pathname.slice(1)));
    });

    const details = (n: number) => server.requests.filter(request => request.includes(`acme${n}.`) && request.includes('/job/')).length;
    const visits = () => db.selectFrom('visits').selectAll().execute();
    const ended = async () => (await visits()).filter(visit => visit.ended_at !== null).length;

    async function until(what: () => Promise<boolean>): Promise<void> {
      while (!(await what())) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the worker ended with ${child.exitCode}: ${said}`);
        await sleep(50);
      }
    }

    async function expectAllWell(): Promise<void> {
      await until(async () => (await ended()) >= 2 * BOARDS);
      // One visit each, taken up under its old id however often it broke off.
      expect(await visits()).toHaveLength(2 * BOARDS);
      expect((await visits()).map(visit => [visit.outcome, visit.listed])).toEqual(Array(2 * BOARDS).fill(['complete', COUNT]));
      const postings = await db.selectFrom('postings').select(['source_id', 'key', 'closed_at', 'reopened_at']).execute();
      expect(new Set(postings.map(posting => `${posting.source_id} ${posting.key}`)).size).toBe(BOARDS * COUNT);
      expect(postings).toHaveLength(BOARDS * COUNT);
      expect(postings.filter(posting => posting.closed_at !== null || posting.reopened_at !== null)).toEqual([]);
      const sources = await db.selectFrom('sources').select(['failures', 'cooling_until']).execute();
      expect(sources).toEqual(Array(BOARDS).fill({ failures: 0, cooling_until: null }));
      expect([...server.mostAtOnce.values()]).toEqual(Array(BOARDS).fill(1));
      child.kill('SIGTERM');
      const [code] = await once(child, 'exit');
      expect(code, said).toBe(0);
    }

    test('go on when each connection of the process is ended by the server, one after the other', async () => {
      const pids = await onServer(postgres.url, async client => {
        const sessions = 'select pid from pg_stat_activity where datname = $1 and pid <> pg_backend_pid() order by random()';
        return (await client.query<{ pid: number }>(sessions, [new URL(url).pathname.slice(1)])).rows.map(row => row.pid);
      });
      expect(pids.length).toBeGreaterThan(BOARDS);
      await onServer(postgres.url, async client => {
        for (const pid of pids) {
          await client.query('select pg_terminate_backend($1)', [pid]);
          await sleep(40);
        }
      });
      await expectAllWell();
    }, 60_000);

    test.each([
      ['fast', 'SIGINT' as const],
      ['immediate', 'SIGQUIT' as const],
    ])(
      'outlast a restart of Postgres by a %s stop, and say so in a line or two',
      async (_, how) => {
        await postgres.restart(() => sleep(1_500), how);
        await expectAllWell();
        const lines = said.split('\n').filter(Boolean);
        expect(lines.length, said).toBeLessThan(20);
        expect(said).not.toContain('Unhandled');
        expect(said).not.toContain('stack');
      },
      60_000,
    );

    test.runIf(restartRedis)(
      'outlast a Redis that comes back without its data',
      async () => {
        await restartRedis?.(() => sleep(1_500));
        await expectAllWell();
      },
      60_000,
    );
  });
}
