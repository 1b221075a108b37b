import { killedSuite } from './killed-suite.ts';

killedSuite({ subscribers: 40, rounds: 2, killsPerRound: 4, withinMs: 500, answerMs: 30 });
