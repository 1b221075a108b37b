import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dumpTables } from '../../src/store/dump/tables.ts';
import { KEYS } from '../digest/support.ts';
import { emptyDatabase, type TestDatabase, testDatabase } from '../support/database.ts';
import { fill, rowsOf } from '../support/filled.ts';
import { insertPostings } from '../support/postings.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const KEY = `own:${KEYS[0].secret.replaceAll(' ', '-')}`;

let from: TestDatabase;
let folder: string;
beforeAll(async () => {
  from = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'ombre-backup-'));
  await fill(from.db, folder);
  await writeFile(join(folder, 'digest.key'), `${KEY}\n`);
});
afterAll(async () => {
  await from.drop();
  await rm(folder, { recursive: true });
});

type Result = { code: number; stdout: string; stderr: string };

/** The command as people run it, in the folder, on a database and a home of their own. */
async function ombre(args: string[], database: TestDatabase, home = folder): Promise<Result> {
  const env = { PATH: process.env.PATH, DATABASE_URL: database.url, OMBRE_HOME: home };
  return await new Promise(resolve => {
    execFile(process.execPath, [MAIN, ...args], { cwd: folder, env, maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

async function onEmpty(work: (to: TestDatabase, home: string) => Promise<void>): Promise<void> {
  const to = await emptyDatabase();
  const home = await mkdtemp(join(folder, 'home-'));
  try {
    await work(to, home);
  } finally {
    await to.drop();
  }
}

describe('ombre export and ombre import', () => {
  test('carry everything into an empty database, with one JSON document each, and only --apply writes', async () => {
    const exported = await ombre(['export', 'all.jsonl.gz', '--json', '--with-keys'], from);
    expect(exported).toMatchObject({ code: 0 });
    const { format, tables } = JSON.parse(exported.stdout);
    expect(format).toBe(1);
    expect((await stat(join(folder, 'all.jsonl.gz'))).mode & 0o777).toBe(0o600);
    expect((await readdir(folder)).filter(name => name.endsWith('.part'))).toEqual([]);

    await onEmpty(async (to, home) => {
      const looked = await ombre(['import', 'all.jsonl.gz', '--json'], to, home);
      expect(looked).toMatchObject({ code: 0, stderr: expect.stringContaining('nothing was written; --apply does it') });
      expect(JSON.parse(looked.stdout)).toMatchObject({ format: 1, tables, applied: false });
      expect([await dumpTables(to.db), await readdir(home)]).toEqual([[], []]);

      const restored = await ombre(['import', 'all.jsonl.gz', '--json', '--apply'], to, home);
      expect(restored).toMatchObject({
        code: 0,
        stderr: expect.stringContaining(`links in mails were written to ${join(home, 'digest.key')};`),
      });
      expect(JSON.parse(restored.stdout)).toMatchObject({ format: 1, tables, applied: true });
      for (const { name } of await dumpTables(from.db)) {
        const rows = await rowsOf(to.db, name);
        expect(rows, name).toEqual(await rowsOf(from.db, name));
        expect(tables[name], name).toBe(rows.length);
      }
      expect(await readFile(join(home, 'digest.key'), 'utf8')).toBe(`${KEY}\n`);
      expect((await stat(join(home, 'digest.key'))).mode & 0o777).toBe(0o600);

      const again = await ombre(['import', 'all.jsonl.gz', '--apply'], to, home);
      expect(again).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(/^ombre: [^\n]*the database is not empty[^\n]*\n$/),
      });
    });
  });

  test('go through a pipe, leave the keys out unless asked, and then name the key that is missing, exit 1', async () => {
    const piped = await ombre(['export', '-'], from);
    expect(piped.code).toBe(0);
    expect(piped.stdout).not.toContain(KEY.split(':')[1]);
    await onEmpty(async (to, home) => {
      const env = { PATH: process.env.PATH, DATABASE_URL: to.url, OMBRE_HOME: home };
      const child = spawn(process.execPath, [MAIN, 'import', '-', '--apply'], { env, stdio: ['pipe', 'ignore', 'pipe'] });
      let said = '';
      child.stderr.on('data', data => {
        said += data;
      });
      child.stdin.end(piped.stdout);
      const [code] = await once(child, 'exit');
      expect(said).toMatch(/need the keys own: set DIGEST_KEYS/);
      expect(code).toBe(1);
      expect(await rowsOf(to.db, 'subscriptions')).toEqual(await rowsOf(from.db, 'subscriptions'));
    });
  });

  test('say that the reader of a pipe went away, or the disk of stdout is full, and never that it is done', async () => {
    const env = { PATH: process.env.PATH, DATABASE_URL: from.url, OMBRE_HOME: folder };
    const shell = async (command: string): Promise<Result> =>
      await new Promise(resolve => {
        execFile('bash', ['--norc', '-c', command, process.execPath, MAIN], { cwd: folder, env }, (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
        );
      });
    const gone = await shell('"$0" "$1" export - | true; exit "${PIPESTATUS[0]}"');
    expect(gone).toMatchObject({ code: 2, stderr: expect.stringMatching(/^ombre: [^\n]*the reader of the pipe[^\n]*\n$/) });
    const full = await shell('"$0" "$1" export - > /dev/full');
    expect(full).toMatchObject({ code: 2, stderr: expect.stringMatching(/^ombre: [^\n]*space left[^\n]*\n$/) });
  });

  test('is not disturbed by what is written meanwhile, nor disturbs it', async () => {
    let writing = true;
    const writer = (async () => {
      for (let i = 0; writing; i++) await insertPostings(from.db, [{ id: `live-${i}` }]);
      return (await rowsOf(from.db, 'postings')).length;
    })();
    const { code } = await ombre(['export', 'live.jsonl.gz'], from);
    writing = false;
    const now = await writer;
    expect(code).toBe(0);
    await onEmpty(async (to, home) => {
      // The key file is not here, which is said by the code.
      expect((await ombre(['import', 'live.jsonl.gz', '--apply'], to, home)).code).toBe(1);
      const rows = await rowsOf(to.db, 'postings');
      expect(rows.length).toBeLessThanOrEqual(now);
      // A posting and its text are written in two steps here, so the last posting may have none yet, but no text lacks its posting.
      const texts = (await rowsOf(to.db, 'posting_texts')).length;
      expect([rows.length, rows.length - 1]).toContain(texts);
    });
  });

  test('refuse a compressed file that is cut off, and a path that cannot be written, as mistakes', async () => {
    await ombre(['export', 'cut.jsonl.gz'], from);
    const bytes = await readFile(join(folder, 'cut.jsonl.gz'));
    expect(gunzipSync(bytes).length).toBeGreaterThan(bytes.length);
    await writeFile(join(folder, 'cut.jsonl.gz'), bytes.subarray(0, bytes.length - 100));
    await onEmpty(async (to, home) => {
      const { code, stderr } = await ombre(['import', 'cut.jsonl.gz', '--apply'], to, home);
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/^ombre: [^\n]*cut\.jsonl\.gz cannot be used: it is cut off or damaged[^\n]*\n$/),
      ]);
      expect(await dumpTables(to.db)).toEqual([]);
      expect(await ombre(['import', 'nowhere.jsonl'], to, home)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('FILE is "nowhere.jsonl"'),
      });
    });
    expect(await ombre(['export', 'no/such/folder.jsonl'], from)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('FILE is "no/such/folder.jsonl"'),
    });
  });

  test('write through a link, and replace no device or folder', async () => {
    await symlink('linked.jsonl', join(folder, 'link.jsonl'));
    await writeFile(join(folder, 'linked.jsonl'), 'old');
    expect((await ombre(['export', 'link.jsonl'], from)).code).toBe(0);
    expect(await readlink(join(folder, 'link.jsonl'))).toBe('linked.jsonl');
    expect(await readFile(join(folder, 'linked.jsonl'), 'utf8')).toMatch(/^\{"ombre":"export"/);
    expect(await ombre(['export', folder], from)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('allowed: a file, or - for stdout'),
    });
  });

  test('leave the last whole file where it was when an export is ended half-way', async () => {
    await writeFile(join(folder, 'kept.jsonl'), 'the one of yesterday');
    const env = { PATH: process.env.PATH, DATABASE_URL: from.url, OMBRE_HOME: folder };
    const lock = await from.db.startTransaction().execute();
    await sql`lock table visits in access exclusive mode`.execute(lock);
    const child = spawn(process.execPath, [MAIN, 'export', 'kept.jsonl'], { cwd: folder, env, stdio: 'ignore' });
    const drafts = async () => (await readdir(folder)).filter(name => name.startsWith('kept.jsonl.'));
    while ((await drafts()).length === 0) await new Promise(done => setTimeout(done, 20));
    child.kill('SIGTERM');
    await lock.rollback().execute();
    const [code] = await once(child, 'exit');
    expect(code).toBe(1);
    expect(await readFile(join(folder, 'kept.jsonl'), 'utf8')).toBe('the one of yesterday');
    expect(await drafts()).toEqual([]);
  });
});
