import { aheadOfDatabase, databaseNow, healFutureTimes, healQueueTimes } from '../store/clock.ts';
import { holdingSource } from '../store/visit/lock.ts';
import { endLeftVisits, sourcesWithLeftVisits } from '../store/visit/visits.ts';
import { MOST_APART_MS, skewText } from './doctor/clock.ts';
import { forgetOld } from './forget.ts';
import type { Parts } from './parts.ts';

/** Done in a moment: nobody needs to stop it. */
const NEVER = new AbortController().signal;

/**
 * What a worker mends before it looks for due sources, every minute: times that a wrong clock has written, and visits whose process is gone
 * for good; and what is kept no longer is deleted. Says when this machine's clock is not the database's.
 */
export async function tidyUp({ db, log, config }: Pick<Parts, 'db' | 'log' | 'config'>): Promise<void> {
  const ahead = await aheadOfDatabase(db);
  if (Math.abs(ahead) > MOST_APART_MS) log.error(`${skewText(ahead)}: jobs of the queue may run too early, twice or never; set it`);
  const healed = await healFutureTimes(db);
  const queue = await healQueueTimes(db);
  if (healed.sources + healed.postings + queue > 0)
    log.warn({ ...healed, queue }, 'times that had not come yet were brought back: some machine had a wrong clock');
  for (const sourceId of await sourcesWithLeftVisits(db)) {
    await holdingSource(db, sourceId, NEVER, async held => endLeftVisits(held, sourceId, await databaseNow(held)));
  }
  await forgetOld({ db, log, config });
}
