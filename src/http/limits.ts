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

/** Counts what one network address (one /64 of IPv6) was granted within an hour that begins with the first of it. */
export type HourlyLimit = {
  /** Takes one; throws TooManyRequests when none is left. What it returns gives that one back. */
  take(address: string): () => void;
};

/** `most` 0 sets no limit. What is refused for another reason should be given back: only what was granted counts. */
export function hourlyLimit(what: string, most: number, now: () => number = Date.now): HourlyLimit {
  const counted = new LRUCache<string, { taken: number; until: number }>({ max: REMEMBERED });
  const take: HourlyLimit['take'] = address => {
    if (most === 0) return () => undefined;
    const key = normalizeIP(address);
    const known = counted.get(key);
    const count = known && known.until > now() ? known : { taken: 0, until: now() + HOUR_MS };
    if (count.taken >= most) throw new TooManyRequests(what, most, 'hour', count.until - now());
    count.taken += 1;
    counted.set(key, count);
    return () => {
      count.taken -= 1;
    };
  };
  return { take };
}
