import { Worker } from 'node:worker_threads';
import type { StoredPosting } from '../pipeline/reclassify.ts';
import type { RulesDiff, StoredTags } from '../pipeline/rules-diff.ts';
import type { Reviewed } from '../store/tags/review.ts';

/** What the classifier is asked by the desk. */
export type Work = {
  /** Why each answer may be wrong. */
  doubts(rows: readonly Reviewed[]): Promise<string[]>;
  /** What the rules of this program would move among these. */
  diff(postings: readonly (StoredPosting & { tags: StoredTags })[]): Promise<RulesDiff>;
};

type Ask = { [What in keyof Work]: { what: What; given: Parameters<Work[What]>[0] } }[keyof Work];
export type Asked = { id: number; ask: Ask };
export type Answered = { id: number; value: unknown } | { id: number; failed: string };

export type ClassifierThread = Work & { close(): Promise<void> };

/** A thread that nobody asks for so long is ended: its rules and models are a hundred megabytes. */
const IDLE_MS = 60_000;

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void };

/** A thread with those who wait for it, so that the end of one fails nobody who asked the next. */
type Running = { worker: Worker; waiting: Map<number, Waiting> };

/**
 * The classifier beside the process that serves: compiling its rules takes half a second and a posting some milliseconds, in which nobody else
 * would be answered. The thread starts with the first question.
 */
export function classifierThread({ idleMs = IDLE_MS }: { idleMs?: number } = {}): ClassifierThread {
  let running: Running | null = null;
  let idle: NodeJS.Timeout | undefined;
  let asked = 0;

  const end = async () => {
    const ended = running;
    running = null;
    clearTimeout(idle);
    await ended?.worker.terminate();
  };
  const begin = (): Running => {
    const begun = started();
    begun.worker.on('message', () => {
      if (begun === running && begun.waiting.size === 0) idle = setTimeout(() => void end(), idleMs).unref();
    });
    begun.worker.on('exit', () => {
      if (begun === running) running = null;
    });
    return begun;
  };
  const ask = <T>(question: Ask): Promise<T> =>
    new Promise((resolve, reject) => {
      clearTimeout(idle);
      running ??= begin();
      asked += 1;
      running.waiting.set(asked, { resolve, reject });
      running.worker.postMessage({ id: asked, ask: question } satisfies Asked);
    });
  return {
    doubts: given => ask({ what: 'doubts', given }),
    diff: given => ask({ what: 'diff', given }),
    close: end,
  };
}

function started(): Running {
  const waiting: Running['waiting'] = new Map();
  const worker = new Worker(new URL('./classifier-worker.ts', import.meta.url));
  worker.unref();
  const failAll = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (answered: Answered) => {
    const waits = waiting.get(answered.id);
    waiting.delete(answered.id);
    if ('failed' in answered) waits?.reject(new Error(answered.failed));
    else waits?.resolve(answered.value as never);
  });
  worker.on('error', error => failAll(error as Error));
  worker.on('exit', () => failAll(new Error('the thread of the classifier has ended')));
  return { worker, waiting };
}
