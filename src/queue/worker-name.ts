import { hostname } from 'node:os';

/** What this process is called in the jobs it runs. */
export function workerName(): string {
  return `${hostname()}:${process.pid}`;
}

/** The machine and process of such a name; null where there is none. */
export function workerOf(name: string | undefined): { host: string; pid: number } | null {
  const [, host, pid] = /^(.+):(\d+)$/.exec(name ?? '') ?? [];
  return host && pid ? { host, pid: Number(pid) } : null;
}
