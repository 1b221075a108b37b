import { AsyncLocalStorage } from 'node:async_hooks';
import { DelayedError, type Job, WaitingError } from 'bullmq';
import { messageOf, OmbreError } from '../errors.ts';
import { isDown } from '../postgres/outage.ts';
import { inLogContext } from '../telemetry/log-context.ts';
import { backgroundWorkers } from './background.ts';
import { type JobWorker, type Queues, TooLate, type VisitJob, within } from './connection.ts';
import { type Handlers, VisitLater, type WorkerLog } from './handlers.ts';
import { isQueueAway, queueOutage } from './outage.ts';
import { toVisitProgress } from './put-off.ts';
import { type SharedOptions, sharedOptions } from './shared-options.ts';
import { keepTicking, type Ticking } from './ticking.ts';

export type WorkerTiming = {
  /** How long a lock on a visit lasts without renewal. A killed worker's visit is run again after this and up to two stall checks. */
  lockMs: number;
  stallCheckMs: number;
  tickEveryMs: number;
  /** How long close() lets running visits finish before it aborts them. */
  graceMs: number;
  /** How long close() then waits for aborted visits before it leaves them to the stall handling of the other workers. */
  abortMs: number;
  /** Pause before a visit that broke off because the database went away is made again; doubled each time, up to 32 times that. Also of one that has to wait, each time. */
  againMs: number;
};

/** Grace and abort together stay below the 10 s that Docker leaves a container between SIGTERM and SIGKILL. */
const TIMING: WorkerTiming = { lockMs: 20_000, stallCheckMs: 5_000, tickEveryMs: 60_000, graceMs: 3_000, abortMs: 5_000, againMs: 5_000 };

const READY_MS = 10_000;

export type WorkerOptions = {
  queues: Queues;
  /** Visits made at a time. */
  concurrency: number;
  handlers: Handlers;
  log: WorkerLog;
  timing?: Partial<WorkerTiming>;
};

export type RunningWorker = {
  /** Whether it takes jobs of every kind it serves. */
  isTaking(): boolean;
  /** Takes no more jobs, lets visits finish, hands back those that do not, ends the worker's connections (not the queues). Idempotent. */
  close(): Promise<void>;
};

/** What a job that this worker gives up is aborted with. */
const CLOSING = new OmbreError('E_STOPPED', 'this worker is closing');

/** Starts to make visits and, with `due`, to serve the tick that enqueues due sources. Throws E_QUEUE_DOWN when the backend is away. */
export async function startWorker({ queues, concurrency, handlers, log, timing }: WorkerOptions): Promise<RunningWorker> {
  const times = { ...TIMING, ...timing };
  const ticking: Ticking[] = [];
  // A tick that was cut off by an outage, or a Redis that came back without its data, lost the plan of the ticks.
  const outage = queueOutage(queues, log, async () => {
    for (const { look } of ticking) await look();
  });
  const shared = sharedOptions(times, outage, log);
  const visits = visitWorker(queues, { ...shared, concurrency }, { visit: handlers.visit, againMs: times.againMs, log });
  const background = backgroundWorkers(queues, handlers, shared, log);
  const workers = [visits.worker, ...background.workers];

  const plan = async (queue: Queues['ticks'], name: string) => {
    const onError = (error: unknown) => {
      if (!outage.heard(error)) log.warn({ err: error }, 'the plan of the ticks could not be looked at, it is looked at again');
    };
    ticking.push(await keepTicking(queue, name, times.tickEveryMs, { log, onError }));
  };
  const stopTicking = () => {
    outage.close();
    for (const { stop } of ticking) stop();
  };
  let closing: Promise<void> | null = null;
  const close = async (graceMs: number) => {
    visits.refuse();
    stopTicking();
    background.stop(CLOSING);
    const closed = Promise.all(workers.map(worker => worker.close()));
    if (graceMs > 0 && (await isDone(closed, graceMs))) return;
    visits.abort();
    if (await isDone(closed, times.abortMs)) return;
    if (visits.running() > 0)
      log.warn({ visits: visits.running() }, 'visits did not stop when aborted, another worker will make them again');
    await isDone(Promise.all(workers.map(worker => worker.disconnect())), times.abortMs);
  };

  try {
    const ready: Promise<unknown>[] = workers.map(worker => worker.waitUntilReady());
    if (handlers.due) ready.push(plan(queues.ticks, 'tick'));
    if (handlers.digest) ready.push(plan(queues.digests, 'digest'));
    await within(Promise.all(ready), READY_MS);
  } catch (cause) {
    // Visits may run already, on parts that whoever called closes next.
    await close(0);
    throw new OmbreError('E_QUEUE_DOWN', `${queues.backend} (${messageOf(cause)})`, { cause });
  }
  return { isTaking: () => !closing && workers.every(worker => worker.isRunning()), close: () => (closing ??= close(times.graceMs)) };
}

