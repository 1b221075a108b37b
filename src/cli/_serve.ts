import type { Logger } from 'pino';
import { createApi } from '../api/server.ts';
import type { Config } from '../config.ts';
import { OmbreError } from '../errors.ts';
import type { Queues } from '../queue/connection.ts';
import { queueHealth } from '../queue/health.ts';
import { openDatabase } from '../store/database.ts';
import { webPages } from '../web/mount.ts';
import { closeAll } from './_output.ts';

/** What strangers can reach only reads, and no question of theirs keeps the database busy for long. */
const STATEMENT_TIMEOUT_MS = 5000;

/** Serves the API on HOST and PORT, over connections of its own. Throws E_PORT_TAKEN when something else listens there. */
export async function serveApi(
  config: Config,
  databaseUrl: string,
  queues: Queues,
  log?: Logger,
): Promise<{ address: string; close(): Promise<void> }> {
  const db = openDatabase(databaseUrl, { readOnly: true, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  const api = createApi({ config, db, health: { queue: () => queueHealth(queues) }, logger: log, web: webPages({ databaseUrl }) });
  const close = () =>
    closeAll(
      () => api.close(),
      () => db.destroy(),
    );
  try {
    const address = await api.listen({ port: config.PORT, host: config.HOST });
    log?.info({ address }, 'ready');
    return { address, close };
  } catch (error) {
    await close();
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new OmbreError('E_PORT_TAKEN', `${config.HOST}:${config.PORT}; set PORT to another one, or to 0 for any free one`, {
      cause: error,
    });
  }
}
