import { readdir } from 'node:fs/promises';
import { type Kysely, type Migration, type MigrationProvider, Migrator, type QueryExecutorProvider, sql, type Transaction } from 'kysely';
import manifest from '../../package.json' with { type: 'json' };
import { messageOf, OmbreError } from '../errors.ts';
import { asDatabaseError } from './database.ts';
import type { Database } from './schema.ts';

/** Where Kysely notes what is applied; each says in its comment which program applied the newest. */
const APPLIED = 'kysely_migration';

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
 * one another. Forward only; with `to` no further than that migration. Throws E_DB_DOWN when the server cannot be reached, E_DB_NEWER
 * when the database knows migrations this program does not, else the error of the failing statement with the migration's name;
 * nothing of that run is kept.
 */
export async function migrate<T>(db: Kysely<T>, folder: URL = MIGRATIONS, to: string | null = null): Promise<{ applied: string[] }> {
  const migrating = migrator(db, folder);
  const { error, results } = await (to === null ? migrating.migrateToLatest() : migrating.migrateTo(to));
  if (error !== undefined) {
    const failed = results?.find(result => result.status === 'Error')?.migrationName;
    if (failed !== undefined) throw new Error(`migration ${failed} failed: ${messageOf(error)}`, { cause: error });
    const down = asDatabaseError(error);
    // Kysely calls a migration that has no file here "corrupted"; what it means for the operator is told instead.
    if (down === error) await refuseNewer(db, folder);
    throw down;
  }
  const applied = (results ?? []).map(result => result.migrationName);
  if (applied.length > 0) await noteProgram(db);
  return { applied };
}

/** Runs the migrations that are missing up to `to` inside a transaction that the caller takes back: to see what the tables will be. */
export async function rehearse(trx: Transaction<Database>, to: string, folder: URL = MIGRATIONS): Promise<void> {
  const applied = new Set(await appliedMigrations(trx));
  const all = Object.entries(await new Folder(folder).getMigrations()).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, { up }] of all) if (name <= to && !applied.has(name)) await up(trx);
}

/** Names of the migrations that are not applied yet, in order. Changes nothing. Throws E_DB_DOWN and E_DB_NEWER as `migrate` does. */
export async function pendingMigrations<T>(db: Kysely<T>, folder: URL = MIGRATIONS): Promise<string[]> {
  try {
    await refuseNewer(db, folder);
  } catch (error) {
    throw asDatabaseError(error);
  }
  const all = await migrator(db, folder).getMigrations();
  return all.filter(migration => migration.executedAt === undefined).map(migration => migration.name);
}

/** Names of the migrations a database has, in order; none when it has no table of ours yet. Changes nothing. */
export async function appliedMigrations(db: QueryExecutorProvider): Promise<string[]> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass(${APPLIED}) is not null as there`.execute(db);
  if (!rows[0]?.there) return [];
  return (await sql<{ name: string }>`select name from ${sql.table(APPLIED)} order by name`.execute(db)).rows.map(({ name }) => name);
}

/** Names of the migrations this program brings, in order. */
export async function knownMigrations(folder: URL = MIGRATIONS): Promise<string[]> {
  return Object.keys(await new Folder(folder).getMigrations()).sort();
}

async function refuseNewer<T>(db: Kysely<T>, folder: URL): Promise<void> {
  const known = new Set(await knownMigrations(folder));
  const newer = (await appliedMigrations(db)).filter(name => !known.has(name));
  if (newer.length === 0) return;
  const { rows } = await sql<{ program: string | null }>`
    select substring(obj_description(to_regclass(${APPLIED}), 'pg_class') from '^ombre (.+)$') as program`.execute(db);
  const program = rows[0]?.program;
  // The version alone may not tell: a checkout can carry migrations that no release has yet.
  const remedy =
    program && program !== manifest.version ? `install Ombre ${program} or newer` : `install the Ombre that has ${newer.at(-1)}`;
  throw new OmbreError(
    'E_DB_NEWER',
    `it has ${newer.join(', ')}, which Ombre ${manifest.version} does not know; ${remedy}, or restore the backup of before the upgrade`,
  );
}

/** So that an older program can name the version it needs. A comment, because a table of its own would be a migration again. */
async function noteProgram<T>(db: Kysely<T>): Promise<void> {
  await sql`comment on table ${sql.table(APPLIED)} is ${sql.lit(`ombre ${manifest.version}`)}`.execute(db);
}
