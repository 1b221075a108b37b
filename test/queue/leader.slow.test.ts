import { leaderSuite } from './leader-suite.ts';

leaderSuite('postgres', async () => null);
