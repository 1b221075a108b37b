import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Queues } from './connection.ts';

/**
 * Asks for a visit of a source. `added` is false when a visit of that source already waits or runs, which then is the one meant.
 * The job carries the id only; a finished or failed visit does not stand in the way of the next one.
 */
export async function enqueueVisit(queues: Queues, sourceId: number): Promise<{ id: string; added: boolean }> {
  const jobId = randomUUID();
  const job = await queues.visits.add('visit', { sourceId }, { jobId, deduplication: { id: `source-${sourceId}` } });
  const id = job.id ?? jobId;
  return { id, added: id === jobId };
}

/** Resolves as soon as no visit waits or runs, on any worker; rejects with the signal's reason when aborted. Looks every `pollMs`. */
export async function waitIdle(queues: Queues, options: { signal?: AbortSignal; pollMs?: number } = {}): Promise<void> {
  const { signal, pollMs = 100 } = options;
  for (;;) {
    signal?.throwIfAborted();
    const counts = await queues.visits.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
    if (Object.values(counts).every(count => count === 0)) return;
    await sleep(pollMs);
  }
}

/** Asks for the stored postings to be brought up to a rules version; asked again while that waits or runs, nothing is added. */
export async function enqueueRetag(queues: Queues, version: string): Promise<void> {
  await queues.retags.add('retag', { version }, { jobId: randomUUID(), deduplication: { id: `rules-${version}` } });
}
