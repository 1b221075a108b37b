import { type Kysely, sql } from 'kysely';

/** Tells the time that stored times follow. The real one is the database's; tests hand in their own. */
export type Clock = () => Date | Promise<Date>;

/**
 * The database's clock: the only one whose times are stored or compared with stored ones, so that machines with different clocks, or with
 * a wrong one, agree. Not now(): in a transaction that waited for a lock it would be the time before the wait.
 */
export async function databaseNow<T>(db: Kysely<T>): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  return rows[0]!.now;
}

export function databaseClock<T>(db: Kysely<T>): Clock {
  return () => databaseNow(db);
}

/** How far this process's clock is ahead of the database's, in milliseconds; negative when it is behind. Half of the way there and back is left out. */
export async function aheadOfDatabase<T>(db: Kysely<T>, processNow: () => number = Date.now): Promise<number> {
  const before = processNow();
  const now = await databaseNow(db);
  return (before + processNow()) / 2 - now.getTime();
}

/** How long a measured distance between the clocks is taken to hold. */
const HOLDS_MS = 60_000;

/**
 * This process's clock, corrected by how far it was from the database's when last measured, a minute ago at most: for times that are noted by
 * the hundred, and must not fail because the database does not answer for a moment.
 */
export function correctedClock<T>(db: Kysely<T>): Clock {
  let known: { ahead: number; measured: number } | null = null;
  return async () => {
    if (known === null || performance.now() - known.measured > HOLDS_MS) {
      try {
        known = { ahead: await aheadOfDatabase(db), measured: performance.now() };
      } catch (error) {
        // What was known before is near enough until the database is back.
        if (known === null) throw error;
      }
    }
    return new Date(Date.now() - known.ahead);
  };
}

type Healed = { sources: number; postings: number };

/**
 * Brings times that have not come yet, which a machine with a wrong clock has written, back to where they can be: sources become due, postings
 * count as first seen now. `whole` looks at every row; without it only at what indexes find, for every minute.
 */
export async function healFutureTimes<T>(db: Kysely<T>, whole = false): Promise<Healed> {
  const { rows } = await sql<Healed>`select sources, postings from heal_future_times(${whole})`.execute(db);
  return rows[0]!;
}

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
