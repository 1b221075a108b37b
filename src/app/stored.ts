import type { Kysely } from 'kysely';
import pino, { type DestinationStream, type Logger } from 'pino';
import { type Config, secretValues } from '../config.ts';
import { Outage } from '../postgres/outage.ts';
import { keptDatabase } from '../postgres/server/keeper.ts';
import { openDatabase } from '../store/database.ts';
import type { Database } from '../store/schema.ts';
import { loggedContext } from '../telemetry/log-context.ts';
import { redactor } from '../telemetry/redaction.ts';
import { closeAll } from './closing.ts';
import { migrateAt } from './database.ts';
import type { Patience } from './waiting.ts';

/**
 * What commands run on that work with what is stored: the database (its own Postgres started when none is set, migrated). The board systems
 * are in parts.ts: loading them, and what reads a posting, costs more than most of these commands take.
 */
export type Stored = {
  config: Config;
  log: Logger;
  url: string;
  db: Kysely<Database>;
  /** Aborts with E_DB_DOWN when the private Postgres died too often to be started once more, with E_DISK_FULL where space is not waited for. */
  lost: AbortSignal;
  /** Told when Postgres goes away and when it is back. */
  outage: Outage;
  close(): Promise<void>;
};

/** Logs go to stderr as JSON lines, or `to` what stands between, without secrets and with what is noted of the visit that causes a line; stdout belongs to the output. */
export function logger(config: Config, level = config.LOG_LEVEL, to: DestinationStream = pino.destination(2)): Logger {
  return pino({ level, base: null, mixin: loggedContext, hooks: { streamWrite: redactor(secretValues(config)) } }, to);
}

/** With `patience`, a database that is not there yet is waited for. */
export async function openStored(config: Config, log: Logger = logger(config), patience?: Patience): Promise<Stored> {
  const postgres = await keptDatabase(config, log);
  const outage = new Outage('Postgres', log);
  // A visit keeps one connection, and needs another for turns and robots.txt.
  const db = openDatabase(postgres.url, { max: config.CRAWL_CONCURRENCY * 2 + 6, outage });
  const close = () =>
    closeAll(
      () => db.destroy(),
      () => postgres.stop(),
    );
  try {
    await migrateAt(postgres.url, patience);
  } catch (error) {
    await close();
    throw error;
  }
  return { config, log, url: postgres.url, db, lost: postgres.lost, outage, close };
}
