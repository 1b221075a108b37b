import { AsyncLocalStorage } from 'node:async_hooks';
import type { AutoscaledPool } from '@crawlee/core';
import { OmbreError } from '../../errors.ts';

/** Crawlee asks its samples of the machine three times a request whether to hold back, which a pool of fixed size never does: one sample is enough. */
const HARDLY_LOOKING = { eventLoopSnapshotIntervalSecs: 3600, clientSnapshotIntervalSecs: 3600, snapshotHistorySecs: 1 };

type Job = { work(): Promise<void>; fail(error: unknown): void };

/**
 * Crawlee's pool, one for this process, in which the requests run: so many at a time, first come first served. It starts with the first request
 * and stays until `close`; the engine has its own retries, turns, robots.txt and HTTP client, so nothing else of Crawlee's crawlers is needed.
 */
export class Shell {
  readonly #concurrency: number;
  readonly #waiting = new Set<Job>();
  readonly #running = new Set<Job>();
  #starting: Promise<AutoscaledPool> | null = null;
  #ended: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: { concurrency: number }) {
    this.#concurrency = options.concurrency;
  }

  /** Runs `work` when there is room. Rejects with the signal's reason as soon as it aborts; work under way must watch the signal itself. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    if (this.#closed) throw closed();
    this.#starting ??= this.#start();
    const pool = await this.#starting;
    if (this.#closed) throw closed();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // It may be rejected before it is waited for below.
    promise.catch(() => {});
    const giveUp = () => reject(signal.reason);
    // In the context of its caller: the pool runs in that of whoever asked first, for good.
    const job: Job = { work: AsyncLocalStorage.bind(() => work().then(resolve, reject)), fail: reject };
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    else this.#waiting.add(job);
    try {
      await pool.notify();
      return await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
      this.#waiting.delete(job);
    }
  }

  /** Fails what is still waiting or under way with E_STOPPED and ends the pool. */
  async close(): Promise<void> {
    this.#closed = true;
    const pool = await this.#starting;
    this.#failAll(closed());
    await pool?.abort();
    await this.#ended;
  }

  async #start(): Promise<AutoscaledPool> {
    // Loaded late: Crawlee takes a third of a second to import, which `ombre --help` should not pay.
    const { AutoscaledPool, Configuration, Log, LogLevel } = await import('@crawlee/core');
    const { promise: running, resolve: ready } = Promise.withResolvers<void>();
    const pool = new AutoscaledPool(
      {
        // Equal, so that a busy machine slows requests down but never holds them back: how much runs at once is the worker's decision.
        minConcurrency: this.#concurrency,
        maxConcurrency: this.#concurrency,
        desiredConcurrency: this.#concurrency,
        snapshotterOptions: HARDLY_LOOKING,
        loggingIntervalSecs: null,
        runTaskFunction: () => this.#runNext(),
        isTaskReadyFunction: async () => {
          ready();
          return this.#waiting.size > 0;
        },
        isFinishedFunction: async () => false,
        log: new Log({ level: LogLevel.OFF }),
      },
      new Configuration({ persistStorage: false }),
    );
    this.#ended = pool.run().then(
      () => this.#failAll(closed()),
      error => {
        // The next request starts a new one.
        this.#starting = null;
        this.#failAll(new OmbreError('E_BUG', 'the pool of requests ended by itself', { cause: error }));
      },
    );
    // A pool that is aborted before it runs leaves its timers behind.
    await Promise.race([running, this.#ended]);
    return pool;
  }

  async #runNext(): Promise<void> {
    const [job] = this.#waiting;
    if (!job) return;
    this.#waiting.delete(job);
    this.#running.add(job);
    await job.work();
    this.#running.delete(job);
  }

  #failAll(error: OmbreError): void {
    for (const job of [...this.#waiting, ...this.#running]) job.fail(error);
    this.#waiting.clear();
  }
}

function closed(): OmbreError {
  return new OmbreError('E_STOPPED', 'the engine is closed');
}
