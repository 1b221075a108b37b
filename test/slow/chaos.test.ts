import { afterEach, expect, test } from 'vitest';
import { findRedis } from '../queue/redis-server.ts';
import { type ChaosSize, chaos } from './chaos.ts';
import { allWell } from './load.ts';

/** Two minutes, or with OMBRE_CHAOS=full the size that docs/many-machines.md tells figures of. */
const SIZE: ChaosSize =
  process.env.OMBRE_CHAOS === 'full'
    ? { sources: 200, hosts: 40, postings: 6, answerMs: 900, kills: 60, everyMs: 3_500, outages: 2, limitMs: 3_000_000 }
    : { sources: 18, hosts: 12, postings: 4, answerMs: 600, kills: 6, everyMs: 3_000, outages: 1, limitMs: 240_000 };
const LIMIT_MS = process.env.OMBRE_CHAOS === 'full' ? 3_300_000 : 300_000;
const redis = await findRedis();
const said: string[] = [];
afterEach(({ task }) => {
  if (task.result?.state === 'fail' || process.env.OMBRE_CHAOS) console.log(said.join('\n'));
  said.length = 0;
});

async function expectAllWell(binary: string | null): Promise<void> {
  const report = await chaos(binary, SIZE, line => {
    said.push(line);
    if (process.env.OMBRE_CHAOS) process.stderr.write(`${line}\n`);
  });
  said.push(JSON.stringify(report, null, 2));
  expect(report.left).toEqual(allWell(SIZE, 3));
  // It was not easy: most kills hit a visit in the middle of a request.
  expect(report.killsThatCut).toBeGreaterThan(SIZE.kills / 2);
}

const what = 'under kills of workers and of its servers every board is read, nothing is lost, doubled, closed or left over';
test(`on Postgres, ${what}`, () => expectAllWell(null), LIMIT_MS);
test.skipIf(redis === null)(`on Redis, ${what}`, () => expectAllWell(redis), LIMIT_MS);
