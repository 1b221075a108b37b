import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { inject } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import type { Database } from '../../src/store/schema.ts';
import { createDatabase, dropDatabase, onServer, withDatabase } from './server.ts';

export type TestDatabase = { db: Kysely<Database>; url: string; drop(): Promise<void> };

/** A migrated, empty database of a test file's own. In beforeAll: `const { db, url, drop } = await testDatabase()`; `drop` in afterAll. */
export async function testDatabase(): Promise<TestDatabase> {
  return await make(server().template);
}

/** The same without any table, for what runs the migrations itself. */
export async function emptyDatabase(): Promise<TestDatabase> {
  return await make('template0');
}

function server(): { url: string; template: string; throwaway: boolean } {
  const given = inject('postgres');
  if (!given) throw new Error('this vitest project has no Postgres; see test/support/global.ts');
  return given;
}

async function make(template: string): Promise<TestDatabase> {
  const name = `ombre_test_${randomBytes(6).toString('hex')}`;
  await onServer(server().url, client => createDatabase(client, name, template));
  const url = withDatabase(server().url, name);
  const db = openDatabase(url, { max: 5 });
  const drop = async () => {
    await db.destroy();
    // What goes with its server need not be taken down first.
    if (!server().throwaway) await onServer(server().url, client => dropDatabase(client, name));
  };
  return { db, url, drop };
}
