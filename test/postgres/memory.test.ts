import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { memorySettings } from '../../src/postgres/server/memory.ts';
import { testDatabase } from '../support/database.ts';

const GB = 2 ** 30;

test('a private Postgres makes do with half the buffers on a machine of 1 GB', () => {
  expect(memorySettings(GB)).toMatchObject({ shared_buffers: '64MB' });
});

test('a larger machine has the defaults of Postgres', () => {
  expect(memorySettings(4 * GB)).toEqual({});
});

test('Postgres knows every setting of a small machine', async () => {
  const { db, drop } = await testDatabase();
  const names = Object.keys(memorySettings(GB)).sort();
  const { rows } = await sql<{ name: string }>`select name from pg_settings where name = any(${names}) order by name`.execute(db);
  expect(rows.map(({ name }) => name)).toEqual(names);
  await drop();
});
