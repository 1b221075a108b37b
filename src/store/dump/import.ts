import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import { messageOf, mistake, OmbreError } from '../../errors.ts';
import { raiseFeed } from '../feed/changes.ts';
import { appliedMigrations, knownMigrations, migrate, rehearse } from '../migrate.ts';
import type { Database } from '../schema.ts';
import { broken, type DumpEnd, type DumpHeader, type DumpPart } from './format.ts';
import { type DumpTable, dumpTables } from './tables.ts';

/** What goes to Postgres in one statement at most. */
const BATCH_ROWS = 500;
const BATCH_BYTES = 4_000_000;

/**
 * Throws E_INPUT, before anything is written, when this program is older than the file, the database is not empty, or it is further than
 * the file: a migration it already has could not do to the rows what it does to rows, or when the file has tables or columns that the
 * database of its migration has not.
 */
export async function refuseImport(db: Kysely<Database>, name: string, header: DumpHeader): Promise<void> {
  const known = await knownMigrations();
  if (!known.includes(header.migration)) {
    throw mistake(
      'E_INPUT',
      `the migration of ${name}`,
      header.migration,
      `${known.at(-1)} or older; install Ombre ${header.program} or newer to read it`,
    );
  }
  await refuseFull(db);
  const newest = (await appliedMigrations(db)).at(-1) ?? '';
  if (newest <= header.migration) return await refuseStrangeTables(db, name, header);
  throw mistake(
    'E_INPUT',
    `the migration of ${name}`,
    header.migration,
    `${newest} in a database that was brought up to date already; import it into one without tables (a new OMBRE_HOME or database), which is then brought up to date with the rows in it`,
  );
}

/**
 * Loads an export into an empty database, all of it or nothing. A database that is not as far as the file is migrated to where the file's
 * was, loaded, and then migrated on, so that later migrations do to the rows what they would have done. Ids, moments and the order of the feeds are those of the file. Throws E_INPUT.
 */
export async function importDump(db: Kysely<Database>, name: string, parts: AsyncGenerator<DumpPart>): Promise<DumpEnd> {
  const first = await parts.next();
  if (first.done || first.value.kind !== 'header') throw broken(name, 'it has no header');
  const { header } = first.value;
  await refuseImport(db, name, header);
  const applied = await appliedMigrations(db);
  if (!applied.includes(header.migration)) await migrate(db, undefined, header.migration);
  const end = await db.transaction().execute(async trx => {
    const tables = await dumpTables(trx);
    await sql`lock table ${sql.join(tables.map(table => sql.table(table.name)))} in access exclusive mode`.execute(trx);
    // Again, now that nobody else can write.
    await refuseFull(trx);
    refuseStrange(name, header, tables);
    const loose = await loosen(trx);
    const done = await load(trx, name, header, parts);
    for (const counter of done.counters) await setCounter(trx, counter);
    await loose.fasten();
    return done;
  });
  await migrate(db);
  // No trigger told of the rows.
  await raiseFeed(db);
  // The planner knows nothing of the tables yet, and a feed of a fresh restore would be slow.
  await sql`analyze`.execute(db);
  return end;
}

async function refuseFull(db: QueryExecutorProvider): Promise<void> {
  const full: string[] = [];
  for (const { name } of await dumpTables(db)) {
    const { rows } = await sql<{ any: boolean }>`select exists (select from ${sql.table(name)}) as any`.execute(db);
    if (rows[0]?.any) full.push(name);
  }
  if (full.length === 0) return;
  throw new OmbreError(
    'E_INPUT',
    `the database is not empty (${full.slice(0, 3).join(', ')}${full.length > 3 ? ', ...' : ''}), and an import never mixes or replaces; set OMBRE_HOME to a new folder, or DATABASE_URL to an empty database`,
  );
}

/** The tables are made as the file's migration had them, and taken back. */
async function refuseStrangeTables(db: Kysely<Database>, name: string, header: DumpHeader): Promise<void> {
  const trx = await db.startTransaction().execute();
  try {
    await rehearse(trx, header.migration);
    refuseStrange(name, header, await dumpTables(trx));
  } finally {
    await trx.rollback().execute();
  }
}

function refuseStrange(name: string, header: DumpHeader, tables: readonly DumpTable[]): void {
  for (const [table, columns] of Object.entries(header.tables)) {
    const here = tables.find(found => found.name === table)?.columns;
    if (here === undefined) throw broken(name, `this database has no table ${table}`);
    const strange = columns.find(column => !here.includes(column));
    if (strange !== undefined) throw broken(name, `this database has no ${table}.${strange}`);
  }
}

/** Rows may come before those they refer to, and no trigger may act on them as if they were new. `fasten` checks every reference. */
async function loosen(trx: QueryExecutorProvider): Promise<{ fasten(): Promise<void> }> {
  const tables = await dumpTables(trx);
  const { rows } = await sql<{ table: string; name: string; definition: string }>`
    select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = current_schema()::regnamespace order by conrelid, conname`.execute(trx);
  for (const { name } of tables) await sql`alter table ${sql.table(name)} disable trigger user`.execute(trx);
  for (const { table, name } of rows) await sql`alter table ${sql.raw(table)} drop constraint ${sql.ref(name)}`.execute(trx);
  return {
    fasten: async () => {
      for (const { table, name, definition } of rows) {
        await sql`alter table ${sql.raw(table)} add constraint ${sql.ref(name)} ${sql.raw(definition)}`.execute(trx);
      }
      for (const { name } of tables) await sql`alter table ${sql.table(name)} enable trigger user`.execute(trx);
    },
  };
}

async function load(trx: QueryExecutorProvider, name: string, header: DumpHeader, parts: AsyncGenerator<DumpPart>): Promise<DumpEnd> {
  let batch: { table: string; rows: string[]; bytes: number } = { table: '', rows: [], bytes: 0 };
  const flush = async (next: string) => {
    if (batch.rows.length > 0) await insert(trx, name, { ...batch, columns: header.tables[batch.table] ?? [] });
    batch = { table: next, rows: [], bytes: 0 };
  };
  for await (const part of parts) {
    if (part.kind === 'row') {
      if (part.table !== batch.table || batch.rows.length === BATCH_ROWS || batch.bytes > BATCH_BYTES) await flush(part.table);
      batch.rows.push(part.row);
      batch.bytes += part.row.length;
    } else if (part.kind === 'end') {
      await flush('');
      return part.end;
    }
  }
  throw broken(name, 'it has no end');
}

type Rows = { table: string; columns: readonly string[]; rows: readonly string[] };

async function insert(trx: QueryExecutorProvider, name: string, { table, columns, rows }: Rows): Promise<void> {
  const list = sql.join(columns.map(column => sql.ref(column)));
  try {
    await sql`insert into ${sql.table(table)} (${list}) overriding system value
      select ${list} from json_populate_recordset(null::${sql.table(table)}, ${`[${rows.join(',')}]`}::json)`.execute(trx);
  } catch (error) {
    // 22 and 23: a value or a row that Postgres does not take. Anything else is not the file's fault.
    if (!/^2[23]/.test(String((error as { code?: unknown }).code))) throw error;
    throw broken(name, `a row of ${table} does not fit (${messageOf(error)})`);
  }
}

async function setCounter(trx: QueryExecutorProvider, { table, column, last }: DumpEnd['counters'][number]): Promise<void> {
  if (last === 0) return;
  await sql`select setval(pg_get_serial_sequence(quote_ident(${table}), ${column}), ${last})`.execute(trx);
}
