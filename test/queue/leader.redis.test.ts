import { onRedis } from '../support/on-redis.ts';
import { leaderSuite } from './leader-suite.ts';

await onRedis('who leads is', leaderSuite);
