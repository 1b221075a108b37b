import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm, rmdir, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Config } from '../config.ts';
import { messageOf, mistake, OmbreError } from '../errors.ts';
import { Client } from './client.ts';
import { ownedFolder, publicFolder, reachableNative, serverAccount } from './embedded/account.ts';
import { type Account, type Cluster, initCluster, localUrl, probe, runningServer, startCluster, stopCluster } from './embedded/cluster.ts';
import { onExit } from './embedded/exit.ts';
import { withMutex, withMutexSync } from './embedded/mutex.ts';
import { birthOf, signal, waitGoneSync } from './embedded/processes.ts';
import { type ClusterRecord, readRecord, writeRecord } from './embedded/record.ts';

export type EmbeddedPostgres = {
  url: string;
  /** Whether nobody else used the server when this process came. */
  owned: boolean;
  /** Signs this process off; the last one that does stops the server. Safe to call twice. */
  stop(): Promise<void>;
};

const DATABASE = 'ombre';
/** A first start copies binaries and makes the cluster; another process waits that long for it. */
const MUTEX_WAIT_MS = 90_000;
const ATTACH_WAIT_MS = 60_000;

/**
 * The private PostgreSQL of one folder, started unless it already runs. Listens on 127.0.0.1 only, on a free port that is tried
 * again at the next start, with a random password. Processes of one folder share one server; killed ones are noticed, and a
 * server they left behind is taken over.
 *
 * Throws E_DB_DOWN (it cannot be made or started, with Postgres' own words), E_DB_LOCKED (another user's or machine's), E_CONFIG.
 */
export async function startEmbedded(home: string): Promise<EmbeddedPostgres> {
  const folder = await homeFolder(home);
  const files = { mutex: join(folder, 'postgres.lock'), record: join(folder, 'postgres.json'), log: join(folder, 'postgres.log') };
  const me = { pid: process.pid, birth: birthOf(process.pid) ?? '', id: randomBytes(6).toString('hex') };

  /** The server nobody but us uses, if so, and what takes us off the record (after the server: a full disk must not keep it up). */
  const departure = (): { lonely: number | null; signOff: () => void } => {
    const record = readRecord(files.record);
    if (!record) return { lonely: null, signOff: () => undefined };
    const users = record.users.filter(user => user.id !== me.id);
    const lonely = users.length > 0 ? null : (runningServer(record.data)?.pid ?? null);
    return { lonely, signOff: () => writeRecord(files.record, { ...record, users }) };
  };
  const leave = async () => {
    await withMutex(files.mutex, MUTEX_WAIT_MS, async () => {
      const { lonely, signOff } = departure();
      if (lonely !== null) await stopCluster(lonely);
      signOff();
    });
  };
  // At exit nothing can be awaited, so the server is told to stop and waited for without the event loop.
  const leaveSync = () => {
    withMutexSync(files.mutex, 2_000, () => {
      const { lonely, signOff } = departure();
      if (lonely !== null && signal(lonely, 'SIGINT')) waitGoneSync(lonely, 5_000);
      signOff();
    });
  };

  // Before the start, so that a Ctrl-C during it leaves no server behind.
  const forget = onExit({ leave, leaveSync });
  try {
    return await withMutex(files.mutex, MUTEX_WAIT_MS, async () => {
      const record = readRecord(files.record) ?? (await newRecord(folder, files.record));
      const owned = record.users.length === 0;
      const server = (await attach(record, files.record)) ?? (await start(record, files));
      try {
        writeRecord(files.record, { ...record, port: server.port, users: [...record.users, me] });
      } catch (error) {
        if (owned) await stopCluster(server.pid);
        throw error;
      }
      let stopping: Promise<void> | undefined;
      const stop = () => {
        stopping ??= leave().finally(forget);
        return stopping;
      };
      return { url: localUrl(server.port, record.password, DATABASE), owned, stop };
    });
  } catch (error) {
    forget();
    throw error;
  }
}

/** The database Ombre works on: DATABASE_URL, or the private one of OMBRE_HOME, which `stop` gives back. */
export async function databaseUrl(config: Pick<Config, 'DATABASE_URL' | 'OMBRE_HOME'>): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.DATABASE_URL !== null) return { url: config.DATABASE_URL, stop: async () => undefined };
  const { url, stop } = await startEmbedded(config.OMBRE_HOME);
  return { url, stop };
}

