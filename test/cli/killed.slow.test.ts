import { killedSuite } from './killed-suite.ts';

killedSuite('postgres', async () => null);
