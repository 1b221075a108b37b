import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { sourceFiles } from '../support/rooms.ts';
import { runOmbre } from './ombre-process.ts';

/** Each way in which commands open the database; `reports` stands for all that open it by the shared parts. */
const CALLS = [['api'], ['doctor'], ['export', '-'], ['feed'], ['import', '-', '--apply'], ['migrate'], ['reports']];

let database: TestDatabase;
let home: string;
beforeAll(async () => {
  database = await testDatabase();
  home = await mkdtemp(join(tmpdir(), 'ombre-newer-'));
  await sql`insert into kysely_migration (name, timestamp) values ('9998_later', now()::text)`.execute(database.db);
  await sql`comment on table kysely_migration is 'ombre 99.1.0'`.execute(database.db);
});
afterAll(async () => {
  await database.drop();
  await rm(home, { recursive: true });
});

async function ombre(args: string[]): Promise<{ code: number; said: string }> {
  const env = { DATABASE_URL: database.url, OMBRE_HOME: home, PORT: '0', CHROMIUM_PATH: '/bin/true' };
  const { code, out, err } = await runOmbre(args, env);
  return { code, said: args[0] === 'doctor' ? out : err };
}

describe('a database of a newer program', () => {
  test('is opened by no command that does not look how new it is', () => {
    const commands = sourceFiles('src/cli').filter(({ path }) => !path.includes('/_'));
    const blind = commands.filter(
      ({ code }) => /\b(openDatabase|databaseUrl)\(/.test(code) && !/\b(openParts|migrate|pendingMigrations|runChecks)\(/.test(code),
    );
    expect(blind.map(({ path }) => path)).toEqual([]);
    expect(commands.some(({ code }) => code.includes('databaseUrl('))).toBe(true);
  });

  test.concurrent.each(CALLS.map(call => [call]))('is told by ombre %j in one sentence with the version to install, exit 3', async args => {
    const { code, said } = await ombre(args);
    const line = said.split('\n').find(text => text.includes('newer than this program'));
    expect(line, said).toMatch(/9998_later.* install Ombre 99\.1\.0 or newer, or restore the backup of before the upgrade$/);
    expect(said).not.toMatch(/^ +at /m);
    expect(code).toBe(3);
  });
});
