import { type Kysely, sql } from 'kysely';
import type { DetailCount, VisitOutcome } from '../../pipeline/outcome.ts';
import type { Database } from '../schema.ts';

/** A visit with what it proves: `total` is the board's own count of its postings, null where it tells none. Open ones have no end yet. */
export type VisitRow = {
  id: string;
  startedAt: Date;
  endedAt: Date | null;
  outcome: VisitOutcome | null;
  reason: string | null;
  attempts: number;
  requests: number;
  listed: number;
  total: number | null;
  details: DetailCount;
  postings: Record<string, number>;
};

/** The newest visits of a source, those under way included. */
export async function visitsOf(db: Kysely<Database>, sourceId: number, most: number): Promise<VisitRow[]> {
  return db
    .selectFrom('visits')
    .select(['id', 'started_at as startedAt', 'ended_at as endedAt', 'outcome', 'reason', 'attempts', 'requests', 'listed', 'total'])
    .select(['details', 'postings'])
    .where('source_id', '=', sourceId)
    .orderBy('started_at', 'desc')
    .limit(most)
    .execute();
}

/** Weeks of a year, that of today included. */
const WEEKS = 53;

/** For each of some sources, how many postings its complete visits listed at most in each week of a year, the oldest first; null in a week without one. */
export async function listedByWeek(db: Kysely<Database>, sourceIds: readonly number[]): Promise<Map<number, (number | null)[]>> {
  const { rows } = await sql<{ source: number; ago: number; listed: number }>`
    select source_id as source, floor(extract(epoch from now() - started_at) / 604800)::int as ago, max(listed) as listed
    from visits
    where source_id = any(${[...sourceIds]}::int[]) and outcome = 'complete' and started_at > now() - make_interval(weeks => ${WEEKS}) and started_at <= now()
    group by 1, 2`.execute(db);
  const weeks = new Map(sourceIds.map(id => [id, Array<number | null>(WEEKS).fill(null)]));
  for (const { source, ago, listed } of rows) weeks.get(source)![WEEKS - 1 - ago] = listed;
  return weeks;
}
