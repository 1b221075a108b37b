import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = '/sys/fs/cgroup';

/** Processes that together may have so much memory and no swap, their files in the page cache included, as on a machine of that size. */
export type Box = {
  /** What stands before a command that runs in it, with all its children. */
  command: string[];
  /** The most it held, in MB, and how often the kernel had to take memory back or to end a process for it. */
  told(): { mostMb: number; reclaims: number; killed: number };
  remove(): Promise<void>;
};

/** A cgroup (version 2 or 1) under the root one. Null where this account or machine can make none. */
export function boxOf(bytes: number, name: string): Box | null {
  const two = existsSync(join(ROOT, 'cgroup.controllers'));
  const folder = two ? join(ROOT, name) : join(ROOT, 'memory', name);
  const limits: [string, number][] = two
    ? [
        ['memory.max', bytes],
        ['memory.swap.max', 0],
      ]
    : [
        ['memory.limit_in_bytes', bytes],
        ['memory.memsw.limit_in_bytes', bytes],
      ];
  try {
    mkdirSync(folder);
    for (const [file, limit] of limits) writeFileSync(join(folder, file), String(limit));
  } catch (error) {
    process.stderr.write(`no memory limit: ${(error as Error).message}\n`);
    if (existsSync(folder)) rmdirSync(folder);
    return null;
  }
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const field = (text: string, key: string) => Number(new RegExp(`^${key} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return {
    command: ['sh', '-c', `echo $$ > ${folder}/cgroup.procs && exec "$@"`, 'sh'],
    told: () => ({
      mostMb: Math.round(Number(read(two ? 'memory.peak' : 'memory.max_usage_in_bytes')) / 2 ** 20),
      reclaims: two ? field(read('memory.events'), 'max') : Number(read('memory.failcnt')) + Number(read('memory.memsw.failcnt')),
      killed: field(read(two ? 'memory.events' : 'memory.oom_control'), 'oom_kill'),
    }),
    async remove() {
      // A process that has just ended may still be in it.
      for (let tries = 0; tries < 50 && read('cgroup.procs') !== ''; tries++) await sleep(100);
      rmdirSync(folder);
    },
  };
}

/** Starts a Node of this version in a box, or without one. `core` pins it and its children to one core. */
export function runIn(box: Box | null, args: readonly string[], options: { core?: number; env?: NodeJS.ProcessEnv }) {
  const pinned = options.core === undefined ? [] : ['taskset', '-c', String(options.core)];
  const [program, ...rest] = [...(box?.command ?? []), ...pinned, process.execPath, ...args];
  return spawn(program!, rest, { env: options.env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Memory of one process in MB. `pss` counts what it shares with others by its share, so that the sum over processes counts nothing twice. */
type Held = { rss: number; pss: number; swap: number };

/** Null when it is gone. */
export function heldBy(pid: number): Held | null {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) / 1024;
    return { rss: field('Rss'), pss: field('Pss'), swap: field('Swap') };
  } catch {
    return null;
  }
}

/** The processes below one, at any depth. */
function below(pid: number): number[] {
  const children = (parent: number): number[] => {
    const own = readdirSync('/proc')
      .filter(name => /^\d+$/.test(name) && parentOf(name) === parent)
      .map(Number);
    return own.flatMap(child => [child, ...children(child)]);
  };
  return children(pid);
}

function parentOf(pid: string): number | null {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return null;
  }
}

export type Most = { node: number; nodePss: number; postgres: number; sum: number; swap: number };

/** Looks at a process and those below it, twice a second; each figure is the highest of its own. */
export function watching(pid: number): { end(): Most } {
  const most: Most = { node: 0, nodePss: 0, postgres: 0, sum: 0, swap: 0 };
  const look = () => {
    const node = heldBy(pid);
    if (!node) return;
    const others = below(pid)
      .map(heldBy)
      .filter((held): held is Held => held !== null);
    const total = (name: keyof Held) => others.reduce((sum, held) => sum + held[name], 0);
    const now: Most = {
      node: node.rss,
      nodePss: node.pss,
      postgres: total('pss'),
      sum: node.pss + total('pss'),
      swap: node.swap + total('swap'),
    };
    for (const name of Object.keys(most) as (keyof Most)[]) most[name] = Math.max(most[name], now[name]);
  };
  const timer = setInterval(look, 500);
  return {
    end() {
      clearInterval(timer);
      return most;
    },
  };
}
