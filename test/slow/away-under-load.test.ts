import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { findRedis } from '../queue/redis-server.ts';
import { allVisited, allWell, isQuiet, underLoad, until, whatIsLeft } from './load.ts';

/** OMBRE_AWAY_MS=60000 is what docs/operating.md tells figures of. */
const AWAY_MS = Number(process.env.OMBRE_AWAY_MS ?? 6_000);
const SIZE = { sources: 16, hosts: 12, postings: 5, answerMs: 500 };
const redis = await findRedis();

type Answer = { status: number; type: string | null };

async function ask(address: string, path: string): Promise<Answer> {
  const response = await fetch(address + path, { signal: AbortSignal.timeout(20_000) });
  await response.arrayBuffer();
  return { status: response.status, type: response.headers.get('content-type') };
}

async function outlast(binary: string | null): Promise<void> {
  const deadline = performance.now() + AWAY_MS + 200_000;
  const roles = [['worker'], ['worker'], ['api']];
  await underLoad({ size: SIZE, roles, redis: binary, tell: () => undefined }, async load => {
    const { site, postgres, workers } = load;
    const address = () => /"address":"([^"]+)","msg":"ready"/.exec(workers.said(2))?.[1] ?? '';
    await until(deadline, async () => address() !== '' && site.open() > 4);
    expect(await ask(address(), '/api/v1/postings')).toMatchObject({ status: 200 });
    const answers: Answer[] = [];
    await postgres.restart(async () => {
      const end = performance.now() + AWAY_MS;
      while (performance.now() < end) {
        // A query that no answer is kept of.
        answers.push(await ask(address(), `/api/v1/postings?q=away${answers.length}`));
        expect(await ask(address(), '/healthz')).toMatchObject({ status: 200 });
        await sleep(200);
      }
    }, 'SIGQUIT');
    expect(answers.length).toBeGreaterThan(5);
    expect(new Set(answers.map(answer => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ status: 503, type: 'application/problem+json; charset=utf-8' })]),
    );
    await until(deadline, async () => (await ask(address(), '/readyz')).status === 200);
    await until(deadline, async () => (await allVisited(load)) && (await isQuiet(load)));
    const exitCodes = await workers.stop();
    const left = await whatIsLeft(load, exitCodes);
    expect(left).toEqual(allWell(SIZE, 3));
    if (process.env.OMBRE_AWAY_MS)
      console.log(`${answers.length} answers of 503 in ${AWAY_MS} ms; ${site.seen.requests} requests of the workers, ${site.seen.cut} cut`);
  });
}

const what = 'two workers and a site outlast a Postgres that goes away in the middle of visits: 503 meanwhile, no restart, nothing lost';
test(`on Postgres, ${what}`, () => outlast(null), AWAY_MS + 240_000);
test.skipIf(redis === null)(`on Redis, ${what}`, () => outlast(redis), AWAY_MS + 240_000);
