import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

export type RedisServer = { url: string; stop(): Promise<void> };

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
    const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = once(child, 'exit');
    const ready = new Promise<boolean>(resolve => {
      createInterface({ input: child.stdout }).on('line', line => {
        if (line.includes('Ready to accept connections')) resolve(true);
      });
      child.once('exit', () => resolve(false));
    });
    const stop = async () => {
      child.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true, force: true });
    };
    if (await ready) return { url: `redis://127.0.0.1:${port}`, stop };
    await stop();
    if (tries === 5) throw new Error('redis-server did not start on five ports');
  }
}
