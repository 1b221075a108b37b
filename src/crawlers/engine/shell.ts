import type { BasicCrawler, RequestQueue } from '@crawlee/basic';
import { OmbreError } from '../../errors.ts';
import { PassingQueue } from './passing-queue.ts';

type Job = { work(): Promise<void>; fail(error: unknown): void };

/**
 * One long-lived Crawlee BasicCrawler that the requests of this process run in. A crawler per job costs about 100 ms and 30 MB that is not given
 * back, so it starts with the first request and stays until `close`. Its sessions, retries, robots.txt and HTTP client are off: the engine has its own.
 */
export class Shell {
  readonly #concurrency: number;
  readonly #longestMs: number;
  readonly #jobs = new Map<string, Job>();
  #starting: Promise<BasicCrawler> | null = null;
  #ended: Promise<void> = Promise.resolve();
  #closed = false;
  #count = 0;

  /** `longestMs` is more than any work may take by the engine's own clock, so that Crawlee's never strikes. */
  constructor(options: { concurrency: number; longestMs: number }) {
    this.#concurrency = options.concurrency;
    this.#longestMs = options.longestMs;
  }

  /** Runs `work` when there is room. Rejects with the signal's reason as soon as it aborts; work under way must watch the signal itself. */
  async run<T>(url: URL, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    if (this.#closed) throw closed();
    this.#starting ??= this.#start();
    const crawler = await this.#starting;
    if (this.#closed) throw closed();
    const key = String(++this.#count);
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // It may be rejected before it is waited for below.
    promise.catch(() => {});
    const giveUp = () => reject(signal.reason);
    this.#jobs.set(key, { work: () => work().then(resolve, reject), fail: reject });
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
    try {
      await crawler.addRequests([{ url: url.href, uniqueKey: key }]);
      await crawler.autoscaledPool?.notify();
      return await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
      this.#jobs.delete(key);
    }
  }

  /** Fails what is still waiting or under way with E_STOPPED and ends the crawler. */
  async close(): Promise<void> {
    this.#closed = true;
    const crawler = await this.#starting;
    this.#failAll(closed());
    await crawler?.teardown();
    await this.#ended;
  }

  async #start(): Promise<BasicCrawler> {
    // Loaded late: Crawlee takes a third of a second to import, which `ombre --help` should not pay.
    const { BasicCrawler, Configuration, Log, LogLevel, Request } = await import('@crawlee/basic');
    const configuration = new Configuration({ persistStorage: false, systemInfoV2: true });
    // Tearing its storage down would leave a timer of one second behind; there is nothing on disk to wait for.
    configuration.getStorageClient().teardown = undefined;
    const { promise: running, resolve: ready } = Promise.withResolvers<void>();
    const queue = new PassingQueue(source => new Request(source as { url: string }));
    const crawler = new BasicCrawler(
      {
        keepAlive: true,
        // Crawlee 3 takes any request manager, but its check of the options knows it under its old name only.
        requestQueue: queue as unknown as RequestQueue,
        requestHandler: async ({ request }) => await this.#jobs.get(request.uniqueKey)?.work(),
        requestHandlerTimeoutSecs: this.#longestMs / 1000,
        maxRequestRetries: 0,
        useSessionPool: false,
        // Equal, so that a busy machine slows requests down but never holds them back: how much runs at once is the worker's decision.
        autoscaledPoolOptions: {
          minConcurrency: this.#concurrency,
          maxConcurrency: this.#concurrency,
          desiredConcurrency: this.#concurrency,
          loggingIntervalSecs: null,
          isTaskReadyFunction: async () => {
            ready();
            return !(await queue.isEmpty());
          },
        },
        statisticsOptions: { persistenceOptions: { enable: false }, logIntervalSecs: 24 * 3600 },
        statusMessageLoggingInterval: 24 * 3600,
        log: new Log({ level: LogLevel.OFF }),
      },
      configuration,
    );
    this.#ended = crawler.run().then(
      () => this.#failAll(closed()),
      error => {
        // The next request starts a new one.
        this.#starting = null;
        this.#failAll(new OmbreError('E_BUG', 'the crawler ended by itself', { cause: error }));
      },
    );
    // A crawler that is torn down before its pool runs never ends.
    await Promise.race([running, this.#ended]);
    dropInterruptListener();
    return crawler;
  }

  #failAll(error: OmbreError): void {
    for (const job of this.#jobs.values()) job.fail(error);
  }
}

/** Crawlee listens for Ctrl-C and then pauses for up to 20 seconds; the command decides what an interrupt means, so its listener goes. */
function dropInterruptListener(): void {
  for (const listener of process.listeners('SIGINT')) {
    if (listener.name === 'sigintHandler') process.off('SIGINT', listener);
  }
}

function closed(): OmbreError {
  return new OmbreError('E_STOPPED', 'the engine is closed');
}
