import { onRedis } from '../support/on-redis.ts';
import { queueCommandSuite } from './queue-suite.ts';

await onRedis('ombre queue is', queueCommandSuite);
