import { messageOf } from '../../errors.ts';
import { aheadOfDatabase } from '../../store/clock.ts';
import { asDatabaseError, openDatabase } from '../../store/database.ts';
import type { Check } from './check.ts';

/** Two clocks that are further apart are not merely set at different times. */
export const MOST_APART_MS = 2 * 60_000;

/** Whether this machine's clock and the database's agree. Nothing when the database does not answer, which the check of Postgres tells. */
export async function checkClock(url: string, processNow: () => number = Date.now): Promise<Check[]> {
  const db = openDatabase(url, { max: 1 });
  try {
    const ahead = await aheadOfDatabase(db, processNow);
    const name = 'clock';
    if (Math.abs(ahead) <= MOST_APART_MS) return [{ name, ok: true, message: 'agrees with the database', remedy: null }];
    const remedy = 'set the clock of whichever machine is wrong (NTP); stored times follow the database, the queue follows this machine';
    return [{ name, ok: false, message: skewText(ahead), remedy }];
  } catch (error) {
    return asDatabaseError(error) === error
      ? [{ name: 'clock', ok: false, message: messageOf(error), remedy: 'run `ombre doctor` again' }]
      : [];
  } finally {
    await db.destroy();
  }
}

/** @param ahead milliseconds, negative when behind */
export function skewText(ahead: number): string {
  return `the clock of this machine is ${length(Math.abs(ahead))} ${ahead > 0 ? 'ahead of' : 'behind'} the database's`;
}

function length(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 120) return `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
}
