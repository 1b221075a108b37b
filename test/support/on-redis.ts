import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { findRedis, type RedisServer, startRedis } from '../queue/redis-server.ts';

/** Runs a suite on a Redis of its own, whose address it gets anew and empty for each test; says so where redis-server is missing. */
export async function onRedis(what: string, suite: (name: string, redisUrl: () => Promise<string>) => void): Promise<void> {
  const binary = await findRedis();
  if (binary === null) {
    console.log(`redis-server is not installed: ${what} not tested on Redis here (apt-get install redis-server)`);
    describe.skip(`on redis: ${what}`, () => {
      test('needs redis-server', () => undefined);
    });
    return;
  }
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis(binary);
  });
  afterAll(async () => {
    await server.stop();
  });
  suite('redis', async () => {
    const admin = new Redis(server.url);
    await admin.flushall();
    admin.disconnect();
    return server.url;
  });
}
