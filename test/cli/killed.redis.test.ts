import { onRedis } from '../support/on-redis.ts';
import { killedSuite } from './killed-suite.ts';

await onRedis('killed workers are', killedSuite);
