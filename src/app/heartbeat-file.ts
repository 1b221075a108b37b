import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { makeFolders } from '../folders.ts';

/** How often a worker that works says so, and the age from which a beat is none any more: some beats may be late on a busy machine. */
export const BEAT_MS = 5_000;
const STALE_MS = 20_000;

type Home = Pick<Config, 'OMBRE_HOME'>;

const fileOf = ({ OMBRE_HOME }: Home) => join(OMBRE_HOME, 'worker.heartbeat');

/** Says on this machine that a worker of this OMBRE_HOME works. */
export async function touchHeartbeat(config: Home): Promise<void> {
  makeFolders(config.OMBRE_HOME);
  await writeFile(fileOf(config), `${process.pid}\n`);
}

export async function removeHeartbeat(config: Home): Promise<void> {
  await rm(fileOf(config), { force: true });
}

/** Whether a worker of this OMBRE_HOME works, and one clause that says how long ago it said so. */
export async function lookAtHeartbeat(config: Home): Promise<{ ok: boolean; message: string }> {
  const file = fileOf(config);
  try {
    const age = Date.now() - (await stat(file)).mtimeMs;
    // A beat from the future was made before the clock was set back, and proves as little as an old one.
    const ok = Math.abs(age) < STALE_MS;
    return { ok, message: `${file} was written ${Math.round(age / 1000)} s ago` };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { ok: false, message: `${file} is not there` };
  }
}
