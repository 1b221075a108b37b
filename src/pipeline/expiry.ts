import type { Adapter } from '../crawlers/adapter.ts';
import type { VisitDecision } from './decide.ts';

const DAY_MS = 86_400_000;
/** A closing date is mostly a day without a zone and stands for its first moment in UTC: one day for its end, one for the zones. */
const TOLERANCE_MS = 2 * DAY_MS;
/** So often a posting that its date has closed is read again while its page is up, to see whether the date has moved. */
const LOOK_AGAIN_MS = 7 * DAY_MS;

/** Whether postings close by the date they state: an employer's own board says itself what is open, elsewhere old pages stay up. */
export function datesClose(kind: Adapter['kind']): boolean {
  return kind !== 'ats';
}

/** Whether a visit that ended so closes what has expired: one that read nothing, or was cut short by a limit, says nothing of a date that may have moved. */
export function closesExpired({ outcome, code }: Pick<VisitDecision, 'outcome' | 'code'>): boolean {
  return (outcome === 'complete' || outcome === 'partial') && code !== 'E_VISIT_LIMIT';
}

/** A closing date before this moment has passed, whatever the zone. */
export function passedBefore(now: Date): Date {
  return new Date(now.getTime() - TOLERANCE_MS);
}

/** Whether a posting's own closing date has passed, whatever the zone. */
export function hasPassed(closesAt: Date | string | null | undefined, now: Date): boolean {
  return closesAt != null && new Date(closesAt) < passedBefore(now);
}

/** Whether a posting that its date has closed need not be read again yet, although its page is up. */
export function restsExpired(row: { closed_reason: string | null; closed_at: Date | null; looked_at: Date | null }, now: Date): boolean {
  const looked = Math.max(row.closed_at?.getTime() ?? 0, row.looked_at?.getTime() ?? 0);
  return row.closed_reason === 'expired' && looked > now.getTime() - LOOK_AGAIN_MS;
}
