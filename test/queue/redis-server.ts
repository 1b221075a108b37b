import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export type RedisServer = {
  url: string;
  /** Kills it, does what is asked meanwhile, and starts it on the same port, without its data. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
};

/** The name to start redis-server by, or null where it is not installed. */
export async function findRedis(): Promise<string | null> {
  return promisify(execFile)('redis-server', ['--version']).then(
    () => 'redis-server',
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    },
  );
}

/** A Redis of the caller's own on a free loopback port, without persistence; its folder and process are gone after `stop`. */
export async function startRedis(binary: string): Promise<RedisServer> {
  for (let tries = 1; ; tries++) {
    // Redis cannot choose a port itself (0 means no TCP), so a taken one is tried again with another.
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const folder = await mkdtemp(join(tmpdir(), 'ombre-redis-'));
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
    let server = launch(binary, args);
    const stop = async () => {
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    };
    const restart = async (meanwhile: () => Promise<void>) => {
      await server.kill();
      await meanwhile();
      server = launch(binary, args);
      if (!(await server.ready)) throw new Error('redis-server did not start again');
    };
    if (await server.ready) return { url: `redis://127.0.0.1:${port}`, restart, stop };
    await stop();
    if (tries === 5) throw new Error('redis-server did not start on five ports');
  }
}

function launch(binary: string, args: string[]): { ready: Promise<boolean>; kill(): Promise<void> } {
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const ready = new Promise<boolean>(resolve => {
    createInterface({ input: child.stdout }).on('line', line => {
      if (line.includes('Ready to accept connections')) resolve(true);
    });
    child.once('exit', () => resolve(false));
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  return { ready, kill };
}
