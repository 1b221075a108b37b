import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import manifest from '../../../package.json' with { type: 'json' };
import { OmbreError } from '../../errors.ts';
import { appliedMigrations } from '../migrate.ts';
import type { Database } from '../schema.ts';
import { type DumpEnd, type DumpHeader, DumpWriter, FORMAT } from './format.ts';
import { type DumpTable, dumpTables } from './tables.ts';

/** Rows fetched at a time: a text may have hundreds of kilobytes. */
const FETCH = 200;

type ExportOptions = {
  /** Of the keys of the links in mails, what tells them without showing them. */
  prints: DumpHeader['keys'];
  /** The keys themselves, as `id:secret`, when they are asked for. */
  keys: string[] | null;
  /** Told the rows of each table as they are written. */
  tell?: (rows: Readonly<Record<string, number>>) => void;
};

/**
 * The lines of an export, of one snapshot of the database: what is written meanwhile is not in it, and nobody is kept from writing.
 * However large the database, a few rows are in memory. Changes nothing. Throws E_INPUT when the database has no tables yet.
 */
export async function* exportDump(db: Kysely<Database>, options: ExportOptions): AsyncGenerator<string> {
  const trx = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute();
  try {
    const migration = (await appliedMigrations(trx)).at(-1);
    if (migration === undefined) throw new OmbreError('E_INPUT', 'the database has no tables yet, so there is nothing to export');
    const at = await settle(trx);
    const tables = await dumpTables(trx);
    const writer = new DumpWriter();
    const columns = Object.fromEntries(tables.map(table => [table.name, table.columns]));
    yield writer.ours({ ombre: 'export', format: FORMAT, program: manifest.version, migration, at, keys: options.prints, tables: columns });
    if (options.keys !== null) yield writer.ours({ ombre: 'keys', keys: options.keys });
    for (const table of tables) {
      writer.rows[table.name] = 0;
      options.tell?.(writer.rows);
      yield writer.ours({ ombre: 'table', table: table.name });
      for await (const rows of rowsOf(trx, table)) {
        writer.rows[table.name] = (writer.rows[table.name] ?? 0) + rows.length;
        yield rows.map(row => writer.line(row)).join('');
        options.tell?.(writer.rows);
      }
    }
    yield writer.end(await countersOf(trx, tables));
  } finally {
    await trx.rollback().execute();
  }
}

/** So that the texts of moments and numbers are the same, and exact, whatever the session was set to. */
async function settle(trx: QueryExecutorProvider): Promise<string> {
  await sql`set local timezone = 'UTC'`.execute(trx);
  await sql`set local extra_float_digits = 1`.execute(trx);
  // Encrypting a backup or writing to a slow disk may take longer than a request is allowed to.
  await sql`set local statement_timeout = 0`.execute(trx);
  await sql`set local idle_in_transaction_session_timeout = 0`.execute(trx);
  const { rows } = await sql<{ at: string }>`select to_json(now())#>>'{}' as at`.execute(trx);
  return rows[0]?.at ?? '';
}

async function* rowsOf(trx: QueryExecutorProvider, table: DumpTable): AsyncGenerator<string[]> {
  const columns = sql.join(table.columns.map(name => sql.ref(name)));
  const order = table.key.length > 0 ? sql`order by ${sql.join(table.key.map(name => sql.ref(name)))}` : sql``;
  await sql`declare dump no scroll cursor for
    select row_to_json(t)::text as line from (select ${columns} from ${sql.table(table.name)} ${order}) t`.execute(trx);
  for (;;) {
    const { rows } = await sql<{ line: string }>`fetch ${sql.lit(FETCH)} from dump`.execute(trx);
    if (rows.length > 0) yield rows.map(({ line }) => line);
    if (rows.length < FETCH) break;
  }
  await sql`close dump`.execute(trx);
}

async function countersOf(trx: QueryExecutorProvider, tables: readonly DumpTable[]): Promise<DumpEnd['counters']> {
  const counters: DumpEnd['counters'] = [];
  for (const { name, counted } of tables) {
    for (const column of counted) {
      const { rows } = await sql<{ last: number | null }>`
        select pg_sequence_last_value(pg_get_serial_sequence(quote_ident(${name}), ${column})::regclass) as last`.execute(trx);
      counters.push({ table: name, column, last: rows[0]?.last ?? 0 });
    }
  }
  return counters;
}
