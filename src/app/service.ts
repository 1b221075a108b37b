import type { DestinationStream, Logger } from 'pino';
import { type Config, readConfig } from '../config.ts';
import { isDown } from '../postgres/outage.ts';
import { closeAll } from './closing.ts';
import type { Role } from './metrics/process.ts';
import { aborted, stopSignal } from './stopping.ts';
import { logger } from './stored.ts';
import { type Patience, patienceOf } from './waiting.ts';

/** What a service begins with. What is given to `keep` is closed at its end, the last one first. */
type Beginning = { config: Config; log: Logger; patience: Patience; keep<T extends { close(): Promise<unknown> }>(open: T): T };

/**
 * Runs a service, whose log goes to stderr or `logTo`: what `begin` opens, until SIGINT or SIGTERM. Rejects with the reason of the signal that `begin` returns when that one is
 * aborted before: the database is given up, or memory ran short. Told to stop while it still waits to begin, or while what it closes is down, it has done what
 * it was told: no error.
 */
export async function runService(
  role: Role,
  begin: (beginning: Beginning) => Promise<AbortSignal>,
  logTo?: DestinationStream,
): Promise<void> {
  const signal = stopSignal();
  const config = readConfig();
  const log = logger(config, undefined, logTo);
  const opened: (() => Promise<unknown>)[] = [];
  const keep: Beginning['keep'] = open => {
    opened.unshift(() => open.close());
    return open;
  };
  try {
    try {
      const { OTEL_EXPORTER_OTLP_ENDPOINT: collector } = config;
      // Loaded late, for most run without one.
      if (collector !== null)
        keep((await import('./tracing.ts')).startTracing({ ...config, OTEL_EXPORTER_OTLP_ENDPOINT: collector }, { role, log }));
      const lost = await begin({ config, log, patience: patienceOf(config, log, signal), keep });
      await aborted(AbortSignal.any([signal, lost]));
      if (!signal.aborted) lost.throwIfAborted();
    } finally {
      await closeAll(...opened);
    }
  } catch (error) {
    if (!signal.aborted || !(error === signal.reason || isDown(error))) throw error;
  }
}
