import type { Config } from '../../config.ts';
import { messageOf } from '../../errors.ts';
import { openQueues } from '../../queue/connection.ts';
import { pingQueue } from '../../queue/ping.ts';
import { closing } from '../closing.ts';
import { type Check, down, good } from './check.ts';

const ANSWER_MS = 5_000;

/** Whether the queue answers. @param url the database, null when it is down */
export async function checkQueue(config: Config, url: string | null): Promise<Check> {
  if (config.REDIS_URL === null && url === null) {
    return down('queue', 'not looked at: it lives in Postgres, which is down', 'first mend what postgres says');
  }
  const remedy =
    config.REDIS_URL === null ? 'first mend what postgres says' : 'start the server that REDIS_URL names, or correct REDIS_URL';
  try {
    // Connection errors in the background say no more than the error that openQueues ends with.
    const queues = await openQueues(config, url ?? '', { readyWithinMs: ANSWER_MS, onError: () => undefined });
    const { ok, message } = await closing(queues, () => pingQueue(queues, ANSWER_MS));
    return ok ? good('queue', message) : down('queue', message, remedy);
  } catch (error) {
    return down('queue', messageOf(error), remedy);
  }
}
