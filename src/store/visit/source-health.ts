import type { Kysely } from 'kysely';
import { boardOf } from '../../crawlers/registry.ts';
import { type Health, healthOf, isVerified, type PastVisit, VISITS_JUDGED } from '../../pipeline/source-health.ts';
import type { Database } from '../schema.ts';
import { listSources, type Source } from './sources.ts';

export type WatchedRow = { source: Source; visits: PastVisit[]; coverage: Record<string, number> };

/** Every registered source with its newest ended visits, newest first, and what its last visit found covered. */
export async function watchedSources(db: Kysely<Database>): Promise<WatchedRow[]> {
  const sources = await listSources(db);
  // A few rows of the index for each source: of a year of visits the rest is not read.
  const visits = await db
    .selectFrom('sources')
    .innerJoinLateral(
      eb =>
        eb
          .selectFrom('visits')
          .select(['source_id', 'started_at', 'outcome', 'reason', 'code', 'listed', 'details', 'coverage'])
          .whereRef('source_id', '=', 'sources.id')
          .where('ended_at', 'is not', null)
          .orderBy('started_at', 'desc')
          .limit(VISITS_JUDGED)
          .as('v'),
      join => join.onTrue(),
    )
    .selectAll('v')
    .orderBy('v.source_id')
    .orderBy('v.started_at', 'desc')
    .execute();
  const bySource = Map.groupBy(visits, visit => visit.source_id);
  return sources.map(source => {
    const own = bySource.get(source.id) ?? [];
    return { source, visits: own.flatMap(pastVisit), coverage: own[0]?.coverage ?? {} };
  });
}

/** How a source is. `verified`: a visit has read its board whole. `coverage`: of its open postings worth reading, the share that has each fact. */
export type SourceHealth = Health & {
  slug: string;
  name: string;
  system: string;
  verified: boolean;
  last_complete: Date | null;
  coverage: Record<'description' | 'place' | 'pay' | 'posted', number | null>;
};

/** Whether somebody should look at a source. */
export function isUnwell({ state }: Pick<Health, 'state'>): boolean {
  return state !== 'ok' && state !== 'disabled';
}

/** The health of watched sources at a moment. */
export function healthRows(watched: readonly WatchedRow[], now: Date): SourceHealth[] {
  const boards = new Map(watched.flatMap(({ source }) => (source.missing_since ? [] : [[boardOf(source), source.slug]])));
  return watched.map(({ source, visits, coverage }) => {
    const missing = source.missing_since && {
      since: source.missing_since,
      closesAt: source.retire_at,
      readAs: boards.get(boardOf(source)) ?? null,
    };
    const facts = {
      enabled: source.enabled,
      disabledReason: source.disabled_reason,
      everyMinutes: source.every_minutes,
      createdAt: source.created_at,
      coolingUntil: source.cooling_until,
      lastComplete: source.last_complete_at,
      missing,
    };
    return {
      slug: source.slug,
      name: source.name,
      system: source.system,
      ...healthOf(facts, visits, now),
      verified: isVerified({ lastComplete: source.last_complete_at, recorded: source.recorded }),
      last_complete: source.last_complete_at,
      coverage: shares(coverage),
    };
  });
}

/** Null where there is none to count. */
function shares(coverage: Record<string, number>): SourceHealth['coverage'] {
  const share = (name: string) => (coverage.open ? Math.round((100 * (coverage[name] ?? 0)) / coverage.open) / 100 : null);
  return { description: share('description'), place: share('place'), pay: share('pay'), posted: share('posted') };
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
