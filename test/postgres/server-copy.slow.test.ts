import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runningServer } from '../../src/postgres/server/cluster.ts';
import { birthOf } from '../../src/postgres/server/processes.ts';
import { startEmbedded } from '../../src/postgres/server/server.ts';
import { openDatabase } from '../../src/store/database.ts';

const HOLDER = fileURLToPath(new URL('../support/hold-server.ts', import.meta.url));
type Said = { url: string; code?: string; message?: string };

let parent: string;
let home: string;
let children: ChildProcess[];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'ombre-copied-'));
  home = join(parent, '.ombre');
  children = [];
});

afterEach(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  for (const name of await readdir(parent)) {
    const server = existsSync(dataOf(name)) ? runningServer(dataOf(name)) : null;
    if (server) process.kill(server.pid, 'SIGQUIT');
    while (server && birthOf(server.pid) !== null) await new Promise(done => setTimeout(done, 20));
  }
  await rm(parent, { recursive: true, force: true });
});

const dataOf = (name = '.ombre') => join(parent, name, 'postgres', 'data');
const noted = (name = '.ombre'): { data: string; port: number; users: unknown[] } =>
  JSON.parse(readFileSync(join(parent, name, 'postgres.json'), 'utf8'));
const copy = (name = 'copy') => execFileSync('cp', ['-a', home, join(parent, name)]);

/** The clock of the file system, which goes in steps, must have passed the last checkpoint, as it has by the time a person copies. */
async function afterCheckpoint(): Promise<void> {
  while (Date.now() - statSync(join(dataOf(), 'global', 'pg_control')).mtimeMs < 50) await new Promise(done => setTimeout(done, 10));
}

