import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

/** The library that gives a process another clock, as `faketime` names it; null where it is not installed (apt-get install faketime). */
export async function findFaketime(): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('faketime', ['-f', '+1d', 'env']);
    return /^LD_PRELOAD=(.+)$/m.exec(stdout)?.[1] ?? null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Starts a script with this Node in a process whose clock is off by `offset`, such as `+400d`. The library is set by hand and not by
 * `faketime`, which would stand between the process and the signals it is sent.
 */
export function spawnAt(library: string, offset: string | null, script: string, args: string[], env: NodeJS.ProcessEnv = {}) {
  const clock = offset === null ? {} : { LD_PRELOAD: library, FAKETIME: offset };
  return spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env, ...clock } });
}
