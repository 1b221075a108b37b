import { readdir } from 'node:fs/promises';
import { type Kysely, type Migration, type MigrationProvider, Migrator } from 'kysely';
import { messageOf, OmbreError } from '../errors.ts';
import { asDatabaseError } from './database.ts';

/** The numbered files of migrations/, found from this file and not from the working directory. */
const MIGRATIONS = new URL('../../migrations/', import.meta.url);

/** Reads `NNNN_name.ts` files that export `up`. A file of another name or without `up` is an error, never skipped. */
class Folder implements MigrationProvider {
  readonly #url: URL;

  constructor(url: URL) {
    this.#url = url;
  }

  async getMigrations(): Promise<Record<string, Migration>> {
    const migrations: Record<string, Migration> = {};
    for (const file of (await readdir(this.#url)).sort()) {
      if (!/^\d{4}_[a-z0-9_]+\.ts$/.test(file)) throw new OmbreError('E_BUG', `migrations/${file} is not named NNNN_name.ts`);
      const module: Partial<Migration> = await import(new URL(file, this.#url).href);
      if (typeof module.up !== 'function') throw new OmbreError('E_BUG', `migrations/${file} exports no up()`);
      migrations[file.slice(0, -'.ts'.length)] = { up: module.up };
    }
    return migrations;
  }
}

function migrator<T>(db: Kysely<T>, folder: URL): Migrator {
  return new Migrator({ db, provider: new Folder(folder) });
}

/**
 * Applies what is missing, in order, in one transaction, under Postgres' advisory lock: processes that start together wait for
 * one another. Forward only. Throws E_DB_DOWN when the server cannot be reached, else the error of the failing statement with the migration's name; nothing of that run is kept.
 */
export async function migrate<T>(db: Kysely<T>, folder: URL = MIGRATIONS): Promise<{ applied: string[] }> {
  const { error, results } = await migrator(db, folder).migrateToLatest();
  if (error !== undefined) {
    const failed = results?.find(result => result.status === 'Error')?.migrationName;
    throw failed === undefined ? asDatabaseError(error) : new Error(`migration ${failed} failed: ${messageOf(error)}`, { cause: error });
  }
  return { applied: (results ?? []).map(result => result.migrationName) };
}

/** Names of the migrations that are not applied yet, in order. Changes nothing. */
export async function pendingMigrations<T>(db: Kysely<T>, folder: URL = MIGRATIONS): Promise<string[]> {
  const all = await migrator(db, folder).getMigrations();
  return all.filter(migration => migration.executedAt === undefined).map(migration => migration.name);
}
