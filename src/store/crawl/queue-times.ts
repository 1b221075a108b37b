import { type Kysely, sql } from 'kysely';

/** What the queue notes is renewed every few seconds; a time further away than this was noted under a wrong clock. */
const LATE_MS = sql`extract(epoch from now() + interval '1 hour') * 1000`;

/**
 * The queue in Postgres keeps times by the clocks of its workers: under a wrong one a lock on a running job, and the note of when jobs of dead
 * workers were last looked for, may lie in years, and until then nobody takes over what a killed worker left; a visit that was put off may
 * lie there too, and keeps its source from being asked for again. Such locks are ended, such notes forgotten, such visits made now. Returns
 * how many. Nothing where the queue lives in Redis: its locks and notes are lengths of time, visits that were put off there are not looked at.
 */
export async function healQueueTimes<T>(db: Kysely<T>): Promise<number> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('ombre_queue.job') is not null as there`.execute(db);
  if (!rows[0]?.there) return 0;
  const locks = await sql`update ombre_queue.job set locked_until_ms = 0 where state = 'active' and locked_until_ms > ${LATE_MS}`.execute(
    db,
  );
  // The ticks plan theirs by a clock as well, but src/queue looks after them.
  const visits = await sql`update ombre_queue.job set process_at_ms = (extract(epoch from now()) * 1000)::bigint
    where queue = 'visits' and state = 'delayed' and process_at_ms > ${LATE_MS}`.execute(db);
  const notes = await sql`delete from ombre_queue.meta where field = 'stalled-check' and value::bigint > ${LATE_MS}`.execute(db);
  return [locks, visits, notes].reduce((sum, { numAffectedRows = 0n }) => sum + Number(numAffectedRows), 0);
}