async function homeFolder(home: string): Promise<string> {
  try {
    await mkdir(resolve(home), { recursive: true, mode: 0o755 });
    return await realpath(home);
  } catch (error) {
    throw mistake('E_CONFIG', 'OMBRE_HOME', home, `a folder this user can write (${messageOf(error)})`);
  }
}

/** Chooses where the cluster lives and its password, and writes both down before anything is made with them. */
async function newRecord(folder: string, file: string): Promise<ClusterRecord> {
  const inside = join(folder, 'postgres');
  if (existsSync(join(inside, 'data'))) {
    throw new OmbreError(
      'E_DB_DOWN',
      `${inside} holds a database but its password, ${file}, is gone; restore that file or move the folder away`,
    );
  }
  const account = serverAccount();
  let place = inside;
  if (!(await ownedFolder(inside, account))) {
    await rmdir(inside);
    // The same checkout finds the same place again even when .ombre was deleted; other checkouts get another one.
    const name = basename(dirname(folder)).replaceAll(/[^\w.-]/g, '_');
    place = join(await publicFolder(), `${name}-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`);
    const orphan = runningServer(join(place, 'data'));
    if (orphan) await stopCluster(orphan.pid);
    if (existsSync(join(place, 'data'))) await rename(place, `${place}.before-${Date.now()}`);
    await ownedFolder(place, account);
  }
  const record = { data: join(place, 'data'), password: randomBytes(24).toString('hex'), port: null, host: hostname(), users: [] };
  writeRecord(file, record);
  return record;
}

/** The server of this record, if it runs: waits while it still recovers, and until it is gone while it shuts down. */
async function attach(record: ClusterRecord, file: string): Promise<{ pid: number; port: number } | null> {
  const deadline = Date.now() + ATTACH_WAIT_MS;
  for (;;) {
    const server = runningServer(record.data);
    if (!server) return null;
    const state = server.port === null ? 'starting' : await probe(localUrl(server.port, record.password, 'postgres'));
    if (state === 'ready' && server.port !== null) return { pid: server.pid, port: server.port };
    if (state !== 'starting') {
      throw new OmbreError('E_DB_LOCKED', `process ${server.pid} runs it but does not let us in with the password of ${file}: ${state}`);
    }
    if (Date.now() > deadline) {
      throw new OmbreError('E_DB_LOCKED', `process ${server.pid} has run it for ${ATTACH_WAIT_MS / 1000} s without taking connections`);
    }
    await sleep(50);
  }
}

async function start(record: ClusterRecord, files: { record: string; log: string }): Promise<{ pid: number; port: number }> {
  const made = existsSync(record.data);
  if (!made && record.port !== null) {
    throw new OmbreError(
      'E_DB_DOWN',
      `its files, ${record.data}, are gone; restore them, or delete ${files.record} to begin with an empty database`,
    );
  }
  const account = made ? await ownerOf(record.data) : serverAccount();
  const cluster: Cluster = { native: await reachableNative(account), account, data: record.data, log: files.log };
  if (!made) await make(cluster, record.password);
  const server = await startCluster(cluster, { password: record.password, port: record.port });
  try {
    await createDatabase(localUrl(server.port, record.password, 'postgres'));
  } catch (error) {
    await stopCluster(server.pid);
    throw error;
  }
  return server;
}

/**
 * Made beside and renamed when whole: a first start killed half-way is simply made again, under another name, because the
 * initdb of the killed process may still be writing to the old one.
 */
async function make(cluster: Cluster, password: string): Promise<void> {
  const place = dirname(cluster.data);
  await ownedFolder(place, cluster.account);
  const drafts = (await readdir(place)).filter(name => name.startsWith('draft-'));
  const draft = join(place, `draft-${randomBytes(4).toString('hex')}`);
  try {
    await initCluster({ ...cluster, data: draft }, password);
    await rename(draft, cluster.data);
  } finally {
    for (const name of drafts) await rm(join(place, name), { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** As root, the files' owner runs the server, also when that is the user who made them before somebody used sudo. */
async function ownerOf(data: string): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  const { uid, gid } = await stat(data);
  if (uid === 0)
    throw new OmbreError('E_DB_DOWN', `${data} belongs to root, but PostgreSQL refuses to run as root; give it to another user`);
  return { uid, gid };
}

async function createDatabase(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(DATABASE)}`);
  } finally {
    await client.end();
  }
}
