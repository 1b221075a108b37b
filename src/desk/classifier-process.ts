import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
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

export type ClassifierProcess = Work & { close(): Promise<void> };

/** A process that nobody asks for so long is ended: with its rules and models it takes some 320 MB. */
const IDLE_MS = 60_000;

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void };

/** A process with those who wait for it, so that the end of one fails nobody who asked the next. */
type Running = { child: ChildProcess; waiting: Map<number, Waiting> };

/**
 * The classifier beside the process that serves: compiling its rules takes half a second and a posting some milliseconds, in which nobody else
 * would be answered. A process and not a thread, because the memory of a thread stays with its process. It starts with the first question.
 */
export function classifierProcess({ idleMs = IDLE_MS }: { idleMs?: number } = {}): ClassifierProcess {
  let running: Running | null = null;
  let idle: NodeJS.Timeout | undefined;
  let asked = 0;

  const end = async () => {
    const child = running?.child;
    running = null;
    clearTimeout(idle);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  };
  const begin = (): Running => {
    const begun = started();
    begun.child.on('message', () => {
      if (begun === running && begun.waiting.size === 0) idle = setTimeout(() => void end(), idleMs).unref();
    });
    begun.child.on('exit', () => {
      if (begun === running) running = null;
    });
    return begun;
  };
  const ask = <T>(question: Ask): Promise<T> =>
    new Promise((resolve, reject) => {
      clearTimeout(idle);
      running ??= begin();
      asked += 1;
      const { child, waiting } = running;
      const id = asked;
      waiting.set(id, { resolve, reject });
      child.send({ id, ask: question } satisfies Asked, error => {
        if (error && waiting.delete(id)) reject(error);
      });
    });
  return {
    doubts: given => ask({ what: 'doubts', given }),
    diff: given => ask({ what: 'diff', given }),
    close: end,
  };
}

/** It needs nothing of the environment, which holds secrets, and ends by itself when this process does. */
function started(): Running {
  const waiting: Running['waiting'] = new Map();
  const child = fork(new URL('./classifier-child.ts', import.meta.url), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
    env: {},
  });
  child.unref();
  child.channel?.unref();
  const failAll = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  child.on('message', (answered: Answered) => {
    const waits = waiting.get(answered.id);
    waiting.delete(answered.id);
    if ('failed' in answered) waits?.reject(new Error(answered.failed));
    else waits?.resolve(answered.value as never);
  });
  child.on('error', failAll);
  child.on('exit', () => failAll(new Error('the process of the classifier has ended')));
  return { child, waiting };
}
