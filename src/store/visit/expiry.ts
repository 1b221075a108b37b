import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

const DAY_MS = 86_400_000;
/** A closing date is mostly a day without a zone and stands for its first moment in UTC: one day for its end, one for the zones. */
const TOLERANCE_MS = 2 * DAY_MS;
/** So often a posting that its date has closed is read again while its page is up, to see whether the date has moved. */
const LOOK_AGAIN_MS = 7 * DAY_MS;

/** Whether a posting's own closing date has passed, whatever the zone. */
export function hasPassed(closesAt: Date | string | null | undefined, now: Date): boolean {
  return closesAt != null && new Date(closesAt).getTime() < now.getTime() - TOLERANCE_MS;
}

/** Keys of a source's open postings whose own closing date has passed. */
export async function expiredKeys(db: Kysely<Database>, sourceId: number, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('postings')
    .select('key')
    .where('source_id', '=', sourceId)
    .where('closed_at', 'is', null)
    .where('closes_at', '<', new Date(now.getTime() - TOLERANCE_MS))
    .execute();
  return rows.map(row => row.key);
}

/** The columns of a posting that is closed by its own date at this moment. */
export function expiredNow(now: Date) {
  return { closed_at: now, closed_reason: 'expired' };
}

/** Whether a posting that its date has closed need not be read again yet, although its page is up. */
export function restsExpired(row: { closed_reason: string | null; closed_at: Date | null; looked_at: Date | null }, now: Date): boolean {
  const looked = Math.max(row.closed_at?.getTime() ?? 0, row.looked_at?.getTime() ?? 0);
  return row.closed_reason === 'expired' && looked > now.getTime() - LOOK_AGAIN_MS;
}
