import { outageSuite } from './outage-suite.ts';

outageSuite({ name: 'postgres', redisUrl: async () => null });
