import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Account } from '../../src/postgres/server/account.ts';
import { serverAccount } from '../../src/postgres/server/account.ts';
import { runningServer } from '../../src/postgres/server/cluster.ts';
import { birthOf } from '../../src/postgres/server/processes.ts';
import { databaseUrl, startEmbedded } from '../../src/postgres/server/server.ts';
import { openDatabase } from '../../src/store/database.ts';

const HOLDER = fileURLToPath(new URL('../support/hold-server.ts', import.meta.url));
type Said = { url: string; owned: boolean; code?: string; message?: string };

let parent: string;
let home: string;
let children: ChildProcess[];

// A fresh temporary folder has mode 0700: as root, nobody else can reach what is in it, as under /root.
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'ombre-embedded-'));
  home = join(parent, '.ombre');
  children = [];
});

afterEach(async () => {
  for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  if (existsSync(join(home, 'postgres.json'))) {
    const { data } = record();
    const server = runningServer(data);
    if (server) process.kill(server.pid, 'SIGQUIT');
    while (server && birthOf(server.pid) !== null) await new Promise(done => setTimeout(done, 20));
    await rm(dirname(data), { recursive: true, force: true });
  }
  await rm(parent, { recursive: true, force: true });
});

type Noted = { data: string; port: number; password: string; users: { pid: number }[] };

function record(of = home): Noted {
  const noted: Noted = JSON.parse(readFileSync(join(of, 'postgres.json'), 'utf8'));
  return { ...noted, data: join(of, noted.data) };
}

