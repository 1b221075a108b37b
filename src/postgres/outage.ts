import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, OmbreError } from '../errors.ts';

type Log = { info(bindings: object, message: string): void; warn(message: string): void };

/** For what a request waits for: a connection that was cut is made anew; an outage longer than that breaks the visit off. */
export const SHORT_OUTAGE_MS = 4_000;

/** Tells of a part that went away in one line, however many notice it, and in another one when it is back. */
export class Outage {
  readonly #what: string;
  readonly #log: Log;
  #since: number | null = null;

  /** `what` begins both sentences: "Postgres", "the queue on redis". */
  constructor(what: string, log: Log) {
    this.#what = what;
    this.#log = log;
  }

  get lasts(): boolean {
    return this.#since !== null;
  }

  away(error: unknown): void {
    if (this.#since !== null) return;
    this.#since = performance.now();
    this.#log.warn(`${this.#what} is away, and waited for: ${messageOf(error)}`);
  }

  well(): void {
    if (this.#since === null) return;
    const seconds = Math.round((performance.now() - this.#since) / 1000);
    this.#since = null;
    this.#log.info({ seconds }, `${this.#what} is back`);
  }
}

/** Whether an error says that a part Ombre needs is away, and nothing about the work at hand. */
export function isDown(error: unknown): error is OmbreError {
  return error instanceof OmbreError && error.action === 'down';
}

/**
 * Does something again while the database is away, for `ms` at most: for work that may be done twice. Throws the last E_DB_DOWN then,
 * the signal's reason when aborted, and any other error at once.
 */
export async function outlasting<T>(ms: number, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const deadline = performance.now() + ms;
  for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, 1_000)) {
    try {
      return await work();
    } catch (error) {
      if (!isDown(error) || performance.now() + pauseMs > deadline) throw error;
    }
    await sleep(pauseMs, undefined, { signal }).catch(error => {
      signal?.throwIfAborted();
      throw error;
    });
  }
}
