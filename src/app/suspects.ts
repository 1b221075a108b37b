import type { Kysely } from 'kysely';
import { MOST_DEATHS, type VisitReport } from '../pipeline/visit-source.ts';
import { isDown } from '../postgres/outage.ts';
import type { Database } from '../store/schema.ts';
import { holdingSource } from '../store/visit/lock.ts';
import type { OpenedVisitStore } from '../store/visit/visit-store.ts';

/** No source has this number: its lock is that of the visit that is made alone. */
export const SUSPECT = 0;

/**
 * Makes a visit so that only the death of its process counts against it: one that was stopped, that an outage cut off or that has to wait is
 * given back, here and nowhere else, once. One that runs while its process ends for lack of memory counts as if it had died: `counts` says so. Null when it has to wait: a worker that dies leaves several visits, and one of them killed it.
 * Those that one more death would condemn are made one at a time, over all workers, so that only the guilty one is. `visit` gets the signal
 * that stops it, which also aborts when it is alone no longer.
 */
export async function aloneIfSuspect(
  db: Kysely<Database>,
  store: Pick<OpenedVisitStore, 'deaths' | 'handBack'>,
  signal: AbortSignal,
  visit: (stop: AbortSignal) => Promise<VisitReport>,
  counts: () => boolean = () => false,
): Promise<VisitReport | null> {
  try {
    if (store.deaths !== MOST_DEATHS - 1) return await visit(signal);
    const report = await holdingSource(db, SUSPECT, signal, (_, stop) => visit(stop));
    if (report === null) await store.handBack();
    return report;
  } catch (error) {
    if ((signal.aborted && !counts()) || isDown(error)) await store.handBack();
    throw error;
  }
}
