import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ownedFolder, reachableNative, serverAccount } from '../../src/postgres/server/account.ts';
import { initCluster } from '../../src/postgres/server/cluster.ts';
import { onServer } from '../support/server.ts';

const run = promisify(execFile);
const ip = (...args: string[]) => run('ip', args);

export type Network = {
  /** Addresses of this test on the network, one for each host of a site. */
  site: (n: number) => string;
  /** What stands before a command that is to run on that machine. */
  on(machine: string): string[];
  addressOf(machine: string): string;
  /** Takes the cable of a machine out, and puts it in again: what is on its way meanwhile is lost, and nobody is told. */
  cut(machine: string): Promise<void>;
  join(machine: string): Promise<void>;
  remove(): Promise<void>;
};

/** Machines on one network of their own, each a network namespace, and this test as one more. Throws where this account can make none. */
export async function makeNetwork(machines: string[], hosts: number): Promise<Network> {
  const tag = `o${process.pid % 100_000}`;
  const net = `10.231.${process.pid % 250}`;
  const hub = `${tag}-hub`;
  const here = `${tag}h`;
  const addressOf = (machine: string) => `${net}.${2 + machines.indexOf(machine)}`;
  const site = (n: number) => `${net}.${100 + n}`;
  const port = (machine: string) => `p${machines.indexOf(machine)}`;
  const remove = async () => {
    for (const name of [...machines.map(machine => `${tag}-${machine}`), hub]) await ip('netns', 'del', name).catch(() => undefined);
  };
  try {
    await ip('netns', 'add', hub);
    await ip('-n', hub, 'link', 'add', 'name', 'hub0', 'type', 'bridge');
    await ip('-n', hub, 'link', 'set', 'hub0', 'up');
    const plug = async (name: string) => {
      await ip('-n', hub, 'link', 'set', name, 'master', 'hub0');
      await ip('-n', hub, 'link', 'set', name, 'up');
    };
    await ip('link', 'add', here, 'type', 'veth', 'peer', 'name', 'here', 'netns', hub);
    await plug('here');
    for (const address of [`${net}.1`, ...Array.from({ length: hosts }, (_, n) => site(n))])
      await ip('addr', 'add', `${address}/24`, 'dev', here);
    await ip('link', 'set', here, 'up');
    for (const machine of machines) {
      const name = `${tag}-${machine}`;
      await ip('netns', 'add', name);
      await ip('-n', name, 'link', 'add', 'eth', 'type', 'veth', 'peer', 'name', port(machine), 'netns', hub);
      await plug(port(machine));
      await ip('-n', name, 'addr', 'add', `${addressOf(machine)}/24`, 'dev', 'eth');
      await ip('-n', name, 'link', 'set', 'eth', 'up');
      await ip('-n', name, 'link', 'set', 'lo', 'up');
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    site,
    on: machine => ['ip', 'netns', 'exec', `${tag}-${machine}`],
    addressOf,
    cut: async machine => void (await ip('-n', hub, 'link', 'set', port(machine), 'down')),
    join: async machine => void (await ip('-n', hub, 'link', 'set', port(machine), 'up')),
    remove,
  };
}

export type Remote = { url: string; stop(): Promise<void> };

/** An empty Postgres on a machine of the network. */
export async function postgresOn(network: Network, machine: string): Promise<Remote> {
  const folder = await mkdtemp(join(tmpdir(), 'ombre-net-'));
  await chmod(folder, 0o755);
  const account = serverAccount();
  if (account === null) throw new Error('namespaces are made as root, for whom Postgres runs as another account');
  const native = await reachableNative(account);
  const data = join(folder, 'postgres', 'data');
  await ownedFolder(join(folder, 'postgres'), account);
  await initCluster({ native, account, data, log: join(folder, 'postgres.log') }, 'ombre');
  await appendFile(join(data, 'pg_hba.conf'), 'host all all 10.231.0.0/16 scram-sha-256\n');
  const settings = [`listen_addresses=${network.addressOf(machine)}`, 'port=5432', 'unix_socket_directories='];
  const as = ['setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  const command = [...network.on(machine), ...as, join(native, 'bin', 'postgres'), '-D', data, ...settings.flatMap(one => ['-c', one])];
  const server = spawn(command[0]!, command.slice(1), { stdio: 'ignore' });
  const url = `postgres://ombre:ombre@${network.addressOf(machine)}:5432/postgres`;
  for (let tries = 1; ; tries++) {
    try {
      await onServer(url, client => client.query('select 1'));
      break;
    } catch (error) {
      if (tries === 100 || server.exitCode !== null) throw error;
      await sleep(200);
    }
  }
  const stop = async () => {
    await ended(server, 'SIGINT');
    await rm(folder, { recursive: true, force: true });
  };
  return { url, stop };
}

/** An empty Redis on a machine of the network. */
export async function redisOn(network: Network, machine: string, binary: string): Promise<Remote> {
  const address = network.addressOf(machine);
  const folder = await mkdtemp(join(tmpdir(), 'ombre-net-redis-'));
  const args = ['--port', '6379', '--bind', address, '--protected-mode', 'no', '--save', '', '--dir', folder];
  const [program = '', ...before] = network.on(machine);
  const server = spawn(program, [...before, binary, ...args], { stdio: 'ignore' });
  const stop = async () => {
    await ended(server, 'SIGTERM');
    await rm(folder, { recursive: true, force: true });
  };
  return { url: `redis://${address}:6379`, stop };
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}
