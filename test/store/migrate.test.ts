import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { migrate, pendingMigrations } from '../../src/store/migrate.ts';
import { emptyDatabase, type TestDatabase, testDatabase } from '../support/database.ts';
import { withDatabase } from '../support/server.ts';

const FOLDER = fileURLToPath(new URL('../../migrations/', import.meta.url));
const files = (await readdir(FOLDER)).sort();
const names = files.map(file => file.replace(/\.ts$/, ''));

const UNREAD = new Set(['path_hints', 'last_visit_id', 'triage_reason']);
/** One row of every table of the first migration. */
const ROWS = [
  `insert into sources (slug, name, system, target, notes) values ('alder', 'Alder Rehab', 'greenhouse', '{"board":"alder"}', 'kept')`,
  `insert into visits (id, source_id, started_at, outcome, listed) values ('00000000-0000-4000-8000-000000000001', 1, '2026-03-01Z', 'complete', 2)`,
  `insert into postings (id, source_id, key, url, title, places, first_seen, last_seen, updated_at, content_hash, list_hash, paths, relevance)
   values ('p1', 1, 'k1', 'https://alder.example/1', 'Utilization Reviewer', '[{"raw":"Remote"}]', '2026-03-01Z', '2026-03-02Z', '2026-03-01Z', 'c', 'l', '{utilization-review}', 'nonclinical'),
          ('p2', 1, 'k2', 'https://alder.example/2', 'Clinical Liaison', '[]', '2026-03-01Z', '2026-03-02Z', '2026-03-01Z', 'c', 'l', '{}', null)`,
  `update postings set duplicate_of = 'p1', closed_at = '2026-03-03Z', closed_reason = 'gone' where id = 'p2'`,
  `insert into posting_texts (posting_id, html, text, search) values ('p1', '<p>Review</p>', 'Review', to_tsvector('english', 'Review'))`,
  `insert into posting_tags (posting_id, kind, name, value, rule, evidence)
   values ('p1', 'verdict', 'OTA', 'named', 'eligibility-1', '[{"field":"text","start":0,"end":6,"text":"Review"}]')`,
  `insert into robots_verdicts (origin, fetched_at, expires_at, status, verdict, reason, body)
   values ('https://alder.example', '2026-03-01Z', '2026-03-02Z', 200, 'rules', 'read', 'User-agent: *')`,
  `insert into host_limits (host, next_allowed_at) values ('alder.example', '2026-03-01Z')`,
  `insert into listing_validators (source_id, etag, version, seen_at) values (1, '"e"', 'v', '2026-03-01Z')`,
];
const TABLES = ['sources', 'visits', 'postings', 'posting_texts', 'posting_tags', 'robots_verdicts', 'host_limits', 'listing_validators'];

let empty: TestDatabase;
let folder: string;
beforeEach(async () => {
  empty = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'ombre-migrations-'));
});
afterEach(async () => {
  await empty.drop();
  await rm(folder, { recursive: true });
});

async function rowsOf(table: string): Promise<Record<string, unknown>[]> {
  const { rows } = await sql<{
    row: Record<string, unknown>;
  }>`select to_jsonb(t) as row from ${sql.table(table)} t order by t::text`.execute(empty.db);
  return rows.map(({ row }) => row);
}

