import type { Kysely } from 'kysely';
import { workersOfLate } from '../store/heartbeats.ts';
import type { Database } from '../store/schema.ts';
import { quarantined } from '../store/visit/quarantine.ts';
import { hostTurns, runningVisits } from '../store/visit/running.ts';
import { dueVisits } from '../store/visit/schedule.ts';

/** Of each list so many rows are told at most. */
const MOST = 100;

/** What is being done, as the database knows it: workers, visits under way, what is due, hosts that are busy, sources left alone. */
export async function workOf(db: Kysely<Database>) {
  const [workers, running, due, hosts, alone] = await Promise.all([
    workersOfLate(db),
    runningVisits(db, MOST),
    dueVisits(db),
    hostTurns(db, MOST),
    quarantined(db),
  ]);
  return { workers, running, due, hosts, alone };
}

export type Work = Awaited<ReturnType<typeof workOf>>;
