import type { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import { databaseUrl } from '../postgres/server/server.ts';
import { type DatabaseOptions, openDatabase } from '../store/database.ts';
import { migrate, pendingMigrations } from '../store/migrate.ts';
import type { Database } from '../store/schema.ts';
import { closeAll } from './closing.ts';
import { type Patience, patiently } from './waiting.ts';

/**
 * Runs `work` on the database as it is, for commands that take a moment and neither visit nor want it migrated. Throws E_DB_DOWN, and
 * E_DB_NEWER when a newer program made it.
 */
export async function withDatabase(config: Config, options: DatabaseOptions, work: (db: Kysely<Database>) => Promise<void>): Promise<void> {
  const postgres = await databaseUrl(config);
  const db = openDatabase(postgres.url, options);
  try {
    await pendingMigrations(db);
    await work(db);
  } finally {
    await closeAll(
      () => db.destroy(),
      () => postgres.stop(),
    );
  }
}

/** Brings a database up to date, on a connection that does not tell of an outage: what waits for the first answer says so itself. */
export async function migrateAt(url: string, patience: Patience | undefined): Promise<void> {
  const db = openDatabase(url, { max: 1 });
  await patiently('Postgres', patience, () => migrate(db)).finally(() => db.destroy());
}
