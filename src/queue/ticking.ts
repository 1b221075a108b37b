import { setTimeout as sleep } from 'node:timers/promises';
import { ErrorCode } from 'bullmq';
import { type JobQueue, type TickJob, within } from './connection.ts';

export type Ticking = {
  /** Looks at the plan now. Rejects when the queue does not answer. */
  look(): Promise<void>;
  stop(): void;
};

/** A look that takes longer is given up, so that one which never ends does not stand in the way of the next. */
const LOOK_MS = 10_000;

/**
 * Has a job come every `every` milliseconds, on whichever worker is free, and on one of them at a time: whoever runs it leads until it is done,
 * and when that one dies its job goes to another. BullMQ plans the next one when it serves one, by the clock of the
 * worker that does: a store that loses anything of it ends the chain for good, and a wrong clock may put it off by years. So the plan is
 * looked at once a tick, and made anew when nothing of it is left, or when it is far away and has not moved since the last look.
 */
export async function keepTicking(
  queue: JobQueue<TickJob>,
  name: string,
  every: number,
  { log, onError }: { log: { warn(message: string): void }; onError(error: unknown): void },
): Promise<Ticking> {
  const plan = (startDate?: number) =>
    unhindered(() => queue.upsertJobScheduler(name, { every, ...(startDate && { startDate }) }, { name, data: {} }));
  // At the next round time and not at once: workers that look at the same moment plan the same job, not one each.
  const planAnew = () => plan((Math.floor(Date.now() / every) + 1) * every);
  let far: number | undefined;
  const mend = async () => {
    // Kept in the queue, so that workers of other versions obey it; a store that lost its data lost it too.
    await queue.setGlobalConcurrency(1);
    const found = await read(queue, name);
    const wasFar = far;
    far = found.next !== undefined && found.next > Date.now() + 3 * every ? found.next : undefined;
    if (isLost(found, every)) {
      await planAnew();
      log.warn(`the next ${name} was lost by the queue; it is planned again`);
    } else if (far !== undefined && far === wasFar) {
      // One that moves is served: then it is this machine's clock that is behind.
      await queue.removeJobScheduler(name);
      await planAnew();
      log.warn(`the next ${name} was planned for ${new Date(far).toISOString()}, by a machine with a wrong clock; it is planned anew`);
    }
  };
  let looking: Promise<void> | null = null;
  const look = () => {
    looking ??= within(mend(), LOOK_MS).finally(() => {
      looking = null;
    });
    return looking;
  };
  await plan();
  await look();
  const timer = setInterval(() => void look().catch(onError), every).unref();
  return { look, stop: () => clearInterval(timer) };
}

/** What BullMQ says where another worker has just planned that very job. */
const PLANNED: ReadonlySet<unknown> = new Set([ErrorCode.SchedulerJobIdCollision, ErrorCode.SchedulerJobSlotsBusy]);
const DEADLOCK = '40P01';

/**
 * Plans beside other workers that do so at the same moment: a plan that is there already will do, and a statement that Postgres ended in favor
 * of another one's has its turn a moment later (both seen with BullMQ 6.7.0).
 */
async function unhindered(plan: () => Promise<unknown>, tries = 5): Promise<void> {
  for (let left = tries - 1; ; left--) {
    try {
      await plan();
      return;
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (PLANNED.has(code)) return;
      if (left === 0 || code !== DEADLOCK) throw error;
      await sleep(50 + Math.random() * 100);
    }
  }
}

/** When the next job is planned for, how many wait for their time or their turn, and how many run. */
type Plan = { next: number | undefined; ahead: number; active: number };

async function read(queue: JobQueue<TickJob>, name: string): Promise<Plan> {
  const [schedulers, { waiting = 0, delayed = 0, active = 0 }] = await Promise.all([
    queue.getJobSchedulers(),
    queue.getJobCounts('waiting', 'delayed', 'active'),
  ]);
  return { next: schedulers.find(scheduler => scheduler.key === name)?.next, ahead: waiting + delayed, active };
}

/**
 * Whether no further job can come of the plan. While one waits or runs it may be planning the next; beside one that runs long,
 * the next one must be waiting when its time has passed. A plan without its job, or a job without its plan, ends by itself and is lost then.
 */
function isLost({ next, ahead, active }: Plan, every: number): boolean {
  return ahead === 0 && (active === 0 || (next !== undefined && next < Date.now() - every));
}
