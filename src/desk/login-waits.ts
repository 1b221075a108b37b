import { normalizeIP } from '@fastify/rate-limit';
import { LRUCache } from 'lru-cache';

/** How many may fail before anybody has to wait; each one more makes the wait twice as long. */
const FREE_BY_ADDRESS = 3;
const FREE_OVERALL = 20;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** All strangers together wait no longer than this. */
const LONGEST_OVERALL_MS = 60_000;
/** After so long without one, failures are forgotten. */
const FORGOTTEN_MS = 60 * 60_000;
const REMEMBERED = 10_000;

type Failures = { count: number; last: number; until: number };

/** The wait before the next login of an address (one /64 of IPv6), or of all strangers, is over at `retryAfter` seconds from now. */
export class TooManyLogins extends Error {
  readonly statusCode = 429;
  readonly retryAfter: number;

  constructor(waitMs: number) {
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    super(`Too many passwords were wrong. Try again in ${seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`}.`);
    this.retryAfter = seconds;
  }
}

export type LoginWaits = {
  /** Counts an attempt as failed before its password is checked, so that many at once find each other counted. Throws TooManyLogins. */
  begin(address: string): void;
  /** The attempt was right: nothing of that address counts any more, and it need not wait for what strangers do. */
  succeeded(address: string): void;
};

/** Waits of one process, which grow with every wrong password: of an address, and of all that never logged in here. @param now milliseconds */
export function loginWaits(now: () => number = Date.now): LoginWaits {
  const byAddress = new LRUCache<string, Failures>({ max: REMEMBERED });
  const known = new LRUCache<string, true>({ max: 100 });
  let overall: Failures | undefined;
  return {
    begin: address => {
      const key = normalizeIP(address);
      const own = byAddress.get(key);
      const until = Math.max(own?.until ?? 0, known.has(key) ? 0 : (overall?.until ?? 0));
      if (until > now()) throw new TooManyLogins(until - now());
      byAddress.set(key, failed(own, now(), FREE_BY_ADDRESS, LONGEST_WAIT_MS));
      if (!known.has(key)) overall = failed(overall, now(), FREE_OVERALL, LONGEST_OVERALL_MS);
    },
    succeeded: address => {
      const key = normalizeIP(address);
      byAddress.delete(key);
      if (overall && !known.has(key)) overall = { ...overall, count: overall.count - 1, until: 0 };
      known.set(key, true);
    },
  };
}

function failed(before: Failures | undefined, now: number, free: number, longest: number): Failures {
  const count = before && now - before.last < FORGOTTEN_MS ? before.count + 1 : 1;
  const wait = count < free ? 0 : Math.min(FIRST_WAIT_MS * 2 ** Math.min(count - free, 20), longest);
  return { count, last: now, until: now + wait };
}
