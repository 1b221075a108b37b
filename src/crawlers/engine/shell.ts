import { AsyncLocalStorage } from 'node:async_hooks';
import { OmbreError } from '../../errors.ts';

type Job = { begin(): void; fail(error: unknown): void };

/** Where the requests of this process run: so many at a time, first come first served. The engine has its own retries, turns and robots.txt. */
export class Shell {
  readonly #concurrency: number;
  readonly #waiting = new Set<Job>();
  readonly #running = new Set<Job>();
  #closed = false;

  constructor(options: { concurrency: number }) {
    this.#concurrency = options.concurrency;
  }

  /** Runs `work` when there is room. Rejects with the signal's reason as soon as it aborts; work under way must watch the signal itself. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    if (this.#closed) throw closed();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const job: Job = {
      // In the context of its caller, and not of the one whose end makes room for it.
      begin: AsyncLocalStorage.bind(() => {
        this.#running.add(job);
        // What is given up holds its room until it has really ended.
        const end = () => {
          this.#running.delete(job);
          this.#next();
        };
        work().then(resolve, reject).finally(end);
      }),
      fail: reject,
    };
    const giveUp = () => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    this.#waiting.add(job);
    this.#next();
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', giveUp);
      this.#waiting.delete(job);
    }
  }

  /** Fails what is still waiting or under way with E_STOPPED. Takes no more. */
  close(): void {
    this.#closed = true;
    for (const job of [...this.#waiting, ...this.#running]) job.fail(closed());
    this.#waiting.clear();
  }

  #next(): void {
    const [job] = this.#waiting;
    if (!job || this.#running.size >= this.#concurrency) return;
    this.#waiting.delete(job);
    job.begin();
  }
}

function closed(): OmbreError {
  return new OmbreError('E_STOPPED', 'the engine is closed');
}
