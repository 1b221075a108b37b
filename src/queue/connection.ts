import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type Processor,
  type Queue,
  type QueueOptions,
  type Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq';
import type { Config } from '../config.ts';
import { messageOf, OmbreError } from '../errors.ts';
import { Client } from '../postgres/client.ts';
import { workerName } from './worker-name.ts';

/** What a visit job carries: the id of its row in `sources`. Everything else is read from Postgres when the visit starts. */
export type VisitJob = { sourceId: number };
export type TickJob = Record<string, never>;
/** What a re-tagging job carries: the rules version it brings stored postings up to. */
type RetagJob = { version: string };

/** The part of BullMQ's Queue and Worker that does not depend on the backend. */
export type JobQueue<T> = Pick<
  Queue<T, void, string>,
  | 'name'
  | 'add'
  | 'addBulk'
  | 'getJob'
  | 'getJobs'
  | 'getJobCounts'
  | 'upsertJobScheduler'
  | 'removeJobScheduler'
  | 'getJobSchedulers'
  | 'setGlobalConcurrency'
  | 'close'
>;
export type JobWorker = Pick<Worker, 'close' | 'disconnect' | 'waitUntilReady' | 'isRunning'>;
export type JobWorkerOptions = Pick<
  WorkerOptions,
  'concurrency' | 'lockDuration' | 'stalledInterval' | 'maxStalledCount' | 'runRetryDelay'
> & {
  /** Jobs whose lock could not be renewed: another worker may run them by now. */
  onLockLost?: (jobIds: string[]) => void;
  /** A job ended in failure: its processor rejected, or it took its worker down too often. */
  onFailed: (jobData: unknown, error: Error) => void;
  onError: (error: Error) => void;
};

/** The open queues and the way to make workers on them. `openQueues` makes it; `close` ends its connections. */
export type Queues = {
  readonly backend: 'postgres' | 'redis';
  readonly visits: JobQueue<VisitJob>;
  readonly ticks: JobQueue<TickJob>;
  readonly retags: JobQueue<RetagJob>;
  readonly digests: JobQueue<TickJob>;
  worker<T>(queue: JobQueue<T>, processor: Processor<T, void, string>, options: JobWorkerOptions): JobWorker;
  close(): Promise<void>;
};

export type QueuesOptions = {
  /** Told of every connection error in the background once the queues are open; BullMQ reconnects by itself. Default: a Node warning. */
  onError?: (error: Error) => void;
  /** How long to wait for the backend to answer before E_QUEUE_DOWN. */
  readyWithinMs?: number;
  /** The version of the rules this process runs. Each has a queue of its own for re-tagging: a worker of another one would take the job and could not do it. */
  rulesVersion?: string;
};

/** Keeps the queue's tables apart from ours in the same database. */
const SCHEMA = 'ombre_queue';
/** Keeps the queue's keys apart from others' on the same Redis. */
const PREFIX = 'ombre';

const DAY_SECONDS = 86_400;

/**
 * Opens the queues: on the Redis of REDIS_URL when it is set, else in Postgres. The queue's own tables are made or brought up to date.
 * Throws E_QUEUE_DOWN when the backend does not answer in time.
 */
export async function openQueues(config: Pick<Config, 'REDIS_URL'>, databaseUrl: string, options: QueuesOptions = {}): Promise<Queues> {
  const tell = options.onError ?? (error => process.emitWarning(error));
  // While it opens, an error of the background is the reason of the one error thrown here, and not told besides.
  let opened = false;
  let last: Error | undefined;
  const onError = (error: Error) => {
    last = error;
    if (opened) tell(error);
  };
  const retags = options.rulesVersion === undefined ? 'retags' : `retags-${options.rulesVersion}`;
  const queues = config.REDIS_URL === null ? onPostgres(databaseUrl, retags, onError) : onRedis(config.REDIS_URL, retags, onError);
  const ready = Promise.all([
    queues.visits.getJobCounts('waiting'),
    queues.ticks.getJobCounts('waiting'),
    queues.retags.getJobCounts('waiting'),
    queues.digests.getJobCounts('waiting'),
  ]);
  try {
    await within(ready, options.readyWithinMs ?? 10_000);
  } catch (cause) {
    await queues.close();
    throw new OmbreError('E_QUEUE_DOWN', `${queues.backend} (${messageOf(cause instanceof TooLate ? (last ?? cause) : cause)})`, { cause });
  }
  opened = true;
  return queues;
}

