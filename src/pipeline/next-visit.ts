import type { ErrorCode } from '../errors.ts';
import type { VisitOutcome } from './outcome.ts';

/** Failures in a row after which a source cools down. */
export const COOL_AFTER = 3;

const HOUR_MS = 3_600_000;
const COOL_MS = 24 * HOUR_MS;
/** A host that does not answer is no fault of the source: it is asked again the same day, also when its vendor is down for all sources. */
const UNREACHED_COOL_MS = 6 * HOUR_MS;
/** When a first and a second failed visit are tried again. */
const SOON_MS = [HOUR_MS, 4 * HOUR_MS];
/** No pause lasts longer, whatever a host asks for; a stored one that does was written under a wrong clock. */
export const LONGEST_PAUSE_MS = 24 * HOUR_MS;

/** Two servers' clocks may differ by so much before a time further ahead counts as written under a wrong one. */
export const CLOCK_SLACK_MS = 5 * 60_000;

/** The host did not answer as a host should; the next time it may. */
const UNREACHED: ReadonlySet<ErrorCode | null> = new Set<ErrorCode | null>([
  'E_NETWORK',
  'E_TIMEOUT',
  'E_STATUS',
  'E_THROTTLED',
  'E_ROBOTS_UNREADABLE',
]);

export type EndedVisit = {
  outcome: VisitOutcome;
  /** What a failed visit failed with; null when the board answered something nobody understands. */
  code: ErrorCode | null;
  /** Milliseconds from now that the host asked to be left alone for; null when it asked for nothing. */
  askedMs: number | null;
};

/** What follows for a source, in milliseconds from the end of the visit. `coolMs` is null when it need not cool down. */
type NextVisit = { failures: number; visitMs: number; coolMs: number | null };

/**
 * When a source is visited next, and whether it is left alone until then. Pure.
 * A failed visit is tried again after an hour, then after four, with half as much again by chance so that sources that failed together do
 * not come back together; a fault of ours (E_BUG) waits for its interval. After three failures in a row the source cools down: a day, or
 * six hours when its host was merely not reached. A visit whose process died too often cools down at once.
 * @param random 0 to 1
 */
export function nextVisit(
  source: { everyMinutes: number; failures: number },
  visit: EndedVisit,
  random: number = Math.random(),
): NextVisit {
  const interval = source.everyMinutes * 60_000;
  const asked = visit.askedMs === null ? null : Math.min(Math.max(visit.askedMs, 0), LONGEST_PAUSE_MS);
  const failures = failuresAfter(source.failures, visit);
  const failed = failures > source.failures;
  const unreached = visit.outcome === 'failed' && UNREACHED.has(visit.code);
  const spread = (ms: number) => Math.round(ms * (1 + random / 2));
  const cool = failed && failures >= COOL_AFTER ? (unreached ? spread(UNREACHED_COOL_MS) : COOL_MS) : null;
  const soon = failed && cool === null && visit.outcome === 'failed' && visit.code !== 'E_BUG' ? SOON_MS[failures - 1] : undefined;
  const wait = cool !== null && unreached ? cool : soon === undefined ? interval : spread(soon);
  const pauses = [cool, asked].filter(ms => ms !== null);
  return { failures, visitMs: Math.min(interval, wait), coolMs: pauses.length > 0 ? Math.max(...pauses) : null };
}

/** Whether a visit heard something of what a suspicious one before it held, and says what is held from now on; after any other all waits on. */
export function isConclusive(outcome: VisitOutcome): boolean {
  return outcome === 'complete' || outcome === 'partial' || outcome === 'suspicious';
}

function failuresAfter(before: number, { outcome, code }: EndedVisit): number {
  if (outcome === 'complete' || outcome === 'partial') return 0;
  if (outcome === 'suspicious') return before;
  return code === 'E_CRASHED' ? Math.max(before + 1, COOL_AFTER) : before + 1;
}
