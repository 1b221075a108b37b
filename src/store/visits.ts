import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database, DetailCount, Outcome } from './schema.ts';

/** Opens a visit of a source, or takes up the one a killed process left open: a visit is finished once. */
export async function openVisit(
  db: Kysely<Database>,
  sourceId: number,
  now: Date,
): Promise<{ id: string; startedAt: Date; resumed: boolean }> {
  const left = await db
    .selectFrom('visits')
    .select(['id', 'started_at'])
    .where('source_id', '=', sourceId)
    .where('ended_at', 'is', null)
    .orderBy('started_at', 'desc')
    .executeTakeFirst();
  if (left) return { id: left.id, startedAt: left.started_at, resumed: true };
  const id = randomUUID();
  await db
    .insertInto('visits')
    .values({ id, source_id: sourceId, started_at: now, ended_at: null, outcome: null, reason: null, total: null })
    .execute();
  return { id, startedAt: now, resumed: false };
}

export type VisitEnd = {
  outcome: Outcome;
  reason: string;
  requests: number;
  listed: number;
  total: number | null;
  details: DetailCount;
  postings: { listed: number; new: number; changed: number; unchanged: number; closed: number; held: number };
  coverage: Record<string, number>;
};

/** Closes a visit with what came of it. */
export async function endVisit(db: Kysely<Database>, id: string, end: VisitEnd, now: Date): Promise<void> {
  await db
    .updateTable('visits')
    .set({
      ended_at: now,
      outcome: end.outcome,
      reason: end.reason || null,
      requests: end.requests,
      listed: end.listed,
      total: end.total,
      details: JSON.stringify(end.details),
      postings: JSON.stringify(end.postings),
      coverage: JSON.stringify(end.coverage),
    })
    .where('id', '=', id)
    .execute();
}

/** The newest ended visit of every source. */
export async function lastVisits(db: Kysely<Database>) {
  return db
    .selectFrom('visits')
    .distinctOn('source_id')
    .selectAll()
    .where('ended_at', 'is not', null)
    .orderBy('source_id')
    .orderBy('started_at', 'desc')
    .execute();
}
