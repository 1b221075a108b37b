import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { findRedis, type RedisServer, startRedis } from './redis-server.ts';
import { queueSuite } from './suite.ts';

const binary = await findRedis();

if (binary === null) {
  console.log('redis-server is not installed: the queue is not tested on Redis here (apt-get install redis-server)');
  describe.skip('the queue on redis', () => {
    test('needs redis-server', () => undefined);
  });
} else {
  let server: RedisServer;
  let admin: Redis;

  beforeAll(async () => {
    server = await startRedis(binary);
    admin = new Redis(server.url);
  });
  afterAll(async () => {
    admin.disconnect();
    await server.stop();
  });

  queueSuite('redis', {
    fresh: async () => {
      await admin.flushall();
      return server.url;
    },
    cutConnections: async () => {
      await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    },
    takeLock: async (_, jobId) => {
      await admin.del(`ombre:visits:${jobId}:lock`);
    },
    unreachable: port => ({ redisUrl: `redis://127.0.0.1:${port}`, databaseUrl: 'postgres://not-asked' }),
  });
}
