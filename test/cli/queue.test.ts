import { queueCommandSuite } from './queue-suite.ts';

queueCommandSuite('postgres', async () => null);
