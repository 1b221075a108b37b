import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { OmbreError } from '../errors.ts';

/** Of what the machine, or its container, has: the rest is for Postgres beside it, the system, and what a visit needs to end. */
const SHARE_OF_MACHINE = 0.7;
/** Of what Node lets its heap grow to: above that it collects garbage without end, and then dies with all it holds. */
const SHARE_OF_HEAP = 0.85;
/** How often it is looked, and how often in a row it must be too much: what one large page needs for a moment is no reason to end. */
const LOOK_MS = 5_000;
const LOOKS = 3;

/** Bytes: of the whole process as the system counts it, and of Node's heap in use. */
type Memory = { rss: number; heap: number };

/** What a worker may use. Of a container without a limit Node says 0, or more than there is. */
export function memoryLimit({ MEMORY_LIMIT_MB }: Pick<Config, 'MEMORY_LIMIT_MB'>): Memory {
  const machine = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const rss = MEMORY_LIMIT_MB > 0 ? MEMORY_LIMIT_MB * 1_000_000 : machine * SHARE_OF_MACHINE;
  return { rss, heap: getHeapStatistics().heap_size_limit * SHARE_OF_HEAP };
}

function memoryInUse(): Memory {
  return { rss: process.memoryUsage.rss(), heap: getHeapStatistics().used_heap_size };
}

export type MemoryGuard = {
  /** Aborts with E_MEMORY when this process is to end, so that a new one goes on. */
  over: AbortSignal;
  close(): Promise<void>;
};

/** Watches what this process uses. Above the limit it says so in one line of the log and aborts `over`, once. */
export function watchMemory(
  { config, log }: { config: Pick<Config, 'MEMORY_LIMIT_MB'>; log: Pick<Logger, 'warn'> },
  { limit = memoryLimit(config), inUse = memoryInUse, lookMs = LOOK_MS } = {},
): MemoryGuard {
  const over = new AbortController();
  let looks = 0;
  const watch = setInterval(() => {
    const why = excess(inUse(), limit);
    looks = why === null ? 0 : looks + 1;
    if (why === null || looks < LOOKS) return;
    clearInterval(watch);
    const reason = new OmbreError('E_MEMORY', why);
    log.warn(`${reason.message}: no more visits are begun, those that run are handed back, and this process ends to be started again`);
    over.abort(reason);
  }, lookMs).unref();
  return { over: over.signal, close: async () => clearInterval(watch) };
}

function excess({ rss, heap }: Memory, limit: Memory): string | null {
  const mb = (bytes: number) => Math.round(bytes / 1_000_000);
  if (rss > limit.rss) return `${mb(rss)} MB are in use, ${mb(limit.rss)} are allowed (MEMORY_LIMIT_MB)`;
  return heap > limit.heap ? `${mb(heap)} MB of Node's heap are in use, ${mb(limit.heap)} are allowed (--max-old-space-size)` : null;
}
