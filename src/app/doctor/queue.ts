import type { Config } from '../../config.ts';
import { messageOf } from '../../errors.ts';
import { openQueues, type Queues, within } from '../../queue/connection.ts';
import { listJobs } from '../../queue/jobs.ts';
import { pingQueue } from '../../queue/ping.ts';
import { databaseNow } from '../../store/clock.ts';
import { openDatabase } from '../../store/database.ts';
import { workersSeen } from '../../store/heartbeats.ts';
import { closing } from '../closing.ts';
import { bad, type Check, down, good } from './check.ts';

const ANSWER_MS = 5_000;

/** A tick comes every minute. */
const LATE_MS = 5 * 60_000;
const LEADERLESS = 'start a worker that keeps the schedule (one without --no-schedule), or look at the logs of those that should';

/** A sentence when workers live and the tick waits for long, or there is none: all of them visit only. Null while none lives, which another check tells. */
async function leaderless(queues: Queues, url: string): Promise<string | null> {
  const { jobs } = await within(listJobs(queues, 10), ANSWER_MS);
  const times = jobs.flatMap(job =>
    job.kind === 'tick' && job.state !== 'failed' ? [(job.since ?? job.until ?? job.asked).getTime()] : [],
  );
  const due = times.length === 0 ? null : Math.min(...times);
  const db = openDatabase(url, { max: 1 });
  try {
    if (due !== null && due > (await databaseNow(db)).getTime() - LATE_MS) return null;
    if ((await workersSeen(db)).alive === 0) return null;
  } finally {
    await db.destroy();
  }
  return `No worker asks for due sources: ${due === null ? 'no tick is planned' : `the tick has waited since ${new Date(due).toISOString()}`}.`;
}

/** Whether the queue answers, and somebody keeps the schedule. @param url the database, null when it is down */
export async function checkQueue(config: Config, url: string | null): Promise<Check> {
  if (config.REDIS_URL === null && url === null) {
    return down('queue', 'not looked at: it lives in Postgres, which is down', 'first mend what postgres says');
  }
  const remedy =
    config.REDIS_URL === null ? 'first mend what postgres says' : 'start the server that REDIS_URL names, or correct REDIS_URL';
  try {
    // Connection errors in the background say no more than the error that openQueues ends with.
    const queues = await openQueues(config, url ?? '', { readyWithinMs: ANSWER_MS, onError: () => undefined });
    return await closing(queues, async () => {
      const { ok, message } = await pingQueue(queues, ANSWER_MS);
      if (!ok) return down('queue', message, remedy);
      const nobody = url === null ? null : await leaderless(queues, url);
      return nobody === null ? good('queue', message) : bad('queue', `${message} ${nobody}`, LEADERLESS);
    });
  } catch (error) {
    return down('queue', messageOf(error), remedy);
  }
}
