import type { Config } from '../config.ts';
import { OmbreError } from '../errors.ts';
import type { Queues } from '../queue/connection.ts';
import { pingQueue, type QueuePing } from '../queue/ping.ts';
import { closeAll } from './closing.ts';
import { lookAtHeartbeat } from './heartbeat-file.ts';
import type { Parts } from './parts.ts';
import { openForReading } from './reading.ts';

const PING_MS = 2_000;

/** A worker as it is looked at: what has begun of it. */
export type Watched = { queues: Queues; isTaking(): boolean };

/**
 * Serves the metrics and the health of a worker on METRICS_PORT, from before its first visit on; `crawling` gives undefined until it has begun. Its
 * `/readyz` asks what `ombre health` asks, the file of its sign of life, and besides whether it takes jobs. What it needs is loaded here: most
 * workers have no such port, and need neither Fastify nor the metrics.
 */
export async function watchWorker(
  { config, url, log }: Pick<Parts, 'config' | 'url' | 'log'>,
  crawling: () => Watched | undefined,
): Promise<{ close(): Promise<void> }> {
  const [{ openOperator }, { defaultRules }] = await Promise.all([import('./operator.ts'), import('../classify/compile/compile.ts')]);
  // Connections of its own: what scrapes ask must not wait for visits, nor visits for them.
  const db = openForReading(url, { max: 3 });
  try {
    const operator = await openOperator({
      config,
      db,
      log,
      role: 'worker',
      rules: defaultRules().version,
      queues: async () => begun(crawling()).queues,
      health: {
        queue: () => pingOf(crawling(), config),
        worker: async () => (crawling()?.isTaking() ? lookAtHeartbeat(config) : { ok: false, message: 'its queue gives out no jobs' }),
      },
    });
    return {
      close: () =>
        closeAll(
          () => operator.close(),
          () => db.destroy(),
        ),
    };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** A queue that is not open yet is one that is away. */
export function begun<T>(crawling: T | undefined): T {
  if (crawling === undefined) throw new OmbreError('E_QUEUE_DOWN', 'it is not open yet');
  return crawling;
}

/** Whether the queue answers; while it is not open yet it does not. */
export async function pingOf(crawling: Watched | undefined, { REDIS_URL }: Pick<Config, 'REDIS_URL'>): Promise<QueuePing> {
  if (crawling) return await pingQueue(crawling.queues, PING_MS);
  return { ok: false, backend: REDIS_URL === null ? 'postgres' : 'redis', message: 'The queue is not open yet.', visits: null };
}
