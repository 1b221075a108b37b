/** How a visit of a source ended; only `complete` may close a posting by its absence. */
export type VisitOutcome = 'complete' | 'partial' | 'gone' | 'blocked' | 'suspicious' | 'failed';
