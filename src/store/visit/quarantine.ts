import { type Kysely, sql } from 'kysely';
import { COOL_AFTER } from '../../pipeline/next-visit.ts';
import type { Database } from '../schema.ts';
import { IS_COOLING } from './schedule.ts';

/**
 * Why a source is left alone: `crashed`, its visit took its process down too often; `failed`, its visits failed in a row; `pause`, its host
 * asked for it.
 */
type QuarantineReason = 'crashed' | 'failed' | 'pause';

/** A source that is left alone until a time, with what its last visit ended with. */
export type Quarantined = {
  sourceId: number;
  slug: string;
  reason: QuarantineReason;
  failures: number;
  /** When its last visit ended; null where none is kept. */
  since: Date | null;
  until: Date;
  error: string | null;
};

/** The sources that are left alone at this moment, the one that comes back first at the head. */
export async function quarantined(db: Kysely<Database>): Promise<Quarantined[]> {
  const rows = await db
    .selectFrom('sources')
    .leftJoinLateral(
      eb =>
        eb
          .selectFrom('visits')
          .select(['ended_at', 'reason', 'code'])
          .whereRef('source_id', '=', 'sources.id')
          .where('ended_at', 'is not', null)
          .orderBy('started_at', 'desc')
          .limit(1)
          .as('last'),
      join => join.onTrue(),
    )
    .select(['sources.id', 'slug', 'failures', 'cooling_until', 'last.ended_at', 'last.reason', 'last.code'])
    .where('enabled', '=', true)
    .where('removed_at', 'is', null)
    .where(IS_COOLING)
    .orderBy('cooling_until')
    .orderBy('slug')
    .execute();
  return rows.map(row => ({
    sourceId: row.id,
    slug: row.slug,
    reason: reasonOf(row.failures, row.code),
    failures: row.failures,
    since: row.ended_at,
    // The condition above holds of no row without one.
    until: row.cooling_until as Date,
    error: row.reason,
  }));
}

/**
 * Ends the quarantine of a source: it is due now, or, with `forget`, its failures are forgotten and it is visited at its usual time. False
 * when it is in none any more, or its host asked for the pause, which stays.
 */
export async function release(db: Kysely<Database>, sourceId: number, { forget }: { forget: boolean }): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sources')
    .set({ cooling_until: null, ...(forget ? { failures: 0 } : { next_visit_at: sql<Date>`now()` }) })
    .where('id', '=', sourceId)
    .where(IS_COOLING)
    .where('failures', '>=', COOL_AFTER)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Makes a source due at this moment, unless it is left alone. */
export async function bringForward(db: Kysely<Database>, sourceId: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sources')
    .set({ next_visit_at: sql<Date>`least(next_visit_at, now())` })
    .where('id', '=', sourceId)
    .where('enabled', '=', true)
    .where('removed_at', 'is', null)
    .where(sql<boolean>`not ${IS_COOLING}`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function reasonOf(failures: number, code: string | null): QuarantineReason {
  if (code === 'E_CRASHED') return 'crashed';
  return failures >= COOL_AFTER ? 'failed' : 'pause';
}