function onPostgres(databaseUrl: string, retags: string, onError: (error: Error) => void): Queues {
  // A connection configuration and not a pool: every worker holds one connection for LISTEN, which starves a shared pool.
  const connection = { ...postgresTarget(databaseUrl), schema: SCHEMA, migrate: true, connectionTimeoutMillis: 10_000, Client };
  return bind('postgres', createPostgresBackend, { queue: { ...connection, max: 2 }, worker: { ...connection, max: 3 } }, retags, onError);
}

function onRedis(url: string, retags: string, onError: (error: Error) => void): Queues {
  let closed = false;
  // A connection that was lost goes on trying after close() otherwise, and keeps the process alive.
  const retryStrategy = (times: number) => (closed ? null : Math.min(times * 500, 5_000));
  // A producer gives up after a few tries so that its caller hears of it; a worker waits for Redis to come back.
  const connections = {
    queue: { url, retryStrategy, maxRetriesPerRequest: 3 },
    worker: { url, retryStrategy, maxRetriesPerRequest: null },
  };
  const queues = bind('redis', createRedisBackend, connections, retags, onError);
  const close = () => {
    closed = true;
    return queues.close();
  };
  return { ...queues, close };
}

function bind<B extends IQueueBackend, C>(
  backend: Queues['backend'],
  factory: BackendFactory<B, C>,
  connections: { queue: C; worker: C },
  retagsName: string,
  onError: (error: Error) => void,
): Queues {
  const bull = withBackend(factory);
  const open = <T>(name: string, keep: QueueOptions['defaultJobOptions']) => {
    const queue = new bull.Queue<T, void>(name, {
      connection: connections.queue,
      prefix: PREFIX,
      defaultJobOptions: { attempts: 1, ...keep },
    });
    queue.on('error', onError);
    return queue;
  };
  const visits = open<VisitJob>('visits', {
    removeOnComplete: { age: DAY_SECONDS, count: 1000 },
    removeOnFail: { age: 14 * DAY_SECONDS, count: 5000 },
  });
  const retags = open<RetagJob>(retagsName, { removeOnComplete: { count: 10 }, removeOnFail: { age: 14 * DAY_SECONDS, count: 100 } });
  const few = { removeOnComplete: { count: 10 }, removeOnFail: { age: 14 * DAY_SECONDS, count: 100 } };
  const ticks = open<TickJob>('ticks', few);
  // A queue of its own: a long sending must not hold up the ticks of the crawl.
  const digests = open<TickJob>('digests', few);
  return {
    backend,
    visits,
    ticks,
    retags,
    digests,
    worker: (queue, processor, { onLockLost, onFailed, onError: onWorkerError, ...options }) => {
      const worker = new bull.Worker(queue.name, processor, {
        connection: connections.worker,
        prefix: PREFIX,
        name: workerName(),
        ...options,
      });
      const rest = resting(worker);
      worker.on('error', error => {
        rest(error);
        onWorkerError(error);
      });
      worker.on('failed', (job, error) => onFailed(job?.data, error));
      if (onLockLost) worker.on('lockRenewalFailed', onLockLost);
      return worker;
    },
    close: async () => {
      await Promise.all([visits.close(), ticks.close(), retags.close(), digests.close()]);
    },
  };
}

/** SQLSTATEs of a Postgres that refuses for a while: shutting down, starting up, recovering, no connection free. */
const REFUSES_NOW = new Set(['57P01', '57P02', '57P03', '53300']);
const REST_MS = 1_000;

/**
 * BullMQ tries again at once when the server answers with an error instead of not at all: a thousand times a second while Postgres
 * shuts down or recovers (6.7.0). The worker fetches nothing for a second then.
 */
function resting(worker: Pick<Worker, 'pause' | 'resume' | 'closing'>): (error: Error & { code?: unknown }) => void {
  let resting = false;
  return error => {
    if (resting || worker.closing || !REFUSES_NOW.has(String(error.code))) return;
    resting = true;
    void worker.pause(true);
    setTimeout(() => {
      resting = false;
      if (!worker.closing) void worker.resume();
    }, REST_MS);
  };
}

/** BullMQ pins the schema with the `options` setting, which an `options` in the URL would silently replace: it is moved out of the URL. */
function postgresTarget(databaseUrl: string): { connectionString: string; options?: string } {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null;
  const options = url?.searchParams.get('options');
  if (!url || !options) return { connectionString: databaseUrl };
  url.searchParams.delete('options');
  return { connectionString: url.href, options };
}

/** What `within` rejects with. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/** Rejects with TooLate when the promise takes longer; the promise itself goes on. */
export async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
