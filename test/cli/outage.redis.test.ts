import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { findRedis, type RedisServer, startRedis } from '../queue/redis-server.ts';
import { outageSuite } from './outage-suite.ts';

const binary = await findRedis();

if (binary === null) {
  console.log('redis-server is not installed: outages are not tested with the queue on Redis here (apt-get install redis-server)');
  describe.skip('three visits of a worker on redis', () => {
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
  outageSuite({
    name: 'redis',
    redisUrl: async () => {
      const admin = new Redis(server.url);
      await admin.flushall();
      admin.disconnect();
      return server.url;
    },
    restartRedis: meanwhile => server.restart(meanwhile),
  });
}
