import { statfs } from 'node:fs/promises';
import { collectDefaultMetrics, Gauge, Histogram, type Registry } from 'prom-client';
import manifest from '../../../package.json' with { type: 'json' };
import type { Config } from '../../config.ts';

export type Role = 'start' | 'worker' | 'api';

/** How often the event loop is looked at: often enough to meet a stop of a tenth of a second, rarely enough to cost nothing. */
const LOOK_MS = 100;

/** What a process is: `rules` is the version of the rules that it classifies by; null when it does not. */
export type Running = { role: Role; rules: string | null; config: Pick<Config, 'OMBRE_HOME'> };

/** What a process tells of itself: Node's own metrics, what it is, how late its event loop runs, the disk it keeps things on. Returns what ends it. */
export function processMetrics(register: Registry, { role, rules, config }: Running): () => void {
  collectDefaultMetrics({ register });
  new Gauge({
    name: 'ombre_build_info',
    help: 'Always 1: the version of the program and of the rules it classifies by, what it runs as, and on which Node.',
    labelNames: ['version', 'rules', 'role', 'node'],
    registers: [register],
  }).set({ version: manifest.version, rules: rules ?? 'none', role, node: process.version }, 1);
  new Gauge({
    name: 'ombre_disk_free_bytes',
    help: 'Space that is left where OMBRE_HOME is; missing while the folder is not there.',
    registers: [register],
    async collect() {
      const free = await freeBytes(config.OMBRE_HOME);
      if (free === null) this.remove();
      else this.set(free);
    },
  });
  const delay = new Histogram({
    name: 'ombre_event_loop_delay_seconds',
    help: 'How late the event loop was, looked at ten times a second: whatever waits for it waits for so long.',
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [register],
  });
  let due = performance.now() + LOOK_MS;
  const timer = setInterval(() => {
    const now = performance.now();
    delay.observe(Math.max(0, now - due) / 1000);
    due = now + LOOK_MS;
  }, LOOK_MS).unref();
  return () => clearInterval(timer);
}

async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    // Not there yet, or not to be looked at: the number is missing then, and the others are not.
    return null;
  }
}
