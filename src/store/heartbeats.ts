import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';

/** A process that makes visits. `digestKey` tells its key of links in mails apart from others without being it; null when it sends none. */
export type Beating = { id: string; host: string; pid: number; digestKey: string | null };
export type WorkersSeen = {
  /** Beating now. */
  alive: number;
  /** Keys of those that beat now. */
  digestKeys: string[];
  /** The last one that does not beat now: seconds since it was seen, and whether it stopped as it should. */
  last: { secondsAgo: number; stopped: boolean } | null;
};

/** A beat this old is none any more. */
const ALIVE_SECONDS = 60;

/** Notes, by the database's clock, that a process works. */
export async function beat(db: Kysely<Database>, { id, host, pid, digestKey }: Beating): Promise<void> {
  await db
    .insertInto('heartbeats')
    .values({ id, host, pid, digest_key: digestKey })
    .onConflict(conflict => conflict.column('id').doUpdateSet({ beaten_at: sql<Date>`now()` }))
    .execute();
}

/** Notes that a process stops as it should, and forgets those that are long gone. */
export async function stopBeating(db: Kysely<Database>, id: string): Promise<void> {
  await db.updateTable('heartbeats').set({ stopped_at: sql<Date>`now()` }).where('id', '=', id).execute();
  await db.deleteFrom('heartbeats').where('beaten_at', '<', sql<Date>`now() - interval '30 days'`).execute();
}

/** Workers that beat within a day, the latest first, each with its machine and process. */
export async function workersOfLate(
  db: Kysely<Database>,
): Promise<{ host: string; pid: number; since: Date; seen: Date; alive: boolean; stopped: boolean }[]> {
  return db
    .selectFrom('heartbeats')
    .select(['host', 'pid', 'started_at as since', sql<Date>`coalesce(stopped_at, beaten_at)`.as('seen')])
    .select([
      sql<boolean>`stopped_at is null and beaten_at > now() - make_interval(secs => ${sql.lit(ALIVE_SECONDS)})`.as('alive'),
      sql<boolean>`stopped_at is not null`.as('stopped'),
    ])
    .where('beaten_at', '>', sql<Date>`now() - interval '1 day'`)
    .orderBy('beaten_at', 'desc')
    .limit(100)
    .execute();
}

/** Which workers were seen, on all machines. */
export async function workersSeen(db: Kysely<Database>): Promise<WorkersSeen> {
  const rows = await db
    .selectFrom('heartbeats')
    .select([
      'digest_key',
      sql<boolean>`stopped_at is not null`.as('stopped'),
      sql<number>`extract(epoch from now() - coalesce(stopped_at, beaten_at))::float8`.as('seconds'),
    ])
    .orderBy('seconds')
    .execute();
  const alive = rows.filter(row => !row.stopped && row.seconds < ALIVE_SECONDS);
  const [last] = rows.filter(row => !alive.includes(row));
  return {
    alive: alive.length,
    digestKeys: [...new Set(alive.flatMap(row => row.digest_key ?? []))],
    last: last ? { secondsAgo: last.seconds, stopped: last.stopped } : null,
  };
}
