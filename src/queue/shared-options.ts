import { messageOf } from '../errors.ts';
import { isDown } from '../postgres/outage.ts';
import type { JobWorkerOptions } from './connection.ts';
import type { WorkerLog } from './handlers.ts';
import { isJobLost, isLockLost } from './lost-jobs.ts';
import { isQueueAway, type QueueOutage } from './outage.ts';

/** A visit that takes its worker down this often and once more is failed, so that it cannot take every worker down for ever. */
const MOST_STALLS = 3;
/** Pause between two tries to reach a queue that is away; BullMQ's own 15 s would let a short outage last. */
const RETRY_MS = 2_000;
/** BullMQ tries again many times a second: the same thing is said once in so long. */
const SAME_MS = 60_000;

export type SharedOptions = Omit<JobWorkerOptions, 'onFailed'>;

/** What the workers of a process have in common: when a job counts as lost, and what is told of an error. */
export function sharedOptions(timing: { lockMs: number; stallCheckMs: number }, outage: QueueOutage, log: WorkerLog): SharedOptions {
  let warned = { message: '', at: 0 };
  const warnOnce = (error: Error) => {
    const now = performance.now();
    if (error.message === warned.message && now - warned.at < SAME_MS) return;
    warned = { message: error.message, at: now };
    log.warn({ err: error }, 'queue connection');
  };
  return {
    lockDuration: timing.lockMs,
    stalledInterval: timing.stallCheckMs,
    maxStalledCount: MOST_STALLS,
    runRetryDelay: RETRY_MS,
    onLockLost: () => log.warn('the queue lost hold of a job of the background, another worker may be doing it'),
    onError: error => {
      // Lost locks are told by onLockLost.
      if (isLockLost(error) || outage.heard(error)) return;
      if (isJobLost(error)) log.warn(`a job that ended is not in the queue any more: ${messageOf(error)}`);
      else warnOnce(error);
    },
  };
}

/** What a failed job of the background is told as: nothing while its part is away, which is told once. */
export function toldAs(message: string, log: WorkerLog): JobWorkerOptions['onFailed'] {
  return (_, error) => {
    if (!isDown(error) && !isQueueAway(error)) log.error({ err: error }, message);
  };
}
