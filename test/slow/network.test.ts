import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { messageOf } from '../../src/errors.ts';
import { openDatabase } from '../../src/store/database.ts';
import { findRedis } from '../queue/redis-server.ts';
import { slowSite } from '../support/slow-site.ts';
import { allVisited, allWell, isQuiet, type Load, nameOf, safely, until, whatIsLeft } from './load.ts';
import { makeNetwork, type Network, postgresOn, redisOn } from './network.ts';
import { supervise } from './supervised.ts';

const SIZE = { sources: 24, hosts: 12, postings: 5, answerMs: 800 };
const MACHINES = ['db', 'mq', 'w0', 'w1'];

const redisBinary = await findRedis();
const network: Network | null = await makeNetwork(MACHINES, SIZE.hosts).catch(error => {
  console.log(`no network namespaces can be made here (root and iproute2 are needed): ${messageOf(error).split('\n')[0]}`);
  return null;
});

test.skipIf(network === null || redisBinary === null)(
  'machines that are cut off and joined again under load: others take over, nothing is lost, doubled or left over',
  { timeout: 540_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ombre-net-load-'));
    const site = await slowSite({ ...SIZE, boards: SIZE.sources }, network!.site);
    const postgres = await postgresOn(network!, 'db');
    const redis = await redisOn(network!, 'mq', redisBinary!);
    const db = openDatabase(postgres.url, { max: 2 });
    const sources = join(folder, 'sources');
    await mkdir(sources);
    await writeFile(join(sources, 'boards.yaml'), stringify(site.rows));
    const env = {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      SOURCES_DIR: sources,
      ALLOW_PRIVATE_HOSTS: site.hosts.join(','),
      CRAWL_DELAY_MS: '0',
      REQUEST_TIMEOUT_MS: '5000',
    };
    const workers = supervise(
      ['w0', 'w1'].map((machine, n) => ({
        args: ['worker'],
        env: { ...env, OMBRE_HOME: join(folder, machine), BOT_CONTACT: nameOf(n) },
        before: network!.on(machine),
      })),
    );
    const load: Pick<Load, 'db' | 'site' | 'size' | 'workers' | 'env'> = { db, site, size: SIZE, workers, env };
    const deadline = performance.now() + 500_000;
    const done = () => until(deadline, async () => (await allVisited(load)) && (await isQuiet(load)));
    const again = async () => {
      await safely(() => sql`update postings set list_hash = 'another'`.execute(db));
      await safely(() => sql`update sources set next_visit_at = now()`.execute(db));
    };
    try {
      // A machine of a worker that vanishes in the middle of its visits: the other one makes them, all of them, while it is away.
      await until(deadline, async () => site.open(nameOf(0)) > 2 && site.open(nameOf(1)) > 0);
      await network!.cut('w0');
      await done();
      await network!.join('w0');
      await again();
      await until(deadline, async () => site.open(nameOf(0)) > 1 && site.open(nameOf(1)) > 1);
      for (const machine of ['db', 'mq']) {
        await network!.cut(machine);
        await sleep(15_000);
        await network!.join(machine);
        await sleep(5_000);
      }
      await done();
      const exitCodes = await workers.stop();
      expect(await whatIsLeft(load, exitCodes)).toEqual(allWell(SIZE, 2));
    } finally {
      await workers.stop();
      await db.destroy();
      await redis.stop();
      await postgres.stop();
      await site.close();
      await network!.remove();
      await rm(folder, { recursive: true, force: true });
    }
  },
);
