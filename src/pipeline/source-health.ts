import type { ErrorCode } from '../errors.ts';
import { CLOCK_SLACK_MS } from './next-visit.ts';
import type { DetailCount, VisitOutcome } from './outcome.ts';

type SourceState = 'ok' | 'missing' | 'sick' | 'silent' | 'shrinking' | 'blocked' | 'moved' | 'cooling' | 'disabled';

/** A visit as far as the health of its source needs it. */
export type PastVisit = {
  startedAt: Date;
  outcome: VisitOutcome;
  reason: string | null;
  code: ErrorCode | null;
  listed: number;
  details: DetailCount;
};

export type WatchedSource = {
  enabled: boolean;
  disabledReason: string | null;
  everyMinutes: number;
  createdAt: Date;
  coolingUntil: Date | null;
  lastComplete: Date | null;
  /** Its row is gone: since when, when its postings close for that (null: held), and the slug its board is read under now. */
  missing: { since: Date; closesAt: Date | null; readAs: string | null } | null;
};

export type Health = { state: SourceState; since: Date | null; remedy: string };

/**
 * Whether a visit has ever read the whole board of a source: until then its row is a claim nobody has checked. A recording is what it is, so its
 * source waits for nothing.
 */
export function isVerified(source: { lastComplete: Date | null; recorded: boolean }): boolean {
  return source.recorded || source.lastComplete !== null;
}

/** As many visits of a source as its health is judged by. */
export const VISITS_JUDGED = 12;
/** A whole listing below this share of the median of the ones before is shrinking. */
export const SHRINKING_BELOW = 0.7;
/** How many complete visits make the median. */
const MEDIAN_OF = 5;

/**
 * How a source is, since when, and what to do. Pure.
 * @param visits ended visits, newest first
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one state after the other, the first that holds.
export function healthOf(source: WatchedSource, visits: readonly PastVisit[], now: Date): Health {
  if (source.missing) return { state: 'missing', since: source.missing.since, remedy: ofMissing(source.missing) };
  if (!source.enabled) return { state: 'disabled', since: null, remedy: source.disabledReason ?? 'enable its row in the registry' };
  const last = visits[0];
  const dated = [source.lastComplete, last?.startedAt].find(time => time && time.getTime() > now.getTime() + CLOCK_SLACK_MS);
  if (dated) {
    const remedy = `its last visit is dated ${dated.toISOString()}, which has not come yet: a clock was wrong; a worker that starts now mends it`;
    return { state: 'sick', since: null, remedy };
  }
  if (source.coolingUntil && source.coolingUntil > now) {
    return {
      state: 'cooling',
      since: streak(visits),
      remedy: `left alone until ${source.coolingUntil.toISOString()} after: ${last?.reason ?? 'repeated failures'}`,
    };
  }
  const patience = 2 * source.everyMinutes * 60_000;
  if (!last) {
    const waiting = now.getTime() - source.createdAt.getTime() > patience;
    return waiting
      ? { state: 'silent', since: source.createdAt, remedy: 'never visited: see whether a worker runs (ombre doctor)' }
      : { state: 'ok', since: source.createdAt, remedy: 'its first visit is due' };
  }
  const since = streak(visits);
  if (last.outcome === 'blocked')
    return { state: 'blocked', since, remedy: `the site refuses crawling (${last.reason}): disable the row with that reason` };
  if (last.outcome === 'gone')
    return { state: 'moved', since, remedy: 'the board is not there any more: find the new one with ombre sources add' };
  if (last.outcome === 'failed' || last.outcome === 'suspicious') {
    return { state: 'sick', since, remedy: last.outcome === 'failed' ? `${last.reason}` : `${last.reason}; the next visit decides` };
  }
  if (last.code === 'E_VISIT_LIMIT') {
    const remedy = `${last.reason}; what it read is stored, nothing was closed, and the next visit goes on: raise that setting, or disable the row`;
    return { state: 'sick', since, remedy };
  }
  const { wanted, failed } = last.details;
  if (wanted > 0 && failed > wanted / 2) {
    return { state: 'sick', since: last.startedAt, remedy: `${failed} of ${wanted} details could not be read: read one with ombre read` };
  }
  const seen = source.lastComplete ?? source.createdAt;
  if (now.getTime() - seen.getTime() > patience) {
    return {
      state: 'silent',
      since: seen,
      remedy: `no whole listing since then; the last visit was ${last.outcome}${last.reason ? `: ${last.reason}` : ''}`,
    };
  }
  const usual = medianListed(visits.slice(1));
  if (usual !== null && last.outcome === 'complete' && last.listed < usual * SHRINKING_BELOW) {
    return { state: 'shrinking', since: last.startedAt, remedy: `${last.listed} listed, ${usual} is usual: open the board and compare` };
  }
  return { state: 'ok', since, remedy: '' };
}

function ofMissing({ closesAt, readAs }: NonNullable<WatchedSource['missing']>): string {
  const then = closesAt === null ? 'HELD, nothing is closed' : `its postings close at ${closesAt.toISOString()}`;
  const back =
    readAs === null ? 'it has no row in the registry: put it back' : `its board is read as ${readAs} now: give that row its old slug again`;
  return `${back}, or ombre sources remove SLUG --apply; ${then}`;
}

/** The median number listed by the newest complete visits; null with fewer than three of them. */
export function medianListed(visits: readonly PastVisit[]): number | null {
  const counts = visits
    .filter(visit => visit.outcome === 'complete')
    .slice(0, MEDIAN_OF)
    .map(visit => visit.listed)
    .sort((a, b) => a - b);
  return counts.length < 3 ? null : (counts[Math.floor(counts.length / 2)] ?? null);
}

/** When the newest run of visits with one outcome began. */
function streak(visits: readonly PastVisit[]): Date | null {
  const outcome = visits[0]?.outcome;
  const other = visits.findIndex(visit => visit.outcome !== outcome);
  return (other === -1 ? visits.at(-1) : visits[other - 1])?.startedAt ?? null;
}
