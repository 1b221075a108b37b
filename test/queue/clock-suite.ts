import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { findFaketime, spawnAt } from '../support/faketime.ts';

const faketime = await findFaketime();
if (faketime === null) console.log('faketime is not installed: the queue is not tested under wrong clocks here (apt-get install faketime)');

/** What the queue promises when a machine's clock is wrong, the same whatever it lives in. */
export function clockSuite(name: string, fresh: () => Promise<string | null>): void {
  describe.skipIf(faketime === null)(`the queue on ${name} under a wrong clock`, () => {
    let database: TestDatabase;
    let redisUrl: string | null;
    const children: ReturnType<typeof spawnAt>[] = [];
    beforeEach(async () => {
      [database, redisUrl] = await Promise.all([testDatabase(), fresh()]);
    });
    afterEach(async () => {
      for (const child of children.splice(0)) {
        if (child.exitCode === null && child.signalCode === null) {
          child.kill('SIGKILL');
          await once(child, 'exit');
        }
      }
      await database.drop();
    });

    /** Runs a ticking worker until it has served so many ticks. */
    async function ticks(offset: string | null, count: number): Promise<string[]> {
      const script = fileURLToPath(new URL('./tick-main.ts', import.meta.url));
      const child = spawnAt(faketime!, offset, script, [JSON.stringify({ databaseUrl: database.url, redisUrl })]);
      children.push(child);
      const seen: string[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        seen.push(line);
        if (seen.length === count) break;
      }
      child.kill('SIGTERM');
      await once(child, 'exit');
      return seen;
    }

    test('a worker whose clock is 400 days ahead does not keep the ticks of the next one waiting for 400 days', {
      timeout: 90_000,
    }, async () => {
      expect(await ticks('+400d', 2)).toHaveLength(2);
      expect(await ticks(null, 2)).toHaveLength(2);
    });

    test('a worker whose clock is an hour behind does not plan the ticks of the others twice', { timeout: 90_000 }, async () => {
      const script = fileURLToPath(new URL('./tick-main.ts', import.meta.url));
      const options = JSON.stringify({ databaseUrl: database.url, redisUrl });
      const served: number[] = [];
      for (const offset of [null, '-1h']) {
        const child = spawnAt(faketime!, offset, script, [options]);
        children.push(child);
        createInterface({ input: child.stdout }).on('line', () => served.push(performance.now()));
      }
      await vi.waitFor(() => expect(served.length).toBeGreaterThanOrEqual(28), 80_000);
      // These take 27 seconds, planned twice half of that; on a busy machine the first may be told ten seconds late, and the next ones after it.
      expect(served[27]! - served[0]!).toBeGreaterThan(16_000);
    });
  });
}
