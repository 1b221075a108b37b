import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate, pendingMigrations } from '../../src/store/migrate.ts';
import { emptyDatabase, type TestDatabase, testDatabase } from '../support/database.ts';

describe('migrations', () => {
  let empty: TestDatabase;
  beforeAll(async () => {
    empty = await emptyDatabase();
  });
  afterAll(() => empty.drop());

  test('apply to an empty database, and a second run applies nothing', async () => {
    expect(await pendingMigrations(empty.db)).toContain('0001_skeleton');
    expect((await migrate(empty.db)).applied).toContain('0001_skeleton');
    expect(await pendingMigrations(empty.db)).toEqual([]);
    expect((await migrate(empty.db)).applied).toEqual([]);
  });

  test('give a test file a migrated database of its own', async () => {
    const own = await testDatabase();
    const { rows } = await sql<{ n: number }>`select count(*) as n from postings`.execute(own.db);
    expect(rows[0]?.n).toBe(0);
    await own.drop();
  });
});
