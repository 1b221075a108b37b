import type { Job } from 'bullmq';
import type { JobQueue, Queues } from './connection.ts';
import { asVisitProgress } from './put-off.ts';
import { workerOf } from './worker-name.ts';

export type JobKind = 'visit' | 'tick' | 'retag' | 'digest';
export type QueuedState = 'waiting' | 'running' | 'delayed' | 'failed';

/** One job as an operator sees it. Times of `asked`, `since` and `failed` are of the clock of whoever did it. */
export type QueuedJob = {
  id: string;
  kind: JobKind;
  state: QueuedState;
  /** Of a visit; null of other kinds. */
  sourceId: number | null;
  asked: Date;
  /** Who runs it, and since when; null unless it runs. A worker of before this was kept has no name. */
  worker: { host: string; pid: number } | null;
  since: Date | null;
  /** When one that is delayed is due; null where it is not known. */
  until: Date | null;
  failed: Date | null;
  /** What a failed one failed with, or a delayed one was put off for. */
  error: string | null;
};

export type QueueCounts = Record<QueuedState, number>;
const STATES: readonly QueuedState[] = ['running', 'waiting', 'delayed', 'failed'];
/** Our words for the states, and BullMQ's. */
const BULL = { waiting: 'waiting', running: 'active', delayed: 'delayed', failed: 'failed' } as const;

/** What runs, waits, is put off and has failed, in that order: of each kind and state `most` at most, the oldest first, of failed ones the newest. `counts` are of all. */
export async function listJobs(queues: Queues, most = 100): Promise<{ jobs: QueuedJob[]; counts: Record<JobKind, QueueCounts> }> {
  const kinds: [JobKind, JobQueue<unknown>][] = [
    ['visit', queues.visits],
    ['tick', queues.ticks],
    ['retag', queues.retags],
    ['digest', queues.digests],
  ];
  const read = await Promise.all(
    kinds.map(async ([kind, queue]) => {
      const lists = STATES.map(async state => {
        const jobs = await queue.getJobs([BULL[state]], 0, most - 1, state !== 'failed');
        // One that ended between its number and its row comes as nothing.
        const found = jobs.filter(Boolean).map(job => queued(job, kind, state));
        // In Postgres BullMQ 6.7.0 gives some states newest first, whatever is asked for.
        return state === 'failed' ? found : found.sort((a, b) => a.asked.getTime() - b.asked.getTime());
      });
      const [counts, ...jobs] = await Promise.all([queue.getJobCounts(...STATES.map(state => BULL[state])), ...lists]);
      const byState = Object.fromEntries(STATES.map(state => [state, counts[BULL[state]] ?? 0])) as QueueCounts;
      return { kind, counts: byState, jobs: jobs.flat() };
    }),
  );
  const jobs = STATES.flatMap(state => read.flatMap(one => one.jobs.filter(job => job.state === state)));
  return { jobs, counts: Object.fromEntries(read.map(({ kind, counts }) => [kind, counts])) as Record<JobKind, QueueCounts> };
}

/** A visit that waits, runs, is put off or has failed, by the id of its job; null when there is none. */
export async function visitJob(queues: Queues, id: string): Promise<QueuedJob | null> {
  const job = await queues.visits.getJob(id);
  const now = await job?.getState();
  const state = STATES.find(one => BULL[one] === now);
  return job && state ? queued(job, 'visit', state) : null;
}

/**
 * Takes a visit out of the queue. False when it is not there any more or runs at this moment: then it belongs to its worker.
 * Its source may be asked for again at once.
 */
export async function dropVisit(queues: Queues, id: string): Promise<boolean> {
  const job = await queues.visits.getJob(id);
  if (!job || (await job.getState()) === 'active') return false;
  try {
    await job.remove();
  } catch (error) {
    // A worker took it in between.
    if ((await job.getState()) === 'active') return false;
    throw error;
  }
  return true;
}

/** Has a visit that was put off made now. False when it is not put off any more. */
export async function hasten(queues: Queues, id: string): Promise<boolean> {
  const job = await queues.visits.getJob(id);
  if (!job || (await job.getState()) !== 'delayed') return false;
  try {
    await job.promote();
  } catch (error) {
    // Its time came in between.
    if ((await job.getState()) !== 'delayed') return false;
    throw error;
  }
  return true;
}

function queued(job: Job<unknown>, kind: JobKind, state: QueuedState): QueuedJob {
  const { sourceId = null } = (job.data ?? {}) as { sourceId?: number | null };
  const putOff = state === 'delayed' ? asVisitProgress(job.progress) : null;
  // One that was put off without a word (by an older program) has only how long, and not from when.
  const planned = state === 'delayed' && job.attemptsStarted === 0 ? new Date(job.timestamp + job.delay) : null;
  return {
    id: String(job.id),
    kind,
    state,
    sourceId,
    asked: new Date(job.timestamp),
    worker: state === 'running' ? workerOf(job.processedBy) : null,
    since: state === 'running' && job.processedOn ? new Date(job.processedOn) : null,
    until: putOff?.until ?? planned,
    failed: state === 'failed' && job.finishedOn ? new Date(job.finishedOn) : null,
    error: state === 'failed' ? (job.failedReason ?? null) : (putOff?.because ?? null),
  };
}
