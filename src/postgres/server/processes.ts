import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname, platform } from 'node:os';

/**
 * When a process was started, as an opaque text; null when there is none with this id (or it is a zombie nobody waits for).
 * Two processes that get the same id, after a reboot or in a restarted container, differ in it, so a stale record is told apart.
 */
export function birthOf(pid: number): string | null {
  return platform() === 'linux' ? birthOnLinux(pid) : birthByPs(pid);
}

/** This run of the machine, as an opaque text; on systems that do not tell, the name of the machine. */
export function bootOf(): string {
  return platform() === 'linux' ? readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() : hostname();
}

/** Sends a signal; false when there is no such process. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

function birthOnLinux(pid: number): string | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // proc(5): the name in parentheses may hold anything; state is field 3, start time in ticks since boot field 22.
    const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${bootOf()}:${fields[19]}`;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH') return null;
    throw error;
  }
}

function birthByPs(pid: number): string | null {
  try {
    const [state, ...start] = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8', env: { LC_ALL: 'C' } })
      .trim()
      .split(/\s+/);
    return state?.startsWith('Z') ? null : start.join(' ');
  } catch (error) {
    // ps ends with 1 when there is no such process.
    if ((error as { status?: number }).status === 1) return null;
    throw error;
  }
}

/** The command line of a process, its arguments joined by blanks; empty when there is no such process. */
export function commandOf(pid: number): string {
  if (birthOf(pid) === null) return '';
  try {
    if (platform() === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch (error) {
    // It ended between the two looks.
    if (birthOf(pid) === null) return '';
    throw error;
  }
}

/** Waits without the event loop, for the moment a process exits; false when it is still there after `waitMs`. */
export function waitGoneSync(pid: number, waitMs: number): boolean {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  const deadline = Date.now() + waitMs;
  while (birthOf(pid) !== null) {
    if (Date.now() > deadline) return false;
    Atomics.wait(clock, 0, 0, 20);
  }
  return true;
}
