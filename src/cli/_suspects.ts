import type { Kysely } from 'kysely';
import { MOST_DEATHS, type VisitReport, type VisitStore } from '../pipeline/visit-source.ts';
import type { Database } from '../store/schema.ts';
import { holdingSource } from '../store/visit-lock.ts';

/** No source has this number: its lock is that of the visit that is made alone. */
export const SUSPECT = 0;

/**
 * A worker that dies leaves several visits, and one of them killed it. Those that one more death would condemn are made one at a time, over all
 * workers, so that only the guilty one is: the others are given back and come again. Null when this one has to wait.
 */
export async function aloneIfSuspect(
  db: Kysely<Database>,
  store: Pick<VisitStore, 'deaths' | 'handBack'>,
  signal: AbortSignal,
  visit: () => Promise<VisitReport>,
): Promise<VisitReport | null> {
  if (store.deaths !== MOST_DEATHS - 1) return visit();
  const report = await holdingSource(db, SUSPECT, signal, visit);
  if (report === null) await store.handBack();
  return report;
}
