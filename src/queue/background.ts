import type { JobQueue, JobWorker, Queues } from './connection.ts';
import type { Handlers, WorkerLog } from './handlers.ts';
import { type SharedOptions, toldAs } from './shared-options.ts';
import { enqueueVisit } from './visits.ts';

/** The workers of what is done beside visits, one job at a time each: the tick, re-tagging, the digest. `stop` aborts what runs. */
export function backgroundWorkers(
  queues: Queues,
  { due, retag, digest }: Handlers,
  shared: SharedOptions,
  log: WorkerLog,
): { workers: JobWorker[]; stop(reason: Error): void } {
  const stopping = new AbortController();
  const serve = <T>(queue: JobQueue<T>, work: () => Promise<void>, onFailing: string): JobWorker =>
    queues.worker(queue, work, { ...shared, concurrency: 1, onFailed: toldAs(onFailing, log) });
  const untilStopped = (what: string, work: (signal: AbortSignal) => Promise<void>) => async () => {
    try {
      await work(stopping.signal);
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
      log.info(`${what} stopped, it goes on where it is`);
    }
  };
  const tick = (due: () => Promise<number[]>) => async () => {
    const sourceIds = await due();
    for (const sourceId of sourceIds) await enqueueVisit(queues, sourceId);
    if (sourceIds.length > 0) log.debug({ due: sourceIds.length }, 'due sources enqueued');
  };

  const workers: JobWorker[] = [];
  if (due) workers.push(serve(queues.ticks, tick(due), 'tick failed, the next one tries again'));
  if (retag) workers.push(serve(queues.retags, untilStopped('re-tagging', retag), 're-tagging failed, the next tick asks again'));
  if (digest) workers.push(serve(queues.digests, untilStopped('digest', digest), 'digest failed, the next tick asks again'));
  return { workers, stop: reason => stopping.abort(reason) };
}
