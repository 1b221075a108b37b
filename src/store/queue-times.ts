import { type Kysely, sql } from 'kysely';

/** What the queue notes is renewed every few seconds; a time further away than this was noted under a wrong clock. */
const LATE_MS = sql`extract(epoch from now() + interval '1 hour') * 1000`;

/**
 * The queue in Postgres keeps times by the clocks of its workers: under a wrong one a lock on a running job, and the note of when jobs of dead
 * workers were last looked for, may lie in years, and until then nobody takes over what a killed worker left. Such locks are ended and such
 * notes forgotten. Returns how many. Nothing where the queue lives in Redis, which keeps lengths of time.
 */
export async function healQueueTimes<T>(db: Kysely<T>): Promise<number> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('ombre_queue.job') is not null as there`.execute(db);
  if (!rows[0]?.there) return 0;
  const locks = await sql`update ombre_queue.job set locked_until_ms = 0 where state = 'active' and locked_until_ms > ${LATE_MS}`.execute(
    db,
  );
  const notes = await sql`delete from ombre_queue.meta where field = 'stalled-check' and value::bigint > ${LATE_MS}`.execute(db);
  return Number((locks.numAffectedRows ?? 0n) + (notes.numAffectedRows ?? 0n));
}