type VisitWorker = {
  worker: JobWorker;
  running(): number;
  /** Hands back what was fetched and has not begun. */
  refuse(): void;
  /** Stops the visits that run, which then are handed back. */
  abort(): void;
};

type Visiting = { visit: Handlers['visit']; againMs: number; log: WorkerLog };

function visitWorker(queues: Queues, options: SharedOptions & { concurrency: number }, visiting: Visiting): VisitWorker {
  const { visit, log } = visiting;
  const running = new Map<string, AbortController>();
  /** How to speak of a job as its visit did: BullMQ tells of a failure outside of it. */
  const contexts = new WeakMap<object, (say: () => void) => void>();
  let refusing = false;
  const make = async (job: Job<VisitJob, void>, token: string | undefined) => {
    contexts.set(job.data, AsyncLocalStorage.snapshot());
    if (refusing) return handBack(job, token, visiting);
    // One controller a visit: AbortSignal.any on a signal that lives as long as the worker keeps 1 kB of every visit (Node 24).
    const abort = new AbortController();
    running.set(String(job.id), abort);
    try {
      await visit(job.data.sourceId, abort.signal);
    } catch (error) {
      if (abort.signal.reason === CLOSING) return handBack(job, token, visiting);
      if (!abort.signal.aborted && (isDown(error) || error instanceof VisitLater)) return putOff(job, token, error, visiting);
      throw abort.signal.aborted ? new WaitingError() : error;
    } finally {
      running.delete(String(job.id));
    }
  };
  // What is said when a visit is handed back or put off is of that visit too.
  const worker = queues.worker<VisitJob>(queues.visits, (job, token) => inLogContext(() => make(job, token)), {
    ...options,
    onFailed: (job, error) => {
      const say = () => {
        if (isQueueAway(error)) log.warn({ job }, `visit ended as failed while the queue was away: ${messageOf(error)}`);
        else log.error({ err: error, job }, 'visit failed');
      };
      const context = typeof job === 'object' && job !== null ? contexts.get(job) : undefined;
      if (context) context(say);
      else say();
    },
    onLockLost: jobIds => {
      // A job that was just handed back or put off is no loss: its renewal was under way.
      const lost = jobIds.map(id => running.get(id)).filter(abort => abort !== undefined);
      if (lost.length === 0) return;
      log.warn(`the queue lost hold of ${lost.length} running visits: they stop here and are made again`);
      const reason = new OmbreError('E_STOPPED', 'the lock on the visit was lost, another worker may be making it');
      for (const abort of lost) abort.abort(reason);
    },
  });
  return {
    worker,
    running: () => running.size,
    refuse: () => {
      refusing = true;
    },
    abort: () => {
      for (const abort of running.values()) abort.abort(CLOSING);
    },
  };
}

/** Puts the job back in the queue. WaitingError tells BullMQ that the job is not this worker's any more: neither done nor failed. */
async function handBack(job: Job<VisitJob, void>, token: string | undefined, { log }: Visiting): Promise<never> {
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
async function putOff(job: Job<VisitJob, void>, token: string | undefined, error: Error, { againMs, log }: Visiting): Promise<never> {
  const waits = error instanceof VisitLater;
  const waitMs = againMs * 2 ** (waits ? 0 : Math.min(job.attemptsStarted - 1, 5));
  const { sourceId } = job.data;
  const until = new Date(Date.now() + waitMs);
  try {
    await job.updateProgress(toVisitProgress({ until, because: messageOf(error) }));
    await job.moveToDelayed(until.getTime(), token);
    if (waits) log.info({ sourceId, seconds: waitMs / 1000 }, `visit has to wait: ${messageOf(error)}`);
    else log.warn({ sourceId, seconds: waitMs / 1000 }, `visit broke off, it goes on in a while: ${messageOf(error)}`);
  } catch (cause) {
    log.warn({ sourceId }, `visit broke off, it goes on when the queue is back: ${messageOf(cause)}`);
    throw new WaitingError();
  }
  throw new DelayedError();
}

/** Whether it settles in time. What it settles with is told elsewhere: BullMQ reports close errors as worker errors. */
async function isDone(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return within(promise, ms).then(
    () => true,
    error => !(error instanceof TooLate),
  );
}
