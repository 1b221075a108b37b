import type { JobQueue, Queues } from './connection.ts';

const STATES = ['waiting', 'active', 'delayed', 'failed'] as const;

/** Jobs of one queue in one state, and for how many seconds the oldest has been in the queue; null when there is none. */
export type QueueDepth = { queue: string; state: (typeof STATES)[number]; jobs: number; oldestSeconds: number | null };

/** How full the queues are. `failed` ones are kept for two weeks, and nobody waits for them. */
export async function queueDepths({ visits, ticks, retags, digests }: Queues): Promise<QueueDepth[]> {
  const queues = Object.entries({ visits, ticks, retags, digests });
  return (await Promise.all(queues.map(([name, queue]) => depthsOf(name, queue)))).flat();
}

async function depthsOf(name: string, queue: Pick<JobQueue<unknown>, 'getJobCounts' | 'getJobs'>): Promise<QueueDepth[]> {
  const counts = await queue.getJobCounts(...STATES);
  return await Promise.all(
    STATES.map(async state => {
      const jobs = counts[state] ?? 0;
      return { queue: name, state, jobs, oldestSeconds: jobs > 0 ? await oldest(queue, state) : null };
    }),
  );
}

async function oldest(queue: Pick<JobQueue<unknown>, 'getJobs'>, state: QueueDepth['state']): Promise<number | null> {
  // At both ends: Redis gives those that wait from the oldest on, Postgres from the newest (BullMQ 6.7.0).
  const ends = await Promise.all([queue.getJobs([state], 0, 0, true), queue.getJobs([state], 0, 0, false)]);
  // A job that was put off, or that the plan put there, is due later than it is dated.
  const due = ends.flat().map(job => job.timestamp + (job.delay ?? 0));
  // They may have ended in between.
  return due.length > 0 ? Math.max(0, (Date.now() - Math.min(...due)) / 1000) : null;
}
