import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { OmbreError } from '../errors.ts';
import { Client } from '../postgres/client.ts';
import type { Outage } from '../postgres/outage.ts';
import { codedPool } from '../postgres/pool.ts';
import type { Database } from './schema.ts';

export { asDatabaseError } from '../postgres/pool.ts';

export type DatabaseOptions = {
  /** Most connections of this pool. */
  max?: number;
  /** Every transaction is opened read only; a write fails with SQLSTATE 25006. */
  readOnly?: boolean;
  /** A statement that runs longer is ended with SQLSTATE 57014. */
  statementTimeoutMs?: number;
  /** Told when the server is away, and when it answers again. */
  outage?: Outage;
};

/**
 * Counts come back as numbers (an int8 above 2^53 is refused, not rounded); `numeric` stays text because a number cannot hold it.
 * A `date` stays the text YYYY-MM-DD: it has no time zone, and a Date would move it to the day before in half of the world.
 */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, text => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} does not fit a number`);
  return value;
});
types.setTypeParser(pg.types.builtins.DATE, text => text);

/** Who only reads counts a lot: within 4 MB, as Postgres has it, the pay of all paths and the jobs of one would be sorted on the disk. */
const READING = '-c default_transaction_read_only=on -c work_mem=16MB';

/**
 * A pool of connections to one database. Nothing is opened before the first query; `db.destroy()` closes it.
 * An unreachable server shows as E_DB_DOWN of the query that meets it, not here.
 */
export function openDatabase(url: string, options: DatabaseOptions = {}): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    Client,
    max: options.max ?? 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    application_name: 'ombre',
    types,
    ...(options.statementTimeoutMs !== undefined && { statement_timeout: options.statementTimeoutMs }),
    ...(options.readOnly && { options: READING }),
  });
  // An idle connection that the server ends must not end the process: the pool drops it and the next query opens another.
  pool.on('error', () => undefined);
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool: codedPool(pool, options.outage) }) });
  pools.set(db, pool);
  return db;
}

const pools = new WeakMap<Kysely<Database>, pg.Pool>();

/** The pool below a database that `openDatabase` opened: for what must know its very connection. */
export function poolOf(db: Kysely<Database>): pg.Pool {
  const pool = pools.get(db);
  if (!pool) throw new OmbreError('E_BUG', 'a database that openDatabase did not open');
  return pool;
}

/** The server's version as people say it ("18.4") and its major number. */
export async function serverVersion<T>(db: Kysely<T>): Promise<{ version: string; major: number }> {
  const { rows } = await sql<{ name: string; number: number }>`
    select current_setting('server_version') as name, current_setting('server_version_num')::int as number`.execute(db);
  const { name = '', number = 0 } = rows[0] ?? {};
  return { version: name.split(' ')[0] ?? name, major: Math.floor(number / 10_000) };
}
