import { OmbreError } from '../../errors.ts';
import type { HostLease, HostLimiter } from './fetching.ts';

type Waiter = { spacingMs: number; leaseMs: number; grant(lease: HostLease): void };
type Row = { held: object | null; nextAt: number; waiting: Waiter[]; timer: NodeJS.Timeout | null };

/** Host turns within one process, first come first served: for one-shot commands and tests. Several engines may share one. */
export class MemoryHostLimiter implements HostLimiter {
  readonly #rows = new Map<string, Row>();

  acquire(host: string, options: { spacingMs: number; leaseMs: number; signal: AbortSignal }): Promise<HostLease> {
    const { signal, spacingMs, leaseMs } = options;
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new OmbreError('E_STOPPED', undefined, { cause: signal.reason }));
      const row = this.#rows.get(host) ?? { held: null, nextAt: 0, waiting: [], timer: null };
      this.#rows.set(host, row);
      const waiter: Waiter = {
        spacingMs,
        leaseMs,
        grant(lease) {
          signal.removeEventListener('abort', giveUp);
          resolve(lease);
        },
      };
      const giveUp = () => {
        row.waiting.splice(row.waiting.indexOf(waiter), 1);
        this.#next(host, row);
        reject(new OmbreError('E_STOPPED', undefined, { cause: signal.reason }));
      };
      signal.addEventListener('abort', giveUp, { once: true });
      row.waiting.push(waiter);
      this.#next(host, row);
    });
  }

  #next(host: string, row: Row): void {
    if (row.timer) clearTimeout(row.timer);
    row.timer = null;
    if (row.held) return;
    const now = Date.now();
    const waiter = row.waiting[0];
    if (!waiter) {
      if (row.nextAt <= now) this.#rows.delete(host);
    } else if (row.nextAt > now) {
      row.timer = setTimeout(() => this.#next(host, row), Math.min(row.nextAt - now, 2 ** 31 - 1));
    } else {
      row.waiting.shift();
      waiter.grant(this.#hold(host, row, waiter, now));
    }
  }

  #hold(host: string, row: Row, { spacingMs, leaseMs }: Waiter, now: number): HostLease {
    const holder = {};
    row.held = holder;
    row.nextAt = Math.max(row.nextAt, now + spacingMs);
    const free = (notBefore: number) => {
      // A holder whose lease ran out no longer has a say.
      if (row.held !== holder) return;
      clearTimeout(expiry);
      row.held = null;
      row.nextAt = Math.max(row.nextAt, notBefore);
      this.#next(host, row);
    };
    const expiry = setTimeout(() => free(0), leaseMs).unref();
    return { release: async ({ notBefore }) => free(notBefore?.getTime() ?? 0) };
  }
}
