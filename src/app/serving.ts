import type { Logger } from 'pino';
import { createApi } from '../api/server.ts';
import type { Config } from '../config.ts';
import { loadSystems } from '../crawlers/systems.ts';
import { openCredential } from '../desk/password.ts';
import { digestHealth } from '../digest/mail-health.ts';
import { messageOf } from '../errors.ts';
import { zipTable } from '../feed/zip-table.ts';
import type { HealthChecks } from '../http/context.ts';
import type { UntrustedProxy } from '../http/proxies.ts';
import { SLOW_MS } from '../http/revisions.ts';
import { mcpRoute } from '../mcp/http.ts';
import type { Outage } from '../postgres/outage.ts';
import type { Queues } from '../queue/connection.ts';
import type { QueuePing } from '../queue/ping.ts';
import { openDatabase } from '../store/database.ts';
import { workersSeen } from '../store/heartbeats.ts';
import { noteProxy } from '../store/proxy-sightings.ts';
import { guideTexts } from '../web/guide-text.ts';
import { loadGuides } from '../web/guides.ts';
import { webPages } from '../web/mount.ts';
import { subscriptionRoutes } from '../web/subscribe/routes.ts';
import { closeAll } from './closing.ts';
import { workersInWords } from './doctor/running.ts';
import { listenAt } from './listening.ts';
import type { Role } from './metrics/process.ts';
import { openOperator } from './operator.ts';
import { openForReading, STATEMENT_TIMEOUT_MS } from './reading.ts';
import { kindsOf } from './registry.ts';

type Serving = {
  log?: Logger;
  subscriptions?: boolean;
  mailbox?: boolean;
  outage?: Outage;
  queues?: () => Promise<Queues>;
  /** What the process runs as, and the version of the rules that it classifies by. Default: an `api`, which classifies nothing. */
  role?: Role;
  rules?: string;
};

/** Serves pages, feeds, API and MCP on HOST and PORT, over connections of its own, and the operator's desk where a password is set; with `subscriptions` people can subscribe to mails there, and with `mailbox` everybody sees those mails. `queues` is for the desk and for the metrics, which are those of all that this process does. Throws E_PORT_TAKEN when something else listens there, E_CONFIG when HOST is no address of this machine or the password's hash is none. */
export async function serveApi(
  config: Config,
  databaseUrl: string,
  queue: () => Promise<QueuePing>,
  options: Serving = {},
): Promise<{ address: string; close(): Promise<void> }> {
  const { log, subscriptions = false, mailbox = false, outage, queues, role = 'api', rules = null } = options;
  const credential = await openCredential(config);
  // Loaded late: most run without a desk, and it takes some of a small machine's memory.
  const desk = credential && (await import('../desk/mount.ts'));
  const db = openForReading(databaseUrl, { outage });
  const health: HealthChecks = {
    queue,
    // Told, but not a reason to take the site down: late mail is the operator's to see.
    ...(subscriptions && { digest: async () => ({ ok: true, message: (await digestHealth(db)).message }) }),
    // As little a reason: what is there can be read without a worker.
    worker: async () => ({ ok: true, message: workersInWords(await workersSeen(db)).message }),
  };
  const operator = await openOperator({ config, db, health, queues, role, rules, log }).catch(async error => {
    await db.destroy();
    throw error;
  });
  const api = createApi({
    config,
    db,
    health,
    // Where they have a port of their own the public's has none.
    metrics: operator.address === null ? operator.metrics : undefined,
    onUntrustedProxy: seen => void keepSighting(databaseUrl, seen, log),
    logger: log,
    slowMs: SLOW_MS,
    web: (app, context) => {
      webPages({ databaseUrl, subscriptions, structuredData: config.STRUCTURED_DATA })(app, context);
      if (subscriptions) subscriptionRoutes({ config, databaseUrl, mailbox })(app, context);
      if (desk && credential)
        desk.deskRoutes({ databaseUrl, credential, queue, queues, kinds: async () => kindsOf({ systems: await loadSystems() }) })(
          app,
          context,
        );
      mcpRoute({ guides: guideTexts(loadGuides()) })(app, context);
    },
  });
  const close = () =>
    closeAll(
      () => api.close(),
      () => operator.close(),
      () => db.destroy(),
    );
  try {
    // Nobody who asks for a radius is to wait until it is read, nor everybody else meanwhile.
    zipTable();
    const address = await listenAt(api, { port: ['PORT', config.PORT], host: ['HOST', config.HOST] });
    log?.info({ address }, 'ready');
    return { address, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Keeps it for `ombre doctor`, which is another process, over a connection that lasts no longer: the API's own cannot write. */
async function keepSighting(databaseUrl: string, seen: UntrustedProxy, log: Logger | undefined): Promise<void> {
  const db = openDatabase(databaseUrl, { max: 1, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
  try {
    await noteProxy(db, seen);
  } catch (error) {
    // The warning in the log has told already.
    log?.warn(`the sighting of a proxy was not kept for doctor: ${messageOf(error)}`);
  } finally {
    await db.destroy();
  }
}
