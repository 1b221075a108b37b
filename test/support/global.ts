import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { ownedFolder, reachableNative, serverAccount } from '../../src/postgres/server/account.ts';
import { initCluster, localUrl, startCluster, stopCluster } from '../../src/postgres/server/cluster.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createDatabase, dropDatabase, onServer, withDatabase } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** URL of the server's maintenance database, the name of the migrated template, and whether the server goes with the run; null in a project that needs none. */
    postgres: { url: string; template: string; throwaway: boolean } | null;
  }
}

type Shared = { started: Promise<{ url: string; template: string; throwaway: boolean; stop: () => Promise<void> }>; users: number };

// Every vitest project evaluates this module anew; the server is one per vitest process.
const store = globalThis as typeof globalThis & { ombreTestPostgres?: Shared };

/** Gives the projects of one vitest run one Postgres: TEST_DATABASE_URL if set, else a private one in a temporary folder. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  // The root project runs no test of its own, and the rooms suite only reads files.
  if (project.isRootProject() || project.name === 'rooms') {
    project.provide('postgres', null);
    return undefined;
  }
  store.ombreTestPostgres ??= { started: start(), users: 0 };
  const shared = store.ombreTestPostgres;
  shared.users++;
  const { stop, ...postgres } = await shared.started;
  project.provide('postgres', postgres);
  return async () => {
    if (--shared.users > 0) return;
    delete store.ombreTestPostgres;
    await stop();
  };
}

async function start() {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startPrivate();
  const template = `ombre_template_${process.pid}_${Date.now()}`;
  await onServer(server.url, client => createDatabase(client, template));
  const db = openDatabase(withDatabase(server.url, template), { max: 1 });
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
  const stop = async () => {
    await onServer(server.url, client => dropDatabase(client, template));
    await server.stop();
  };
  return { url: server.url, template, throwaway: !given, stop };
}

async function startPrivate() {
  const folder = await mkdtemp(join(tmpdir(), 'ombre-test-'));
  const guard = guardOf(folder);
  await chmod(folder, 0o755);
  const account = serverAccount();
  const cluster = { native: await reachableNative(account), account, data: join(folder, 'postgres', 'data'), log: join(folder, 'log') };
  await ownedFolder(join(folder, 'postgres'), account);
  await initCluster(cluster, 'ombre');
  // Throw-away data: nothing has to survive a crash, so nothing waits for the disk.
  const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300', autovacuum: 'off' };
  const { pid, port } = await startCluster(cluster, { password: 'ombre', port: null, settings });
  const stop = async () => {
    await stopCluster(pid);
    guard.stdin.end();
    await once(guard, 'exit');
  };
  return { url: localUrl(port, 'ombre', 'postgres'), stop };
}

/** A shell that waits for our end of a pipe to close, however we end, and then leaves neither server nor folder behind. */
function guardOf(folder: string) {
  const script = `cat > /dev/null
    pid=$(head -n 1 "$1/postgres/data/postmaster.pid" 2> /dev/null)
    if [ -n "$pid" ]; then kill -QUIT "$pid"; while kill -0 "$pid"; do sleep 0.1; done; fi
    rm -rf "$1"`;
  const guard = spawn('/bin/sh', ['-c', script, 'guard', folder], { detached: true, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] });
  guard.unref();
  return guard;
}