describe('migrations', () => {
  test('apply to an empty database in the order of their numbers', async () => {
    expect(await pendingMigrations(empty.db)).toEqual(names);
    expect((await migrate(empty.db)).applied).toEqual(names);
    expect(await pendingMigrations(empty.db)).toEqual([]);
  });

  test('apply nothing when they run again', async () => {
    await migrate(empty.db);
    expect((await migrate(empty.db)).applied).toEqual([]);
  });

  test('apply each once when three processes start at the same moment', async () => {
    const others = [openDatabase(empty.url, { max: 2 }), openDatabase(empty.url, { max: 2 })];
    const results = await Promise.all([empty.db, ...others].map(db => migrate(db)));
    expect(results.flatMap(({ applied }) => applied).sort()).toEqual(names);
    for (const db of others) await db.destroy();
  });

  test('go forward over a database with rows and lose none of them', async () => {
    const [first = ''] = files;
    await symlink(join(FOLDER, first), join(folder, first));
    expect((await migrate(empty.db, pathToFileURL(`${folder}/`))).applied).toEqual(names.slice(0, 1));
    for (const row of ROWS) await sql.raw(row).execute(empty.db);
    const before = new Map<string, Record<string, unknown>[]>();
    for (const table of TABLES) before.set(table, await rowsOf(table));

    expect((await migrate(empty.db)).applied).toEqual(names.slice(1));
    for (const table of TABLES) {
      const rows = before.get(table) ?? [];
      expect(rows.length, table).toBeGreaterThan(0);
      const after = await rowsOf(table);
      expect(after, table).toHaveLength(rows.length);
      // A later migration may add columns, and 0011 takes away those that nothing read; what was there stays as it was.
      for (const row of rows) {
        const kept = Object.fromEntries(Object.entries(row).filter(([column]) => !UNREAD.has(column)));
        expect(after, table).toContainEqual(expect.objectContaining(kept));
      }
    }
  });

  test('leave nothing behind of a run in which one fails, and name that one', async () => {
    const [first = ''] = files;
    await symlink(join(FOLDER, first), join(folder, first));
    await writeFile(join(folder, '9999_broken.ts'), 'export async function up() { throw new Error("out of luck"); }');
    await expect(migrate(empty.db, pathToFileURL(`${folder}/`))).rejects.toThrow('migration 9999_broken failed: out of luck');
    expect(await pendingMigrations(empty.db)).toEqual(names);
  });

  test('of a newer program are named with the version to install, in one sentence, and nothing is touched', async () => {
    await migrate(empty.db);
    await sql`insert into kysely_migration (name, timestamp) values ('9998_later', now()::text)`.execute(empty.db);
    await sql`comment on table kysely_migration is 'ombre 99.1.0'`.execute(empty.db);
    const said = {
      code: 'E_DB_NEWER',
      message: expect.stringMatching(/^The database is newer[^\n]* 9998_later,[^\n]*install Ombre 99\.1\.0 or newer[^\n]*$/),
    };
    await expect(migrate(empty.db)).rejects.toMatchObject(said);
    await expect(pendingMigrations(empty.db)).rejects.toMatchObject(said);
  });

  test('refuse a file that is not named like one, or exports no up()', async () => {
    await writeFile(join(folder, 'notes.ts'), 'export const up = 1;');
    await expect(migrate(empty.db, pathToFileURL(`${folder}/`))).rejects.toThrow('migrations/notes.ts is not named NNNN_name.ts');
    await rm(join(folder, 'notes.ts'));
    await writeFile(join(folder, '0001_nothing.ts'), 'export const down = 1;');
    await expect(migrate(empty.db, pathToFileURL(`${folder}/`))).rejects.toThrow('migrations/0001_nothing.ts exports no up()');
  });

  test.each([
    ['nobody answers', () => 'postgres://ombre:x@127.0.0.1:1/ombre', 'ECONNREFUSED'],
    ['there is no such database', () => withDatabase(empty.url, 'no_such_one'), 'does not exist'],
    ['there is no such host', () => 'postgres://ombre:x@no-such-host.invalid/ombre', 'no-such-host.invalid'],
  ])('say E_DB_DOWN when %s', async (_, url, words) => {
    const db = openDatabase(url());
    await expect(migrate(db)).rejects.toMatchObject({ code: 'E_DB_DOWN', message: expect.stringContaining(words) });
    await db.destroy();
  });
});

describe('a database handle', () => {
  test('reads counts as numbers, days as text, moments as Date, and refuses a whole number too large to hold', async () => {
    const { rows } = await sql`select count(*) as n, date '2026-03-01' as day, timestamptz '2026-03-01Z' as moment`.execute(empty.db);
    expect(rows).toEqual([{ n: 1, day: '2026-03-01', moment: new Date('2026-03-01T00:00:00Z') }]);
    await expect(sql`select 9007199254740993::int8`.execute(empty.db)).rejects.toThrow('does not fit a number');
  });

  test('that is read only refuses to write, and ends a statement that takes too long', async () => {
    const db = openDatabase(empty.url, { readOnly: true, statementTimeoutMs: 50, max: 1 });
    await expect(sql`create table t ()`.execute(db)).rejects.toMatchObject({ code: '25006' });
    await expect(sql`select pg_sleep(5)`.execute(db)).rejects.toMatchObject({ code: '57014' });
    await db.destroy();
  });

  test('outlives connections that the server cuts', async () => {
    await sql`select 1`.execute(empty.db);
    const other = openDatabase(empty.url, { max: 1 });
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
      other,
    );
    await other.destroy();
    // The pool learns of it with the next turn of the event loop.
    await new Promise(done => setTimeout(done, 50));
    expect((await sql`select 1 as one`.execute(empty.db)).rows).toEqual([{ one: 1 }]);
  });

  test('of a test file is migrated, empty and its own', async () => {
    const own = await testDatabase();
    expect(await pendingMigrations(own.db)).toEqual([]);
    expect((await sql`select count(*) as n from postings`.execute(own.db)).rows).toEqual([{ n: 0 }]);
    await own.drop();
  });
});
