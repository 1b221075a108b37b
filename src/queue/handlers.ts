import type { Logger } from 'pino';

/** Where workers tell of what they do. */
export type WorkerLog = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** What a visit rejects with that has to wait for another one: it is made again some seconds later. */
export class VisitLater extends Error {
  override readonly name = 'VisitLater';
}

/** The work a process does for the queue. */
export type Handlers = {
  /**
   * Makes one visit. It may be run again for the same source after a crash or a hand-back, so its effects must be idempotent.
   * When the signal is aborted it should reject soon (with anything); a visit that resolves all the same counts as done.
   * A rejection with E_DB_DOWN says that the visit broke off, one with VisitLater that it has to wait: it is made again soon. Any other rejection without an abort is its end.
   */
  visit(sourceId: number, signal: AbortSignal): Promise<void>;
  /** Sources to visit now. Left out: this worker serves no ticks. It must go on naming a source until its visit has started. */
  due?(): Promise<number[]>;
  /** Brings stored postings up to the rules in force. Stopped half-way it counts as done: whoever finds outdated postings asks again. */
  retag?(signal: AbortSignal): Promise<void>;
  /** One pass of the digest: match, compose, send. Stopped half-way, the next tick goes on. */
  digest?(signal: AbortSignal): Promise<void>;
};
