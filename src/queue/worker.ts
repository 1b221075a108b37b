import { DelayedError, type Job, WaitingError } from 'bullmq';
import type { Logger } from 'pino';
import { messageOf, OmbreError } from '../errors.ts';
import { isDown } from '../postgres/outage.ts';
import { type JobQueue, type Queues, TooLate, type VisitJob, within } from './connection.ts';
import { isJobLost, isLockLost } from './lost-jobs.ts';
import { isQueueAway, queueOutage } from './outage.ts';
import { keepTicking, type Ticking } from './ticking.ts';
import { enqueueVisit } from './visits.ts';

export type Handlers = {
  /**
   * Makes one visit. It may be run again for the same source after a crash or a hand-back, so its effects must be idempotent.
   * When the signal is aborted it should reject soon (with anything); a visit that resolves all the same counts as done.
   * A rejection with E_DB_DOWN says that the visit broke off: it is made again soon. Any other rejection without an abort is its end.
   */
  visit(sourceId: number, signal: AbortSignal): Promise<void>;
  /** Sources to visit now. Left out: this worker serves no ticks. It must go on naming a source until its visit has started. */
  due?(): Promise<number[]>;
  /** Brings stored postings up to the rules in force. Stopped half-way it counts as done: whoever finds outdated postings asks again. */
  retag?(signal: AbortSignal): Promise<void>;
  /** One pass of the digest: match, compose, send. Stopped half-way, the next tick goes on. */
  digest?(signal: AbortSignal): Promise<void>;
};

export type WorkerTiming = {
  /** How long a lock on a visit lasts without renewal. A killed worker's visit is run again after this and up to two stall checks. */
  lockMs: number;
  stallCheckMs: number;
  tickEveryMs: number;
  /** How long close() lets running visits finish before it aborts them. */
  graceMs: number;
  /** How long close() then waits for aborted visits before it leaves them to the stall handling of the other workers. */
  abortMs: number;
  /** Pause before a visit that broke off because the database went away is made again; doubled each time, up to 32 times that. */
  againMs: number;
};

/** Grace and abort together stay below the 10 s that Docker leaves a container between SIGTERM and SIGKILL. */
const TIMING: WorkerTiming = { lockMs: 20_000, stallCheckMs: 5_000, tickEveryMs: 60_000, graceMs: 3_000, abortMs: 5_000, againMs: 5_000 };

/** A visit that takes its worker down this often and once more is failed, so that it cannot take every worker down for ever. */
const MOST_STALLS = 3;
const READY_MS = 10_000;
/** Pause between two tries to reach a queue that is away; BullMQ's own 15 s would let a short outage last. */
const RETRY_MS = 2_000;

export type WorkerOptions = {
  queues: Queues;
  /** Visits made at a time. */
  concurrency: number;
  handlers: Handlers;
  log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
  timing?: Partial<WorkerTiming>;
};

export type RunningWorker = {
  /** Whether it takes jobs of every kind it serves. */
  isTaking(): boolean;
  /** Takes no more jobs, lets visits finish, hands back those that do not, ends the worker's connections (not the queues). Idempotent. */
  close(): Promise<void>;
};

