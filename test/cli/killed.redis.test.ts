import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { findRedis, type RedisServer, startRedis } from '../queue/redis-server.ts';
import { killedSuite } from './killed-suite.ts';

const binary = await findRedis();

if (binary === null) {
  console.log('redis-server is not installed: killed workers are not tested on Redis here (apt-get install redis-server)');
  describe.skip('a crawling worker on redis', () => {
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
  killedSuite('redis', async () => {
    const admin = new Redis(server.url);
    await admin.flushall();
    admin.disconnect();
    return server.url;
  });
}
