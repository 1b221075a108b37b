import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import { createOperatorServer } from '../api/operator.ts';
import type { Config } from '../config.ts';
import type { HealthChecks } from '../http/context.ts';
import type { Database } from '../store/schema.ts';
import { closeAll } from './closing.ts';
import { listenAt } from './listening.ts';
import { type MetricsOptions, type OpenMetrics, openMetrics } from './metrics/open.ts';

type Operated = Omit<MetricsOptions, 'config'> & { config: Config; health: HealthChecks; db: Kysely<Database>; log?: Logger | undefined };

/**
 * The metrics of this process and, where METRICS_PORT is set, what serves them there with the health checks. `address` is null where it is not.
 * Throws E_PORT_TAKEN and E_CONFIG as `listenAt` does.
 */
export async function openOperator(options: Operated): Promise<{ metrics: OpenMetrics; address: string | null; close(): Promise<void> }> {
  const { config, db, health, log } = options;
  const metrics = openMetrics(options);
  const { METRICS_PORT: port, METRICS_HOST: host } = config;
  if (port === null) return { metrics, address: null, close: () => metrics.close() };
  const server = createOperatorServer({ db, health, metrics, ...(log && { logger: log }) });
  const close = () =>
    closeAll(
      () => server.close(),
      () => metrics.close(),
    );
  try {
    const address = await listenAt(server, { port: ['METRICS_PORT', port], host: ['METRICS_HOST', host] });
    log?.info({ address }, 'metrics ready');
    return { metrics, address, close };
  } catch (error) {
    await close();
    throw error;
  }
}
