import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import { VISIT_LOCK } from './lock.ts';

/** A visit that has begun and not ended. `attempts`: how often a process took it up. */
export type RunningVisit = { slug: string; system: string; startedAt: Date; attempts: number; held: boolean };

/** The visits that are not ended, the oldest first. `held`: a process works on it at this moment; the others wait to be taken up again. */
export async function runningVisits(db: Kysely<Database>, most: number): Promise<RunningVisit[]> {
  const { rows } = await sql<RunningVisit>`
    select s.slug, s.system, v.started_at as "startedAt", v.attempts, exists (
      select 1 from pg_locks l where l.locktype = 'advisory' and l.classid = ${VISIT_LOCK} and l.objid = s.id::bigint and l.granted
        and l.database = (select oid from pg_database where datname = current_database())) as held
    from visits v join sources s on s.id = v.source_id
    where v.ended_at is null
    order by v.started_at
    limit ${most}`.execute(db);
  return rows;
}

/** A host that a request is under way to, or that is to be left alone until then. */
export type HostTurn = { host: string; nextAllowedAt: Date; heldUntil: Date | null };

/** Hosts that nobody may ask at this moment, the one that is free last first. */
export async function hostTurns(db: Kysely<Database>, most: number): Promise<HostTurn[]> {
  return db
    .selectFrom('host_limits')
    .select(['host', 'next_allowed_at as nextAllowedAt', 'held_until as heldUntil'])
    .where(eb => eb.or([eb('next_allowed_at', '>', sql<Date>`now()`), eb('held_until', '>', sql<Date>`now()`)]))
    .orderBy(sql`greatest(next_allowed_at, held_until)`, 'desc')
    .limit(most)
    .execute();
}
