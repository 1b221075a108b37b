import { killedSuite } from '../digest/killed-suite.ts';

killedSuite({ subscribers: 500, rounds: 10, killsPerRound: 5, withinMs: 3000, answerMs: 10 });
