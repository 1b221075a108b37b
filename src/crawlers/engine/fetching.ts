import type { ErrorCode } from '../../errors.ts';
import type { Page, PageRequest } from '../adapter.ts';

/** What became of one request. `failed` carries the code of errors.ts that says who acts; `status` when a server answered at all. A 404 or 410 is a page: what is gone is for its reader to say. */
export type Fetched =
  | { kind: 'page'; page: Page }
  | { kind: 'not_modified'; page: Omit<Page, 'body'> }
  | { kind: 'failed'; code: ErrorCode; message: string; status: number | null; retryAt: string | null };

/** The engine as the rest sees it: `live`, `replay` and test doubles look alike. */
export type Fetcher = {
  /** Makes one request under every rule of the house (robots, rate, retries, redirects, caps, address guard). Never throws but on abort, and when a part of ours is down. */
  fetch(request: PageRequest, options: { source: string; signal: AbortSignal; validators?: Validators | null }): Promise<Fetched>;
  close(): Promise<void>;
};

/** A request that is sent now (a robots.txt, a second try or a part of a rendered page is one too): for which source, to which host, and how long that host is left alone afterwards. */
export type Asked = { source: string; host: string; spacingMs: number };

/** What a server gave to ask again with: sent as If-None-Match and If-Modified-Since. */
export type Validators = { etag: string | null; lastModified: string | null };

/** Where robots.txt answers are kept between processes. */
export type RobotsRecord = {
  origin: string;
  fetchedAt: Date;
  expiresAt: Date;
  status: number | null;
  verdict: 'rules' | 'none' | 'unreadable';
  reason: string;
  body: string;
};
export type RobotsMemory = { get(origin: string): Promise<RobotsRecord | null>; put(record: RobotsRecord): Promise<void> };

/**
 * One request in flight per host and a minimum spacing, shared by every process.
 * `acquire` waits for the host's turn and holds it; the lease ends by itself after `leaseMs` if the holder dies.
 * `release` frees it and sets when the next may start.
 */
export type HostLimiter = {
  acquire(host: string, options: { spacingMs: number; leaseMs: number; signal: AbortSignal }): Promise<HostLease>;
};
export type HostLease = { release(options: { notBefore: Date | null }): Promise<void> };
