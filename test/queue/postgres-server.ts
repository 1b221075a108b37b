import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownedFolder, reachableNative, serverAccount } from '../../src/postgres/server/account.ts';
import { initCluster, localUrl, startCluster, stopCluster } from '../../src/postgres/server/cluster.ts';

export type PostgresServer = {
  url: string;
  /** Stops it, does what is asked while its port is free, and starts it on the same port. SIGINT is a fast stop, SIGQUIT an immediate one, SIGKILL a death. */
  restart(meanwhile: (port: number) => Promise<void>, how?: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Promise<void>;
  stop(): Promise<void>;
};

/** An empty Postgres of the caller's own that may be restarted, with the durable settings Ombre ships; its files are gone after `stop`. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'ombre-queue-'));
  await chmod(folder, 0o755);
  const account = serverAccount();
  const native = await reachableNative(account);
  const cluster = { native, account, data: join(folder, 'postgres', 'data'), log: join(folder, 'postgres.log') };
  await ownedFolder(join(folder, 'postgres'), account);
  await initCluster(cluster, 'ombre');
  let server = await startCluster(cluster, { password: 'ombre', port: null });
  return {
    url: localUrl(server.port, 'ombre', 'postgres'),
    restart: async (meanwhile, how = 'SIGINT') => {
      process.kill(server.pid, how);
      await stopCluster(server.pid);
      await meanwhile(server.port);
      server = await startCluster(cluster, { password: 'ombre', port: server.port });
    },
    stop: async () => {
      await stopCluster(server.pid);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
