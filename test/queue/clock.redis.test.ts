import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { clockSuite } from './clock-suite.ts';
import { findRedis, type RedisServer, startRedis } from './redis-server.ts';

const binary = await findRedis();

if (binary === null) {
  console.log('redis-server is not installed: wrong clocks are not tested on Redis here (apt-get install redis-server)');
  describe.skip('the queue on redis under a wrong clock', () => {
    test('needs redis-server', () => undefined);
  });
} else {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis(binary);
  });
  afterAll(async () => {
    await server.stop();
  });
  clockSuite('redis', async () => {
    const admin = new Redis(server.url);
    await admin.flushall();
    admin.disconnect();
    return server.url;
  });
}
