import type { Adapter } from '../adapter.ts';
import type { Fetcher } from '../engine/fetching.ts';

/** How far a visit is: distinct postings listed by now, and how many the system says there are; then how many details are wanted, and done with. */
export type VisitStep = { kind: 'listing'; postings: number; total: number | null } | { kind: 'details'; wanted: number; done: number };

/**
 * A board being visited: the adapter that reads it, which of its system's boards it is, the source it is visited for, and what fetches its pages
 * until `signal` stops it. `onStep` is told of how far it is; `onFault` of an error with which the page of one posting broke its reader, which
 * ends the visit where nobody is told.
 */
export type Board<T = unknown> = {
  adapter: Adapter<T>;
  target: T;
  slug: string;
  fetcher: Fetcher;
  signal: AbortSignal;
  onStep?: (step: VisitStep) => void;
  onFault?: (error: unknown) => void;
};
