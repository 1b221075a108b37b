import type { Visited } from '../crawlers/visit/visit-board.ts';

/** How a visit of a source ended; only `complete` may close a posting by its absence. */
export type VisitOutcome = 'complete' | 'partial' | 'gone' | 'blocked' | 'suspicious' | 'failed';

/** Detail pages of a visit: those worth a request, those that were read, and those that could not be. */
export type DetailCount = Visited['details'];
