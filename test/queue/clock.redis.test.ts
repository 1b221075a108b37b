import { onRedis } from '../support/on-redis.ts';
import { clockSuite } from './clock-suite.ts';

await onRedis('wrong clocks are', clockSuite);
