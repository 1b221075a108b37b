import { type Kysely, sql } from 'kysely';
import { type PastVisit, VISITS_JUDGED } from '../../pipeline/source-health.ts';
import type { Database } from '../schema.ts';
import { listSources, type Source } from './sources.ts';

export type WatchedRow = { source: Source; visits: PastVisit[]; coverage: Record<string, number> };

/** Every registered source with its newest ended visits, newest first, and what its last visit found covered. */
export async function watchedSources(db: Kysely<Database>): Promise<WatchedRow[]> {
  const sources = await listSources(db);
  const ranked = db
    .selectFrom('visits')
    .select(['source_id', 'started_at', 'outcome', 'reason', 'code', 'listed', 'details', 'coverage'])
    .select(sql<number>`row_number() over (partition by source_id order by started_at desc)`.as('place'))
    .where('ended_at', 'is not', null);
  const visits = await db
    .selectFrom(ranked.as('ranked'))
    .selectAll()
    .where('place', '<=', VISITS_JUDGED)
    .orderBy('source_id')
    .orderBy('place')
    .execute();
  const bySource = Map.groupBy(visits, visit => visit.source_id);
  return sources.map(source => {
    const own = bySource.get(source.id) ?? [];
    return { source, visits: own.flatMap(pastVisit), coverage: own[0]?.coverage ?? {} };
  });
}

/** The newest ended visits of one source, newest first. */
export async function pastVisits(db: Kysely<Database>, sourceId: number): Promise<PastVisit[]> {
  const rows = await db
    .selectFrom('visits')
    .select(['started_at', 'outcome', 'reason', 'code', 'listed', 'details'])
    .where('source_id', '=', sourceId)
    .where('ended_at', 'is not', null)
    .orderBy('started_at', 'desc')
    .limit(VISITS_JUDGED)
    .execute();
  return rows.flatMap(pastVisit);
}

function pastVisit(row: {
  started_at: Date;
  outcome: PastVisit['outcome'] | null;
  reason: string | null;
  code: PastVisit['code'];
  listed: number;
  details: PastVisit['details'];
}): PastVisit[] {
  return row.outcome
    ? [{ startedAt: row.started_at, outcome: row.outcome, reason: row.reason, code: row.code, listed: row.listed, details: row.details }]
    : [];
}
