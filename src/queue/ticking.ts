import type { JobQueue, TickJob } from './connection.ts';

export type Ticking = { stop(): void };

/**
 * Has a job come every `every` milliseconds, on whichever worker is free. BullMQ plans it by the clock of the worker that served the last
 * one: under a wrong clock that may be in years, so the plan is looked at now and from time to time, and made anew when it is too far away.
 */
export async function keepTicking(
  queue: JobQueue<TickJob>,
  name: string,
  every: number,
  { log, onError }: { log: { warn(message: string): void }; onError(error: unknown): void },
): Promise<Ticking> {
  const plan = () => queue.upsertJobScheduler(name, { every }, { name, data: {} });
  const look = async () => {
    const planned = (await queue.getJobSchedulers()).find(scheduler => scheduler.key === name)?.next;
    if (planned === undefined || planned <= Date.now() + 3 * every) return;
    await queue.removeJobScheduler(name);
    await plan();
    log.warn(`the next ${name} was planned for ${new Date(planned).toISOString()}, by a machine with a wrong clock; it comes now`);
  };
  await look();
  await plan();
  const timer = setInterval(() => void look().catch(onError), 5 * every).unref();
  return { stop: () => clearInterval(timer) };
}
