import type { Adapter } from '../adapter.ts';
import type { Fetcher } from '../engine/fetching.ts';

/** A board being visited: the adapter that reads it, which of its system's boards it is, the source it is visited for, and what fetches its pages until `signal` stops it. */
export type Board<T = unknown> = { adapter: Adapter<T>; target: T; slug: string; fetcher: Fetcher; signal: AbortSignal };
