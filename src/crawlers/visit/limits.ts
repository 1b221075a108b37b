import type { Config } from '../../config.ts';
import { OmbreError } from '../../errors.ts';
import { failure } from '../engine/failed.ts';
import type { Fetched, Fetcher } from '../engine/fetching.ts';

/** What one visit may use at most: requests, bytes of answers after decompression, and milliseconds from its beginning. */
export type VisitLimits = { requests: number; bytes: number; ms: number };

type Settings = Pick<Config, 'MAX_VISIT_REQUESTS' | 'MAX_VISIT_MB' | 'MAX_VISIT_MINUTES'>;

export function limitsOf({ MAX_VISIT_REQUESTS, MAX_VISIT_MB, MAX_VISIT_MINUTES }: Settings): VisitLimits {
  return { requests: MAX_VISIT_REQUESTS, bytes: MAX_VISIT_MB * 1_000_000, ms: MAX_VISIT_MINUTES * 60_000 };
}

/** What answers a visit, and E_VISIT_LIMIT once that visit was refused a request for having reached a limit. */
export type LimitedFetcher = Fetcher & { readonly limit: OmbreError | null };

/**
 * The same fetcher for one visit that begins now. From the first limit reached on, every request fails at once with E_VISIT_LIMIT and nothing is
 * sent: the visit ends as it does when its host stops to answer. A request that is under way is left to the engine's own limits.
 */
export function limited(fetcher: Fetcher, limits: VisitLimits, clock: () => number = () => performance.now()): LimitedFetcher {
  const began = clock();
  let requests = 0;
  let bytes = 0;
  let limit: OmbreError | null = null;
  const reached = () => {
    if (requests >= limits.requests) return `${limits.requests} requests (MAX_VISIT_REQUESTS)`;
    if (bytes >= limits.bytes) return `${limits.bytes / 1_000_000} MB of answers (MAX_VISIT_MB)`;
    return clock() - began >= limits.ms ? `${limits.ms / 60_000} minutes (MAX_VISIT_MINUTES)` : null;
  };
  return {
    get limit() {
      return limit;
    },
    async fetch(request, options): Promise<Fetched> {
      const what = limit === null ? reached() : null;
      if (what !== null) limit = new OmbreError('E_VISIT_LIMIT', what);
      if (limit !== null) return failure(limit);
      requests += 1;
      const fetched = await fetcher.fetch(request, options);
      if (fetched.kind === 'page') bytes += Buffer.byteLength(fetched.page.body);
      return fetched;
    },
    close: () => fetcher.close(),
  };
}
