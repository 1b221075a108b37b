import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const SCRIPT = fileURLToPath(new URL('./leader-main.ts', import.meta.url));
/** What is promised to whoever waits for the next tick. */
const TAKEN_OVER_WITHIN_MS = 60_000;

type Lead = { pid: number; what: 'tick' | 'digest'; began: Date; ended: Date | null };

/** Who leads of several workers, and who does when that one is killed; the same whatever the queue lives in. */
export function leaderSuite(name: string, redisUrl: () => Promise<string | null>): void {
  describe(`of three workers on ${name}`, () => {
    let database: TestDatabase;
    let workers: ChildProcess[];
    beforeEach(async () => {
      const [made, redis] = await Promise.all([testDatabase(), redisUrl()]);
      database = made;
      await sql`create table leads (id serial primary key, pid int not null, what text not null, began timestamptz not null default clock_timestamp(), ended timestamptz)`.execute(
        database.db,
      );
      await sql`create table made (source_id int not null, pid int not null)`.execute(database.db);
      const options = JSON.stringify({ databaseUrl: database.url, redisUrl: redis });
      workers = [1, 2, 3].map(() => spawn(process.execPath, [SCRIPT, options], { stdio: ['ignore', 'ignore', 'inherit'] }));
    });
    afterEach(async () => {
      for (const worker of workers) {
        if (worker.exitCode !== null || worker.signalCode !== null) continue;
        worker.kill('SIGKILL');
        await once(worker, 'exit');
      }
      await database.drop();
    });

    const leads = async () => (await sql<Lead>`select pid, what, began, ended from leads order by began`.execute(database.db)).rows;

    /** Kills whoever leads at this moment, and says who it was. */
    async function killLeader(what: Lead['what']): Promise<number> {
      for (;;) {
        const leading = (await leads()).find(lead => lead.what === what && lead.ended === null && alive(lead.pid));
        const worker = workers.find(({ pid }) => pid === leading?.pid);
        if (!worker) {
          await new Promise(resolve => setTimeout(resolve, 20));
          continue;
        }
        worker.kill('SIGKILL');
        await once(worker, 'exit');
        return leading!.pid;
      }
    }
    const alive = (pid: number) => workers.some(worker => worker.pid === pid && worker.exitCode === null && worker.signalCode === null);

    test('one leads at a time, another takes over within a minute when it is killed, and each source is asked for once', {
      timeout: 240_000,
    }, async () => {
      const made = async () => (await sql<{ source_id: number }>`select source_id from made order by 1`.execute(database.db)).rows;
      // None of them is cut off by a kill, which would have it made again.
      await vi.waitFor(async () => expect((await made()).length).toBeGreaterThanOrEqual(12), 30_000);
      for (const what of ['tick', 'digest'] as const) {
        await vi.waitFor(
          async () => expect((await leads()).filter(lead => lead.what === what && lead.ended !== null)).not.toEqual([]),
          30_000,
        );
        const killed = await killLeader(what);
        const before = (await leads()).length;
        const next = () =>
          leads().then(all => all.slice(before).filter(lead => lead.what === what && lead.pid !== killed && lead.ended !== null));
        await vi.waitFor(async () => expect(await next()).not.toEqual([]), { timeout: TAKEN_OVER_WITHIN_MS, interval: 100 });
      }
      for (const what of ['tick', 'digest'] as const) {
        const all = (await leads()).filter(lead => lead.what === what);
        // One that was killed has led no longer than until the next one began.
        const together = all.filter((lead, n) => n > 0 && (all[n - 1]!.ended?.getTime() ?? 0) > lead.began.getTime());
        expect(together).toEqual([]);
        expect(new Set(all.map(({ pid }) => pid)).size).toBeGreaterThan(1);
      }
      expect((await made()).map(row => row.source_id)).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
    });
  });
}