async function hold(account: Account | null = null): Promise<{ child: ChildProcess; said: Said }> {
  const child = spawn(process.execPath, [HOLDER, home], { ...account, stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, said: JSON.parse(line) };
}

async function end(child: ChildProcess, how: NodeJS.Signals | 'stop' | 'exit'): Promise<void> {
  const gone = once(child, 'exit');
  if (how === 'stop' || how === 'exit') child.stdin?.write(`${how}\n`);
  else child.kill(how);
  await gone;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const db = openDatabase(url, { max: 1 });
  try {
    return (await sql.raw(text).execute(db)).rows;
  } finally {
    await db.destroy();
  }
}

describe('the private Postgres', () => {
  test('starts, keeps what was written over a stop and a start, keeps its port, and is gone after each stop', async () => {
    const first = await startEmbedded(home);
    expect(first.owned).toBe(true);
    await query(first.url, `create table kept as select 'word' as it`);
    await first.stop();
    expect(runningServer(record().data)).toBeNull();
    const { port } = record();

    const second = await startEmbedded(home);
    expect(await query(second.url, 'select it from kept')).toEqual([{ it: 'word' }]);
    expect(record().port).toBe(port);
    await second.stop();
    await second.stop();
    expect(runningServer(record().data)).toBeNull();
  });

  test('listens on loopback only, asks for a random password, and keeps it in a file only the owner can read', async () => {
    const held = await startEmbedded(home);
    expect((await stat(join(home, 'postgres.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(record().data)).mode & 0o077).toBe(0);
    expect(record().password).toMatch(/^[0-9a-f]{48}$/);
    expect(await query(held.url, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    await expect(query(held.url.replace(record().password, 'guess'), 'select 1')).rejects.toThrow(/password authentication failed/);
    await held.stop();
  });

  test('is shared by the processes of one folder, and the last one to leave stops it', async () => {
    const a = await hold();
    const b = await hold();
    expect([a.said.owned, b.said.owned]).toEqual([true, false]);
    expect(b.said.url).toBe(a.said.url);
    await end(a.child, 'stop');
    expect(await query(b.said.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await end(b.child, 'stop');
    expect(runningServer(record().data)).toBeNull();
  });

  test('is made once when two processes start at the same moment', async () => {
    const [a, b] = await Promise.all([hold(), hold()]);
    expect([a.said.owned, b.said.owned].sort()).toEqual([false, true]);
    expect(a.said.url).toBe(b.said.url);
    await Promise.all([end(a.child, 'SIGTERM'), end(b.child, 'SIGTERM')]);
    expect(runningServer(record().data)).toBeNull();
  });

  test.each(['SIGTERM', 'SIGINT', 'exit'] as const)('is stopped when its only process ends by %s', async how => {
    const { child } = await hold();
    await end(child, how);
    if (how !== 'exit') expect(child.signalCode).toBe(how);
    expect(runningServer(record().data)).toBeNull();
    expect(record().users).toEqual([]);
  });

  test('is taken over from a process killed with -9', async () => {
    const { child, said } = await hold();
    await query(said.url, 'create table kept as select 1 as it');
    await end(child, 'SIGKILL');
    const before = runningServer(record().data);
    expect(before).not.toBeNull();

    const held = await startEmbedded(home);
    expect(held.owned).toBe(true);
    expect(runningServer(record().data)?.pid).toBe(before?.pid);
    expect(await query(held.url, 'select it from kept')).toEqual([{ it: 1 }]);
    await held.stop();
    expect(runningServer(record().data)).toBeNull();
  });

  test('recovers what was committed when its process and the server were both killed with -9', async () => {
    const { child, said } = await hold();
    await query(said.url, 'create table kept as select 1 as it');
    const server = runningServer(record().data);
    await end(child, 'SIGKILL');
    process.kill(server?.pid as number, 'SIGKILL');
    while (birthOf(server?.pid as number) !== null) await new Promise(done => setTimeout(done, 20));
    expect(existsSync(join(record().data, 'postmaster.pid'))).toBe(true);

    const held = await startEmbedded(home);
    expect(held.owned).toBe(true);
    expect(await query(held.url, 'select it from kept')).toEqual([{ it: 1 }]);
    await held.stop();
  });

  test('is not fooled by ids of processes that meanwhile belong to other programs', async () => {
    await (await startEmbedded(home)).stop();
    const stale = { ...record(), data: 'postgres/data', users: [{ pid: process.pid, birth: 'long ago', id: 'stale' }] };
    await writeFile(join(home, 'postgres.json'), JSON.stringify(stale));
    // What a server killed before a reboot leaves: Postgres itself would refuse to start while any process has that id.
    await writeFile(join(record().data, 'postmaster.pid'), `${process.pid}\n${record().data}\n1\n${record().port}\n\n127.0.0.1\n`);
    const held = await startEmbedded(home);
    expect(held.owned).toBe(true);
    expect(record().users).toHaveLength(1);
    await held.stop();
    expect(runningServer(record().data)).toBeNull();
  });

  test('is not left running, nor half made, by a process ended in the middle of its first start', async () => {
    const child = spawn(process.execPath, [HOLDER, home], { stdio: ['pipe', 'ignore', 'inherit'] });
    children.push(child);
    while (!existsSync(join(home, 'postgres.json'))) await new Promise(done => setTimeout(done, 5));
    await end(child, 'SIGTERM');
    expect(runningServer(record().data)).toBeNull();
    const held = await startEmbedded(home);
    expect(await query(held.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await held.stop();
  });

  test('is made anew when its first start was killed with -9 half-way', async () => {
    const child = spawn(process.execPath, [HOLDER, home], { stdio: ['pipe', 'ignore', 'inherit'] });
    children.push(child);
    const begun = () => existsSync(join(home, 'postgres')) && readdirSync(dirname(record().data)).some(name => name.startsWith('draft-'));
    while (!begun()) await new Promise(done => setTimeout(done, 5));
    await end(child, 'SIGKILL');
    const held = await startEmbedded(home);
    expect(await query(held.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await held.stop();
    expect(readdirSync(dirname(record().data)).sort()).toEqual(['data', 'owner.json']);
  });

  test('takes another port when somebody else sits on the remembered one', async () => {
    await (await startEmbedded(home)).stop();
    const squatter = createServer().listen(record().port, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = record();
    const held = await startEmbedded(home);
    expect(record().port).not.toBe(port);
    expect(await query(held.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await held.stop();
    squatter.close();
  });

  test('says in plain words that its files are damaged or gone', async () => {
    await (await startEmbedded(home)).stop();
    await truncate(join(record().data, 'global', 'pg_control'), 0);
    await expect(startEmbedded(home)).rejects.toMatchObject({
      code: 'E_DB_DOWN',
      message: expect.stringMatching(/did not start: .*control/),
    });
    await rm(record().data, { recursive: true });
    await expect(startEmbedded(home)).rejects.toMatchObject({
      code: 'E_DB_DOWN',
      message: expect.stringContaining('are gone; put them back'),
    });
  });

  test('refuses a folder that another machine uses, and names process, machine and what to do', async () => {
    const { child } = await hold();
    const elsewhere = { ...record(), data: 'postgres/data', host: 'another-machine.example' };
    const mine = readFileSync(join(home, 'postgres.json'), 'utf8');
    await writeFile(join(home, 'postgres.json'), JSON.stringify(elsewhere));
    const refused = await hold();
    expect(refused.said.code).toBe('E_DB_LOCKED');
    expect(refused.said.message).toMatch(/process \d+ on another-machine\.example uses it/);
    await writeFile(join(home, 'postgres.json'), mine);
    await end(child, 'stop');
  });

  test('names OMBRE_HOME when the folder cannot be made', async () => {
    await expect(startEmbedded('/dev/null/ombre')).rejects.toMatchObject({
      code: 'E_CONFIG',
      message: expect.stringContaining('OMBRE_HOME'),
    });
  });

  test('is not started when DATABASE_URL is set', async () => {
    const { url, stop } = await databaseUrl({ DATABASE_URL: 'postgres://elsewhere.example/jobs', OMBRE_HOME: home });
    await stop();
    expect(url).toBe('postgres://elsewhere.example/jobs');
    expect(existsSync(home)).toBe(false);
  });
});

describe.runIf(process.getuid?.() === 0)('the private Postgres and root', () => {
  test('lives under OMBRE_HOME also below a folder that only root may enter, so that a copy of the folder holds it', async () => {
    const held = await startEmbedded(home);
    expect((await stat(parent)).mode & 0o777).toBe(0o700);
    expect(await query(held.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(existsSync(join(home, 'postgres', 'data', 'PG_VERSION'))).toBe(true);
    expect((await stat(record().data)).uid).toBe(serverAccount()?.uid);
    await held.stop();
  });

  // The ordinary user here is the account of Postgres, who must be able to read this checkout.
  const account = serverAccount();
  const readable = account !== null && spawnSync('test', ['-r', HOLDER], { ...account, cwd: '/' }).status === 0;
  test.runIf(readable)('can be used by root after an ordinary user made it, and by that user again', async () => {
    await chmod(parent, 0o755);
    if (account) await chown(parent, account.uid, account.gid);
    const asUser = await hold(account);
    expect(asUser.said.owned).toBe(true);
    await end(asUser.child, 'stop');

    const asRoot = await startEmbedded(home);
    await asRoot.stop();
    const again = await hold(account);
    expect(again.said).toMatchObject({ owned: true, url: asRoot.url });
    await end(again.child, 'stop');
  });
});
