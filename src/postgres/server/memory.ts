import { totalmem } from 'node:os';

const SMALL_BYTES = 2 * 2 ** 30;

/**
 * What Postgres is to make do with beside Ombre on a small machine; nothing on any other, where its own defaults are good. Those take 128 MB for
 * buffers, which the system's page cache holds as well, and 64 MB for each of three vacuums at a time.
 */
const SMALL = { shared_buffers: '64MB', maintenance_work_mem: '16MB', autovacuum_max_workers: '1', max_parallel_workers_per_gather: '0' };

/** Settings of the private server for a machine, or a container, with so many bytes of memory. */
export function memorySettings(bytes: number = machineBytes()): Readonly<Record<string, string>> {
  return bytes < SMALL_BYTES ? SMALL : {};
}

/** What this process may use at most: of a limit that is none, Node says 0 or more than there is. */
function machineBytes(): number {
  return Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
}
