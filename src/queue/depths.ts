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
      return { queue: name, state, jobs, oldestSeconds: jobs > 0 ? await oldest(queue, state, jobs) : null };
    }),
  );
}

/** The last of them from the newest on: in Postgres BullMQ 6.7.0 counts those that wait or run from the newest whatever order is asked for. */
async function oldest(queue: Pick<JobQueue<unknown>, 'getJobs'>, state: QueueDepth['state'], jobs: number): Promise<number | null> {
  const [last] = await queue.getJobs([state], jobs - 1, jobs - 1, false);
  // It may have ended in between. A job that was put off, or that the plan put there, is due later than it is dated.
  return last ? Math.max(0, (Date.now() - (last.timestamp + (last.delay ?? 0))) / 1000) : null;
}
