import { normalizeIP } from '@fastify/rate-limit';
import { LRUCache } from 'lru-cache';

/** A limit was met: which, how many, and when there is room again. */
export class TooManyRequests extends Error {
  readonly statusCode = 429;
  readonly retryAfter: number;

  /** `what` in the plural, such as `subscriptions`; `waitMs` until there is room. */
  constructor(what: string, most: number, per: 'minute' | 'hour', waitMs: number) {
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    const limit = `${most.toLocaleString('en-US')} ${what} ${per === 'hour' ? 'an' : 'a'} ${per}`;
    super(`at most ${limit} from one network address; come back in ${waitText(seconds)}`);
    this.retryAfter = seconds;
  }
}

function waitText(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

const HOUR_MS = 3_600_000;
/** Addresses remembered at most; who is forgotten begins anew. */
const REMEMBERED = 50_000;

/**
 * Does what counts against the limit of a network address (one /64 of IPv6) within an hour that begins with the first of it. Throws
 * TooManyRequests when none is left. What fails or is refused does not count.
 */
export type HourlyLimit = (address: string, work: () => Promise<unknown>) => Promise<void>;

/** `most` 0 sets no limit. */
export function hourlyLimit(what: string, most: number): HourlyLimit {
  const counted = new LRUCache<string, { taken: number; until: number }>({ max: REMEMBERED });
  return async (address, work) => {
    const key = normalizeIP(address);
    const known = counted.get(key);
    const count = known && known.until > Date.now() ? known : { taken: 0, until: Date.now() + HOUR_MS };
    if (most > 0 && count.taken >= most) throw new TooManyRequests(what, most, 'hour', count.until - Date.now());
    // Before the work is done, so that those who come meanwhile find it counted.
    count.taken += 1;
    counted.set(key, count);
    try {
      await work();
    } catch (error) {
      count.taken -= 1;
      throw error;
    }
  };
}
