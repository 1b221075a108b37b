import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, constants, realpath } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Config } from '../../config.ts';
import { messageOf, mistake, OmbreError } from '../../errors.ts';
import { makeFolders } from '../../folders.ts';
import { Client } from '../client.ts';
import { reachableNative, serverAccount } from './account.ts';
import { type Cluster, localUrl, probe, runningServer, startCluster, stopCluster } from './cluster.ts';
import { tornCopy } from './copied.ts';
import { onExit } from './exit.ts';
import { bringInside, lookThrough, makeCluster, ownerOf, refuseOtherMajor, takeOver } from './files.ts';
import { claimData, dataOf, standingOf } from './home.ts';
import { memorySettings } from './memory.ts';
import { withMutex, withMutexSync } from './mutex.ts';
import { birthOf, signal, waitGoneSync } from './processes.ts';
import { type ClusterRecord, type KnownRecord, readRecord, writeRecord } from './record.ts';
import { refuseLinked, refuseOpen } from './usable.ts';

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
 * Throws E_DB_DOWN (it cannot be made or started, with Postgres' own words), E_DISK_FULL, E_DB_LOCKED (another user's or machine's), E_CONFIG.
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
    // Moved while it ran: the next command at its new place takes the server over, and stops it.
    if (!existsSync(folder)) return;
    await withMutex(files.mutex, MUTEX_WAIT_MS, async () => {
      const { lonely, signOff } = departure();
      if (lonely !== null) await stopCluster(lonely);
      signOff();
    });
  };
  // At exit nothing can be awaited, so the server is told to stop and waited for without the event loop.
  const leaveSync = () => {
    if (!existsSync(folder)) return;
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
      const record = readRecord(files.record) ?? newRecord(folder, files.record);
      const owned = record.users.length === 0;
      const server = (await attach(folder, record, files.record)) ?? (await start(folder, record, files));
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

/**
 * The database Ombre works on: DATABASE_URL, or the private one of OMBRE_HOME, which `stop` gives back. `ends` says that the server was
 * started for this process alone, and ends with `stop` unless another comes meanwhile.
 */
export async function databaseUrl(
  config: Pick<Config, 'DATABASE_URL' | 'OMBRE_HOME'>,
): Promise<{ url: string; ends: boolean; stop(): Promise<void> }> {
  if (config.DATABASE_URL !== null) return { url: config.DATABASE_URL, ends: false, stop: async () => undefined };
  const { url, owned, stop } = await startEmbedded(config.OMBRE_HOME);
  return { url, ends: owned, stop };
}

async function homeFolder(home: string): Promise<string> {
  try {
    makeFolders(home, 0o755);
    const folder = await realpath(home);
    await access(folder, constants.W_OK);
    return folder;
  } catch (error) {
    throw mistake('E_CONFIG', 'OMBRE_HOME', home, `a folder this user can write (${messageOf(error)})`);
  }
}

/** Chooses the password, and writes it down before anything is made with it. */
function newRecord(folder: string, file: string): KnownRecord {
  const data = dataOf(folder);
  if (existsSync(data)) {
    throw new OmbreError(
      'E_DB_DOWN',
      `${data} is a database, but ${file}, which holds its password, is gone; put that file back from a backup of the folder`,
    );
  }
  const record = { data, password: randomBytes(24).toString('hex'), port: null, host: hostname(), users: [] };
  writeRecord(file, record);
  return { ...record, outside: null, copied: false };
}

/** The server of this record, if it runs: waits while it still recovers, and until it is gone while it shuts down. */
async function attach(folder: string, record: ClusterRecord, file: string): Promise<{ pid: number; port: number } | null> {
  const deadline = Date.now() + ATTACH_WAIT_MS;
  for (;;) {
    const server = runningServer(record.data);
    if (!server) return null;
    // Left by a process that was killed before it had looked through the copy.
    if (standingOf(folder) === 'unchecked') {
      await stopCluster(server.pid);
      return null;
    }
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

async function start(folder: string, record: KnownRecord, files: { record: string; log: string }): Promise<{ pid: number; port: number }> {
  if (record.outside !== null) await bringInside(folder, record.outside, record);
  const made = existsSync(record.data);
  if (!made && record.port !== null) {
    throw new OmbreError(
      'E_DB_DOWN',
      `its files, ${record.data}, are gone; put them back, or set OMBRE_HOME to another folder and \`ombre import\` a backup there`,
    );
  }
  if (made) {
    refuseOtherMajor(record.data);
    refuseOpen(record.data);
    await refuseLinked(record.data);
  }
  const account = made ? await ownerOf(record.data) : serverAccount();
  const cluster: Cluster = { native: await reachableNative(account), account, data: record.data, log: files.log };
  if (!made) await makeCluster(cluster, record.password);
  // Before the claim: with it, what the record holds of processes would count as true of this folder.
  writeRecord(files.record, record);
  const unchecked = takeOver(folder, record);
  const server = await startCluster(cluster, { password: record.password, port: record.port, settings: memorySettings() }).catch(error => {
    // What cannot be recovered in a copy is the copy's fault, and the remedy another one.
    throw unchecked && /PANIC|checkpoint|WAL|recovery/.test(messageOf(error)) ? tornCopy(record.data, messageOf(error)) : error;
  });
  try {
    if (unchecked) await lookThrough(record.data, localUrl(server.port, record.password, 'postgres'));
    await createDatabase(localUrl(server.port, record.password, 'postgres'));
  } catch (error) {
    await stopCluster(server.pid);
    throw error;
  }
  if (unchecked) claimData(folder);
  return server;
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
