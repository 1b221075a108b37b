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

/**
 * The classifier beside the process that serves: compiling its rules takes half a second and a posting some milliseconds, in which nobody else
 * would be answered. The thread starts with the first question.
 */
export function classifierThread({ idleMs = IDLE_MS }: { idleMs?: number } = {}): ClassifierThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let asked = 0;

  const end = async () => {
    const ended = worker;
    worker = null;
    clearTimeout(idle);
    await ended?.terminate();
  };
  const failAll = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./classifier-worker.ts', import.meta.url));
    started.unref();
    started.on('message', (answered: Answered) => {
      const waits = waiting.get(answered.id);
      waiting.delete(answered.id);
      if ('failed' in answered) waits?.reject(new Error(answered.failed));
      else waits?.resolve(answered.value as never);
      if (waiting.size === 0) idle = setTimeout(() => void end(), idleMs).unref();
    });
    started.on('error', error => failAll(error as Error));
    started.on('exit', () => {
      if (worker === started) worker = null;
      failAll(new Error('the thread of the classifier has ended'));
    });
    return started;
  };
  const ask = <T>(question: Ask): Promise<T> =>
    new Promise((resolve, reject) => {
      clearTimeout(idle);
      worker ??= start();
      asked += 1;
      waiting.set(asked, { resolve, reject });
      worker.postMessage({ id: asked, ask: question } satisfies Asked);
    });
  return {
    doubts: given => ask({ what: 'doubts', given }),
    diff: given => ask({ what: 'diff', given }),
    close: end,
  };
}
