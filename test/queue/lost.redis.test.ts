import { Redis } from 'ioredis';
import { onRedis } from '../support/on-redis.ts';
import { lostSuite } from './lost-suite.ts';

const QUEUES = ['ticks', 'digests'];

await onRedis('lost data is', (name, redisUrl) => {
  let url: string;
  lostSuite({
    name,
    fresh: async () => {
      url = await redisUrl();
      return url;
    },
    losses: ['everything', 'the plans', 'the jobs that wait', 'what the jobs are'],
    lose: async (_, what) => {
      const admin = new Redis(url);
      if (what === 'everything') await admin.flushall();
      if (what === 'the plans') await admin.del(QUEUES.map(queue => `ombre:${queue}:repeat`));
      if (what === 'the jobs that wait') await admin.del(QUEUES.map(queue => `ombre:${queue}:delayed`));
      if (what === 'what the jobs are') {
        for (const queue of QUEUES) for (const key of await admin.keys(`ombre:${queue}:repeat:*:*`)) await admin.del(key);
      }
      admin.disconnect();
    },
  });
});
