import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbedded } from '../src/postgres/server/server.ts';
import { openDatabase } from '../src/store/database.ts';
import { migrate } from '../src/store/migrate.ts';
import { KEYS } from './digest/support.ts';
import { fill } from './support/filled.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const PAGE = readFileSync(new URL('../docs/backup.md', import.meta.url), 'utf8');

/** The blocks of one chapter, word by word. */
function blocks(chapter: string): string[] {
  const text = PAGE.split(/^## /m).find(part => part.startsWith(`${chapter}\n`)) ?? '';
  return [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block ?? '');
}

let folder: string;
let feed: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ombre-recipes-'));
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin', 'npx'), `#!/bin/sh\nshift\nexec ${process.execPath} ${MAIN} "$@"\n`, { mode: 0o755 });
  // A day that does not end between two blocks.
  await writeFile(join(folder, 'bin', 'date'), '#!/bin/sh\necho 2026-11-28\n', { mode: 0o755 });
  await within(async db => {
    await migrate(db);
    await fill(db, folder);
  });
  await writeFile(join(folder, '.ombre', 'digest.key'), `own:${KEYS[0].secret.replaceAll(' ', '-')}\n`);
  feed = shell('npx ombre feed --format csv');
});
afterAll(() => rm(folder, { recursive: true }));

async function within(work: (db: ReturnType<typeof openDatabase>) => Promise<void>): Promise<void> {
  const held = await startEmbedded(join(folder, '.ombre'));
  const db = openDatabase(held.url, { max: 2 });
  try {
    await work(db);
  } finally {
    await db.destroy();
    await held.stop();
  }
}

/** What lines print, as a person would run them. */
function run(lines: string): { status: number | null; stdout: string; stderr: string } {
  const env = { PATH: `${folder}/bin:${process.env.PATH}`, LOG_LEVEL: 'silent' };
  return spawnSync('sh', ['-euc', lines], { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The same of lines that must go well. */
function shell(lines: string): string {
  const { status, stdout, stderr } = run(lines);
  expect([lines, status, stderr]).toEqual([lines, 0, expect.anything()]);
  return stdout;
}

const feedOf = (home: string) => shell(`OMBRE_HOME=${home} npx ombre feed --format csv`);

describe('the recipes of docs/backup.md', () => {
  test('are all run here', () => {
    expect(feed.split('\n').length).toBeGreaterThan(10);
    const run = ['Back up', 'Restore', 'Move', 'Copy', 'Upgrade', 'Go back', 'The next PostgreSQL', 'Look into the database'].flatMap(
      blocks,
    );
    expect(run.length).toBe(PAGE.match(/^```sh$/gm)?.length);
  });

  test('back up, and restore into a new folder with the keys', () => {
    for (const block of [...blocks('Back up'), ...blocks('Restore')]) shell(block);
    expect(feedOf('restored')).toBe(feed);
    expect(readFileSync(join(folder, 'restored', 'digest.key'))).toEqual(readFileSync(join(folder, '.ombre', 'digest.key')));
  }, 120_000);

  test('move, to another place and to another machine, and copy', async () => {
    const [move = '', pack = '', ...none] = blocks('Move');
    expect(none).toEqual([]);
    expect(shell(move)).toBe(feed);
    await rename(join(folder, 'elsewhere'), join(folder, '.ombre'));
    expect(shell(pack)).toBe(feed);
    for (const block of blocks('Copy')) expect(shell(block)).toBe(feed);
    expect(shell('npx ombre feed --format csv')).toBe(feed);
  }, 120_000);

  test('upgrade, go back from a newer version, and change to the next PostgreSQL', async () => {
    for (const block of blocks('Upgrade')) shell(block);
    const names = ['Go back', 'The next PostgreSQL'] as const;
    for (const name of names) {
      // What a newer version, or one with the next PostgreSQL, leaves.
      if (name === 'Go back') await within(db => newer(db));
      else await writeFile(join(folder, '.ombre', 'postgres', 'data', 'PG_VERSION'), '17\n');
      const refused = run('npx ombre feed');
      expect([refused.status, refused.stderr]).toEqual([
        3,
        expect.stringMatching(/^ombre: [^\n]+(restore the backup of before|`ombre import`)[^\n]+\n$/),
      ]);
      for (const block of blocks(name)) shell(block);
      expect(feedOf('.ombre')).toBe(feed);
    }
  }, 120_000);

  test.runIf(existsSync('/usr/bin/psql'))(
    'look into the database while Ombre runs, and not without its password',
    async () => {
      await within(async () => {
        expect(shell(blocks('Look into the database')[0] ?? '')).toMatch(/count\s+-+\s+23\d/);
        const told = run('npx ombre doctor').stdout;
        const address = new URL(shell('npx ombre doctor --address').trim());
        expect(told).toContain(`postgres://ombre:********@127.0.0.1:${address.port}/ombre`);
        expect(told).toMatch(/its files: \/.*\.ombre\/postgres\/data/);
        expect(told).not.toContain(address.password);
      });
    },
    120_000,
  );
});

async function newer(db: ReturnType<typeof openDatabase>): Promise<void> {
  await sql`insert into kysely_migration (name, timestamp) values ('9998_later', now()::text)`.execute(db);
}