/** Another process that holds the private Postgres of a folder, as `ombre start` does. */
async function hold(folder = home): Promise<{ child: ChildProcess; said: Said }> {
  const child = spawn(process.execPath, [HOLDER, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, said: JSON.parse(line) };
}

async function stop(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.stdin?.write('stop\n');
  await gone;
}

async function query(url: string, ...texts: string[]): Promise<unknown[]> {
  const db = openDatabase(url, { max: 1 });
  try {
    let rows: unknown[] = [];
    for (const text of texts) rows = (await sql.raw(text).execute(db)).rows;
    return rows;
  } finally {
    await db.destroy();
  }
}

/** A stopped home with one table. */
async function made(): Promise<void> {
  const held = await startEmbedded(home);
  await query(held.url, `create table kept as select 'word' as it`);
  await held.stop();
}

describe('the folder of a private Postgres', () => {
  test('names no absolute path, and works when it was moved', async () => {
    await made();
    expect(noted().data).toBe('postgres/data');
    expect(existsSync(join(dataOf(), 'PG_VERSION'))).toBe(true);
    await rename(home, join(parent, 'elsewhere'));
    const held = await startEmbedded(join(parent, 'elsewhere'));
    expect(await query(held.url, 'select it from kept')).toEqual([{ it: 'word' }]);
    await held.stop();
    expect(runningServer(dataOf('elsewhere'))).toBeNull();
  });

  test('moved while it runs goes on, and the next command at the new place takes the server over', async () => {
    const { child, said } = await hold();
    await query(said.url, `create table kept as select 'word' as it`);
    const server = runningServer(dataOf());
    await rename(home, join(parent, 'elsewhere'));
    expect(await query(said.url, 'select it from kept')).toEqual([{ it: 'word' }]);
    await stop(child);
    expect(child.exitCode).toBe(0);
    const held = await startEmbedded(join(parent, 'elsewhere'));
    expect(runningServer(dataOf('elsewhere'))?.pid).toBe(server?.pid);
    expect(await query(held.url, 'select it from kept')).toEqual([{ it: 'word' }]);
    await held.stop();
    expect(runningServer(dataOf('elsewhere'))).toBeNull();
  });

  test('copied while stopped is a second one with a server of its own, and each keeps what is written to it', async () => {
    await made();
    copy();
    const original = await startEmbedded(home);
    const second = await startEmbedded(join(parent, 'copy'));
    expect(new URL(second.url).port).not.toBe(new URL(original.url).port);
    await query(second.url, `update kept set it = 'other'`);
    await second.stop();
    expect(await query(original.url, 'select it from kept')).toEqual([{ it: 'word' }]);
    await original.stop();
  });

  test('copied while it runs and is written to is recovered in the copy, and the original never notices', async () => {
    const { child, said } = await hold();
    await query(said.url, 'create table kept (it int primary key, text text)', 'checkpoint');
    await afterCheckpoint();
    await query(said.url, `insert into kept select i, repeat('x', 500) from generate_series(1, 5000) i`);
    const server = runningServer(dataOf());
    let writing = true;
    const writer = (async () => {
      for (let i = 5001; writing; i++) await query(said.url, `insert into kept values (${i}, repeat('y', 500))`);
    })();
    copy();
    writing = false;
    await writer;

    const used = await hold(join(parent, 'copy'));
    expect(used.said.message).toBeUndefined();
    expect(new URL(used.said.url).port).not.toBe(new URL(said.url).port);
    const [row] = (await query(used.said.url, 'select count(*) as n, count(distinct it) as d, max(length(text)) as l from kept')) as [
      { n: number; d: number; l: number },
    ];
    expect(row.n).toBeGreaterThanOrEqual(5000);
    expect([row.d, row.l]).toEqual([row.n, 500]);
    await stop(used.child);
    expect(runningServer(dataOf('copy'))).toBeNull();

    expect(runningServer(dataOf())?.pid).toBe(server?.pid);
    expect(await query(said.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await stop(child);
    // The copy is a folder like any other from now on.
    const again = await startEmbedded(join(parent, 'copy'));
    expect(await query(again.url, 'select count(*) as n from kept')).toEqual([{ n: row.n }]);
    await again.stop();
  });

  test('copied across a checkpoint is refused with what to do, again and again, and the original is untouched', async () => {
    const { child, said } = await hold();
    await query(said.url, 'create table kept as select 1 as it');
    copy();
    await query(said.url, 'insert into kept select 2', 'checkpoint');
    // What cp does when the checkpoint comes before it reaches this file.
    execFileSync('cp', ['-a', join(dataOf(), 'global', 'pg_control'), join(dataOf('copy'), 'global', 'pg_control')]);
    for (let time = 0; time < 2; time++) {
      const refused = await hold(join(parent, 'copy'));
      expect(refused.said).toMatchObject({
        code: 'E_DB_DOWN',
        message: expect.stringMatching(/copied while .* `cp -a` while Ombre is stopped, or take `ombre export`/),
      });
    }
    expect(await query(said.url, 'select count(*) as n from kept')).toEqual([{ n: 2 }]);
    await stop(child);
  });

  test('copied with tables newer than its log is refused, again and again', async () => {
    const { child, said } = await hold();
    await query(said.url, 'create table kept as select i as it from generate_series(1, 1000) i', 'checkpoint');
    await afterCheckpoint();
    const [{ file }] = (await query(said.url, `select pg_relation_filepath('kept') as file`)) as [{ file: string }];
    copy();
    await query(
      said.url,
      'create table much as select repeat(md5(i::text), 50) from generate_series(1, 5000) i',
      'update kept set it = -it',
      'checkpoint',
    );
    // What cp does when it comes to this table long after it has copied the log.
    execFileSync('cp', ['-a', join(dataOf(), file), join(dataOf('copy'), file)]);
    for (let time = 0; time < 2; time++) {
      const refused = await hold(join(parent, 'copy'));
      expect(refused.said).toMatchObject({ code: 'E_DB_DOWN', message: expect.stringContaining('does not hold together') });
      expect(runningServer(dataOf('copy'))).toBeNull();
    }
    await stop(child);
  });

  test('cannot use the files of another folder, whether that runs or not', async () => {
    await made();
    const second = join(parent, 'second');
    await mkdir(second);
    await symlink(join(home, 'postgres'), join(second, 'postgres'));
    execFileSync('cp', ['-a', join(home, 'postgres.json'), second]);
    const refusal = {
      code: 'E_DB_LOCKED',
      message: expect.stringMatching(/is the database of the folder .*\.ombre, and two folders cannot share one/),
    };
    await expect(startEmbedded(second)).rejects.toMatchObject(refusal);
    const held = await startEmbedded(home);
    await expect(startEmbedded(second)).rejects.toMatchObject(refusal);
    expect(await query(held.url, 'select it from kept')).toEqual([{ it: 'word' }]);
    await held.stop();
  });

  test('copied by hard links is refused while the original runs and after, and the original keeps every row', async () => {
    const { child, said } = await hold();
    await query(said.url, `create table kept as select 'word' as it`);
    execFileSync('cp', ['-al', home, join(parent, 'linked')]);
    const refusal = { code: 'E_DB_DOWN', message: expect.stringMatching(/ shares \d+ files .* by hard links, .*`cp -a` without links/) };
    expect((await hold(join(parent, 'linked'))).said).toMatchObject(refusal);
    expect(runningServer(dataOf('linked'))).toBeNull();
    expect(await query(said.url, 'select it from kept')).toEqual([{ it: 'word' }]);
    await stop(child);
    await expect(startEmbedded(join(parent, 'linked'))).rejects.toMatchObject(refusal);
    // Started, the original would write into its copy as well.
    await expect(startEmbedded(home)).rejects.toMatchObject(refusal);
    await rm(join(parent, 'linked'), { recursive: true });
    const held = await startEmbedded(home);
    expect(await query(held.url, 'select it from kept')).toEqual([{ it: 'word' }]);
    await held.stop();
  });

  test('copied with an own control file but linked tables is refused too', async () => {
    await made();
    execFileSync('cp', ['-al', home, join(parent, 'linked')]);
    const control = join(dataOf('linked'), 'global', 'pg_control');
    const bytes = readFileSync(control);
    await rm(control);
    await writeFile(control, bytes, { mode: 0o600 });
    await expect(startEmbedded(join(parent, 'linked'))).rejects.toMatchObject({ message: expect.stringContaining('by hard links') });
  });

  test('copied without its modes names the folder and how to close it', async () => {
    await made();
    copy();
    await chmod(dataOf('copy'), 0o755);
    await expect(startEmbedded(join(parent, 'copy'))).rejects.toMatchObject({
      code: 'E_DB_DOWN',
      message: expect.stringContaining(`chmod 700 ${dataOf('copy')}`),
    });
    await chmod(dataOf('copy'), 0o700);
    await (await startEmbedded(join(parent, 'copy'))).stop();
  });

  test('made by another PostgreSQL names the way over, and by whom it was made', async () => {
    await made();
    await writeFile(join(dataOf(), 'PG_VERSION'), '17\n');
    await expect(startEmbedded(home)).rejects.toMatchObject({
      code: 'E_DB_DOWN',
      message: expect.stringMatching(/made by PostgreSQL 17, .*`ombre export` with the Ombre of before, then `ombre import`/),
    });
  });

  test('never asks to delete anything, whatever part of it is gone', async () => {
    await made();
    const words = async () =>
      startEmbedded(home).then(
        () => 'started',
        (error: Error) => error.message,
      );
    await rename(dataOf(), join(parent, 'data'));
    expect(await words()).toMatch(/are gone; put them back/);
    await rename(join(parent, 'data'), dataOf());
    await rename(join(home, 'postgres.json'), join(parent, 'postgres.json'));
    const alone = await words();
    expect(alone).toMatch(/holds its password, is gone; put that file back/);
    await writeFile(join(home, 'postgres.json'), '{');
    expect(await words()).toMatch(/is damaged.*put it back from a backup/);
    expect(alone).not.toMatch(/delete|empty/);
  });
});

describe('a folder of an older version', () => {
  test('whose record holds its whole path is used where it lies now', async () => {
    await made();
    await writeFile(join(home, 'postgres.json'), JSON.stringify({ ...noted(), data: dataOf() }));
    await rm(join(home, 'postgres', 'owner.json'));
    await rename(home, join(parent, 'elsewhere'));
    const held = await startEmbedded(join(parent, 'elsewhere'));
    expect(await query(held.url, 'select it from kept')).toEqual([{ it: 'word' }]);
    await held.stop();
    expect(noted('elsewhere').data).toBe('postgres/data');
  });

  test('copied with the path of the original in it starts a server of its own', async () => {
    await made();
    await rm(join(home, 'postgres', 'owner.json'));
    const { child, said } = await hold();
    await rm(join(home, 'postgres', 'owner.json'));
    await utimes(join(dataOf(), 'global', 'pg_control'), new Date(0), new Date(0));
    await writeFile(join(home, 'postgres.json'), JSON.stringify({ ...noted(), data: dataOf() }));
    copy();
    const used = await hold(join(parent, 'copy'));
    expect(used.said.message).toBeUndefined();
    expect(used.said.url).not.toBe(said.url);
    await stop(used.child);
    expect(await query(said.url, 'select it from kept')).toEqual([{ it: 'word' }]);
    await stop(child);
  });

  test('that kept its database outside has it brought inside, but not into a copy, which would rob the original', async () => {
    await made();
    // The older version named the place after the folder.
    const mark = createHash('sha256').update(home).digest('hex').slice(0, 12);
    const outside = join(parent, `kept-${mark}`);
    await rename(join(home, 'postgres'), outside);
    await rm(join(outside, 'owner.json'));
    await writeFile(join(home, 'postgres.json'), JSON.stringify({ ...noted(), data: join(outside, 'data') }));
    copy();
    await expect(startEmbedded(join(parent, 'copy'))).rejects.toMatchObject({
      code: 'E_DB_DOWN',
      message: expect.stringMatching(
        /without its database, which an older version kept at .*; put the folder back .* and then copy or move it/,
      ),
    });
    const held = await startEmbedded(home);
    expect(await query(held.url, 'select it from kept')).toEqual([{ it: 'word' }]);
    await held.stop();
    expect([existsSync(dataOf()), existsSync(join(outside, 'data'))]).toEqual([true, false]);
  });
});
