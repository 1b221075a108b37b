import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { chown, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OmbreError } from '../../errors.ts';
import { Client } from '../client.ts';
import type { Account } from './account.ts';
import { ownedFolder } from './account.ts';
import { birthOf, commandOf, signal } from './processes.ts';

/** One private cluster: where the binaries are, who runs them, where its files are. */
export type Cluster = { native: string; account: Account | null; data: string; log: string };

/**
 * Where the server looks for its files. On Linux it is started in their folder and told to stay there, so that neither a closed folder
 * above (/root) nor a folder that is moved while it runs matters; elsewhere it needs the whole path.
 */
export const STAYS_PUT = platform() === 'linux';
const HERE = '/proc/self/cwd';

const USER = 'ombre';
const START_MS = 120_000;
const LOG_LIMIT_BYTES = 5_000_000;

/** The address of a database of a cluster on this machine. */
export function localUrl(port: number, password: string, database: string): string {
  return `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
}

/** Creates the cluster's files. Built-in C.UTF-8, so that order and case do not depend on what locales the machine has. */
export async function initCluster(cluster: Cluster, password: string): Promise<void> {
  const passwordFile = `${cluster.data}.password`;
  await ownedFolder(cluster.data, cluster.account);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
  try {
    if (cluster.account) await chown(passwordFile, cluster.account.uid, cluster.account.gid);
    const [pgdata, pwfile] = STAYS_PUT ? [HERE, `${HERE}/../${basename(passwordFile)}`] : [cluster.data, passwordFile];
    const args = ['--pgdata', pgdata, '--username', USER, '--pwfile', pwfile, '--auth=scram-sha-256', '--encoding=UTF8'];
    args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions', '--no-sync');
    args.push('--text-search-config=english', '--set', 'timezone=UTC', '--set', 'log_timezone=UTC');
    const { code, text } = await run(cluster, 'initdb', args);
    if (code !== 0) throw failed('could not be created', text, '');
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/**
 * Starts the server and waits until it takes connections. Its own process group, so that a Ctrl-C in the terminal reaches us
 * first and we end it last. Tries other ports when `port` is taken meanwhile. Throws E_DISK_FULL, or E_DB_DOWN with the server's own words.
 */
export async function startCluster(
  cluster: Cluster,
  options: { password: string; port: number | null; settings?: Readonly<Record<string, string>> },
): Promise<{ pid: number; port: number }> {
  await clearStalePidFile(cluster.data);
  let port = options.port ?? (await freePort());
  for (let attempt = 1; ; attempt++) {
    const { child, logFrom } = await launch(cluster, port, options.settings ?? {});
    const failure = await waitReady(child, cluster.data, localUrl(port, options.password, 'postgres'));
    if (failure === null) return { pid: child.pid as number, port };
    const text = (await readFile(cluster.log, 'utf8')).slice(logFrom);
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    // The last processes of a killed server are still ending.
    if (attempt < 50 && text.includes('shared memory block')) {
      await sleep(100);
      continue;
    }
    if (attempt < 5 && /could not bind|could not create any TCP/.test(text)) {
      port = await freePort();
      continue;
    }
    throw failed('did not start', text, failure, ` (log: ${cluster.log})`);
  }
}

/** Ends a server: first politely (connections are cut, data is flushed), after `graceMs` at once. Returns when it is gone. */
export async function stopCluster(pid: number, graceMs = 20_000): Promise<void> {
  if (!signal(pid, 'SIGINT')) return;
  const deadline = Date.now() + graceMs;
  while (birthOf(pid) !== null) {
    // SIGQUIT leaves recovery to the next start, but no half-ended server behind.
    if (Date.now() > deadline) signal(pid, 'SIGQUIT');
    await sleep(20);
  }
}

/**
 * The server that runs on these files, from Postgres' own postmaster.pid; null when none does. The port is null while it only
 * begins to start. A pid that meanwhile belongs to another program does not count.
 */
export function runningServer(data: string): { pid: number; port: number | null } | null {
  const noted = readPidFile(data);
  return noted !== null && runsOn(noted.pid, data) ? noted : null;
}

/** Compared by the folder itself where the system tells where a process is: a copy's postmaster.pid names the server of the original. */
function runsOn(pid: number, data: string): boolean {
  const command = commandOf(pid);
  if (!STAYS_PUT) return command.includes(`-D ${data} `);
  if (!command.includes(' -D ')) return false;
  try {
    const [server, files] = [statSync(`/proc/${pid}/cwd`, { throwIfNoEntry: false }), statSync(data)];
    return server !== undefined && server.dev === files.dev && server.ino === files.ino;
  } catch (error) {
    // Another user's process hides where it is; ours runs as the owner of the files, or we are root.
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return false;
    throw error;
  }
}

/**
 * Removes a postmaster.pid that a killed server left and whose pid now is a zombie or another program of ours: Postgres only asks
 * whether some process has that id, and would refuse to start for ever. What still uses the old shared memory it detects by itself.
 */
async function clearStalePidFile(data: string): Promise<void> {
  const noted = readPidFile(data);
  if (noted !== null && runningServer(data) === null) await rm(join(data, 'postmaster.pid'), { force: true });
}

function readPidFile(data: string): { pid: number; port: number | null; ready: boolean } | null {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, port: Number(lines[3]) || null, ready: lines[7]?.trim() === 'ready' } : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** A port of 127.0.0.1 nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>(resolve => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new OmbreError('E_BUG', 'a TCP server has no port');
  return address.port;
}

/** Runs one of the binaries as the cluster's account and returns its exit code and everything it said. */
async function run(
  cluster: Pick<Cluster, 'native' | 'account' | 'data'>,
  program: 'initdb' | 'postgres' | 'pg_ctl',
  args: readonly string[],
): Promise<{ code: number | null; text: string }> {
  const child = spawn(join(cluster.native, 'bin', program), args, {
    ...cluster.account,
    cwd: STAYS_PUT ? cluster.data : '/',
    env: serverEnv(),
    stdio: 'pipe',
  });
  let text = '';
  child.stdout.on('data', chunk => {
    text += chunk;
  });
  child.stderr.on('data', chunk => {
    text += chunk;
  });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', code => resolve({ code, text }));
  });
}

async function launch(cluster: Cluster, port: number, settings: Readonly<Record<string, string>>) {
  const size = await stat(cluster.log).then(
    file => file.size,
    () => 0,
  );
  const log = await open(cluster.log, size > LOG_LIMIT_BYTES ? 'w' : 'a', 0o600);
  try {
    const fixed = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '', ...settings };
    const args = ['-D', STAYS_PUT ? HERE : cluster.data, ...Object.entries(fixed).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
    const child = spawn(join(cluster.native, 'bin', 'postgres'), args, {
      ...cluster.account,
      cwd: STAYS_PUT ? cluster.data : '/',
      env: serverEnv(),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    child.unref();
    return { child, logFrom: size > LOG_LIMIT_BYTES ? 0 : size };
  } finally {
    await log.close();
  }
}

/** Null when the server takes connections, else why it does not. A server that recovers (57P03) is waited for. */
async function waitReady(child: ChildProcess, data: string, url: string): Promise<string | null> {
  const deadline = Date.now() + START_MS;
  const ended = once(child, 'exit').then(() => 'ended');
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) return `it ended with ${child.signalCode ?? `code ${child.exitCode}`}`;
    // Whoever else sits on the port may never answer; the server's own end tells first.
    const state = await Promise.race([probe(url), ended]);
    // The one that answers may be the server of a copy, which has the same password, on a port that ours could not take.
    const noted = state === 'ready' ? readPidFile(data) : null;
    if (noted?.pid === child.pid && noted?.ready) return null;
    if (state !== 'ready' && state !== 'starting' && state !== 'ended') return state;
    await sleep(20);
  }
  return `it took longer than ${START_MS / 1000} s`;
}

/** Whether a server takes connections at this address: `ready`, `starting` (nobody listens yet, or it recovers) or the reason. */
export async function probe(url: string): Promise<'ready' | 'starting' | (string & {})> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    return 'ready';
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'ECONNREFUSED' || code === '57P03') return 'starting';
    return error instanceof Error ? error.message : String(error);
  } finally {
    await client.end();
  }
}

/** No PG* variable of the caller's shell may steer the private server. */
function serverEnv(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

/** E_DISK_FULL, or E_DB_DOWN with the lines of what the server said that tell what is wrong, or `failure` where none does. */
function failed(what: string, said: string, failure: string, where = ''): OmbreError {
  if (/No space left on device/.test(said))
    return new OmbreError('E_DISK_FULL', `the private PostgreSQL ${what} (No space left on device); free some space and start again`);
  const lines = said
    .split('\n')
    .filter(line => /FATAL|PANIC|initdb: error|could not|error:/.test(line))
    .map(line => line.replace(/^\S+ \S+ UTC \[\d+\] /, ''));
  const told = lines.slice(0, 3).join(' ').replaceAll(/\s+/g, ' ').trim().slice(0, 500);
  return new OmbreError('E_DB_DOWN', `the private PostgreSQL ${what}: ${told || failure}${where}`);
}
