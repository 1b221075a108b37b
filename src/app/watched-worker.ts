import type { Queues } from '../queue/connection.ts';
import { pingQueue } from '../queue/ping.ts';
import { closeAll } from './closing.ts';
import { lookAtHeartbeat } from './heartbeat-file.ts';
import type { Parts } from './parts.ts';
import { openForReading } from './reading.ts';

const PING_MS = 2_000;

/**
 * Serves the metrics and the health of a worker on METRICS_PORT. Its `/readyz` asks what `ombre health` asks, the file of its sign of life, and
 * besides whether it takes jobs. Loaded late: most workers have no such port, and need neither Fastify nor the metrics.
 */
export async function watchWorker(
  { config, url, log }: Pick<Parts, 'config' | 'url' | 'log'>,
  { queues, isTaking }: { queues: Queues; isTaking(): boolean },
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
      queues: async () => queues,
      health: {
        queue: () => pingQueue(queues, PING_MS),
        worker: async () => (isTaking() ? lookAtHeartbeat(config) : { ok: false, message: 'its queue gives out no jobs' }),
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