/** Starts to make visits and, with `due`, to serve the tick that enqueues due sources. Throws E_QUEUE_DOWN when the backend is away. */
export async function startWorker({ queues, concurrency, handlers, log, timing }: WorkerOptions): Promise<RunningWorker> {
  const { lockMs, stallCheckMs, tickEveryMs, graceMs, abortMs, againMs } = { ...TIMING, ...timing };
  const running = new Map<string, AbortController>();
  const ticking: Ticking[] = [];
  const stopped = new OmbreError('E_STOPPED', 'this worker is closing');
  let closing: Promise<void> | null = null;
  const outage = queueOutage(queues, log, lookAtPlans);

  const common = {
    lockDuration: lockMs,
    stalledInterval: stallCheckMs,
    maxStalledCount: MOST_STALLS,
    runRetryDelay: RETRY_MS,
    onLockLost: () => log.warn('the queue lost hold of a job of the background, another worker may be doing it'),
    onError: (error: Error) => {
      // Lost locks are told by onLockLost.
      if (isLockLost(error) || outage.heard(error)) return;
      if (isJobLost(error)) log.warn(`a job that ended is not in the queue any more: ${messageOf(error)}`);
      else warnOnce(error);
    },
  };
  /** BullMQ tries again many times a second: the same thing is said once a minute. */
  let warned = { message: '', at: 0 };
  const warnOnce = (error: Error) => {
    const now = performance.now();
    if (error.message === warned.message && now - warned.at < 60_000) return;
    warned = { message: error.message, at: now };
    log.warn({ err: error }, 'queue connection');
  };
  /** What a failed job of the background is told as: nothing while its part is away, which is told once. */
  const tell = (message: string) => (_: unknown, error: Error) => {
    if (!isDown(error) && !isQueueAway(error)) log.error({ err: error }, message);
  };

  const visits = queues.worker<VisitJob>(
    queues.visits,
    async (job, token) => {
      // A job fetched while close() was being called has not begun.
      if (closing) return handBack(job, token);
      // One controller a visit: AbortSignal.any on a signal that lives as long as the worker keeps 1 kB of every visit (Node 24).
      const abort = new AbortController();
      running.set(String(job.id), abort);
      try {
        await handlers.visit(job.data.sourceId, abort.signal);
      } catch (error) {
        if (abort.signal.reason === stopped) return handBack(job, token);
        if (!abort.signal.aborted && isDown(error)) return putOff(job, token, error);
        throw abort.signal.aborted ? new WaitingError() : error;
      } finally {
        running.delete(String(job.id));
      }
    },
    {
      ...common,
      concurrency,
      onFailed: (job, error) => {
        if (isQueueAway(error)) log.warn({ job }, `visit ended as failed while the queue was away: ${messageOf(error)}`);
        else log.error({ err: error, job }, 'visit failed');
      },
      onLockLost: jobIds => {
        // A job that was just handed back or put off is no loss: its renewal was under way.
        const lost = jobIds.map(id => running.get(id)).filter(abort => abort !== undefined);
        if (lost.length === 0) return;
        log.warn(`the queue lost hold of ${lost.length} running visits: they stop here and are made again`);
        const reason = new OmbreError('E_STOPPED', 'the lock on the visit was lost, another worker may be making it');
        for (const abort of lost) abort.abort(reason);
      },
    },
  );
  const workers = [visits];

  const { due } = handlers;
  if (due) {
    const tick = async () => {
      const sourceIds = await due();
      for (const sourceId of sourceIds) await enqueueVisit(queues, sourceId);
      if (sourceIds.length > 0) log.debug({ due: sourceIds.length }, 'due sources enqueued');
    };
    workers.push(queues.worker(queues.ticks, tick, { ...common, concurrency: 1, onFailed: tell('tick failed, the next one tries again') }));
  }

  const background = new AbortController();
  const { retag, digest } = handlers;
  const inBackground = <T>(queue: JobQueue<T>, what: string, work: (signal: AbortSignal) => Promise<void>) => {
    const run = async () => {
      try {
        await work(background.signal);
      } catch (error) {
        if (!background.signal.aborted) throw error;
        log.info(`${what} stopped, it goes on where it is`);
      }
    };
    workers.push(queues.worker(queue, run, { ...common, concurrency: 1, onFailed: tell(`${what} failed, the next tick asks again`) }));
  };
  if (retag) inBackground(queues.retags, 're-tagging', signal => retag(signal));
  if (digest) inBackground(queues.digests, 'digest', signal => digest(signal));

  /** Puts the job back in the queue. WaitingError tells BullMQ that the job is not this worker's any more: neither done nor failed. */
  async function handBack(job: Job<VisitJob, void>, token: string | undefined): Promise<never> {
    try {
      await job.moveToWait(token);
      log.info({ sourceId: job.data.sourceId }, 'visit handed back');
    } catch (error) {
      // Its lock runs out without renewal, and the stall handling of another worker takes it from there.
      log.warn({ err: error, sourceId: job.data.sourceId }, 'visit could not be handed back');
    }
    throw new WaitingError();
  }

  /** The job waits a while and is made again. Where the queue went away too, its lock runs out and the stall handling takes it from there. */
  async function putOff(job: Job<VisitJob, void>, token: string | undefined, error: OmbreError): Promise<never> {
    const waitMs = againMs * 2 ** Math.min(job.attemptsStarted - 1, 5);
    const { sourceId } = job.data;
    try {
      await job.moveToDelayed(Date.now() + waitMs, token);
      log.warn({ sourceId, seconds: waitMs / 1000 }, `visit broke off, it goes on in a while: ${messageOf(error)}`);
    } catch (cause) {
      log.warn({ sourceId }, `visit broke off, it goes on when the queue is back: ${messageOf(cause)}`);
      throw new WaitingError();
    }
    throw new DelayedError();
  }

  /** A tick that was cut off by an outage, or a Redis that came back without its data, lost the plan of the ticks. */
  async function lookAtPlans(): Promise<void> {
    for (const { look } of ticking) await look();
  }

  function tellOfPlan(error: unknown): void {
    if (!outage.heard(error)) log.warn({ err: error }, 'the plan of the ticks could not be looked at, it is looked at again');
  }

  async function close(): Promise<void> {
    outage.close();
    background.abort(stopped);
    for (const { stop } of ticking) stop();
    const closed = Promise.all(workers.map(worker => worker.close()));
    if (await isDone(closed, graceMs)) return;
    for (const abort of running.values()) abort.abort(stopped);
    if (await isDone(closed, abortMs)) return;
    if (running.size > 0) log.warn({ visits: running.size }, 'visits did not stop when aborted, another worker will make them again');
    await isDone(Promise.all(workers.map(worker => worker.disconnect())), abortMs);
  }

  try {
    const ready: Promise<unknown>[] = workers.map(worker => worker.waitUntilReady());
    const tick = async (queue: Queues['ticks'], name: string) => {
      ticking.push(await keepTicking(queue, name, tickEveryMs, { log, onError: tellOfPlan }));
    };
    if (due) ready.push(tick(queues.ticks, 'tick'));
    if (digest) ready.push(tick(queues.digests, 'digest'));
    await within(Promise.all(ready), READY_MS);
  } catch (cause) {
    for (const { stop } of ticking) stop();
    outage.close();
    await isDone(Promise.all(workers.map(worker => worker.close(true))), abortMs);
    throw new OmbreError('E_QUEUE_DOWN', `${queues.backend} (${messageOf(cause)})`, { cause });
  }
  return { isTaking: () => !closing && workers.every(worker => worker.isRunning()), close: () => (closing ??= close()) };
}

/** Whether it settles in time. What it settles with is told elsewhere: BullMQ reports close errors as worker errors. */
async function isDone(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return within(promise, ms).then(
    () => true,
    error => !(error instanceof TooLate),
  );
}
