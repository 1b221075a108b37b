import { randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { ErrorCode } from '../../errors.ts';
import { isTakenUp, TAKEN_UP_WITHIN_MS } from '../../pipeline/left-visit.ts';
import type { VisitReport } from '../../pipeline/visit-source.ts';
import type { Database } from '../schema.ts';

/** What a visit ends with when its process ended first and nobody took it up. */
const LEFT = 'the process ended before the visit was done';

/** `deaths` is how often a process took this visit up and neither ended it nor gave it back. */
type OpenedVisit = { id: string; startedAt: Date; deaths: number };

/** Opens a visit of a source, or takes up the one a killed process left open: a visit is finished once. For whoever holds the source. */
export async function openVisit(db: Kysely<Database>, sourceId: number, now: Date): Promise<OpenedVisit> {
  const left = await db
    .selectFrom('visits')
    .select(['id', 'started_at', 'attempts'])
    .where('source_id', '=', sourceId)
    .where('ended_at', 'is', null)
    .orderBy('started_at', 'desc')
    .execute();
  const taken = left.find(({ started_at }) => isTakenUp(started_at, now));
  await endLeft(
    db,
    left.filter(visit => visit !== taken).map(visit => visit.id),
    now,
  );
  if (taken) {
    await db
      .updateTable('visits')
      .set({ attempts: taken.attempts + 1 })
      .where('id', '=', taken.id)
      .execute();
    return { id: taken.id, startedAt: taken.started_at, deaths: taken.attempts };
  }
  const id = randomUUID();
  const none = { ended_at: null, outcome: null, reason: null, total: null };
  await db
    .insertInto('visits')
    .values({ id, source_id: sourceId, started_at: now, attempts: 1, ...none })
    .execute();
  return { id, startedAt: now, deaths: 0 };
}

/** Gives an open visit back: whoever takes it up next goes on, and no process has died of it. */
export async function handBackVisit(db: Kysely<Database>, id: string): Promise<void> {
  await db
    .updateTable('visits')
    .set({ attempts: sql<number>`greatest(attempts - 1, 0)` })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}

/** Sources with visits that were left open for longer than they are taken up. */
export async function sourcesWithLeftVisits(db: Kysely<Database>, most = 50): Promise<number[]> {
  const rows = await db.selectFrom('visits').select('source_id').distinct().where(wasLeft()).limit(most).execute();
  return rows.map(row => row.source_id);
}

/** Ends the visits of a source that nobody takes up any more. For whoever holds the source, as a visit may rightly take long. */
export async function endLeftVisits(db: Kysely<Database>, sourceId: number, now: Date): Promise<void> {
  const left = await db.selectFrom('visits').select('id').where('source_id', '=', sourceId).where(wasLeft()).execute();
  await endLeft(
    db,
    left.map(visit => visit.id),
    now,
  );
}

function wasLeft() {
  return sql<boolean>`ended_at is null and started_at < now() - make_interval(secs => ${TAKEN_UP_WITHIN_MS / 1000}::float8)`;
}

async function endLeft(db: Kysely<Database>, ids: string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await db.updateTable('visits').set({ ended_at: now, outcome: 'failed', reason: LEFT }).where('id', 'in', ids).execute();
}

/** Closes a visit with what came of it. `code` is of the error that ended it, if one did. `total` is what the board says it has, `coverage` what is known of the source's open postings. */
export async function endVisit(
  db: Kysely<Database>,
  id: string,
  { outcome, reason, requests, details, postings }: VisitReport,
  { code, total, coverage, now }: { code: ErrorCode | null; total: number | null; coverage: Record<string, number>; now: Date },
): Promise<void> {
  await db
    .updateTable('visits')
    .set({
      ended_at: now,
      outcome,
      reason: reason || null,
      code,
      requests,
      listed: postings.listed,
      total,
      details: JSON.stringify(details),
      postings: JSON.stringify(postings),
      coverage: JSON.stringify(coverage),
    })
    .where('id', '=', id)
    .execute();
}
