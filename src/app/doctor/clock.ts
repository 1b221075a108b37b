import { aheadOfDatabase } from '../../store/clock.ts';
import { bad, type Check, good, onDatabase } from './check.ts';

/** Two clocks that are further apart are not merely set at different times. */
export const MOST_APART_MS = 2 * 60_000;

/** Whether this machine's clock and the database's agree. */
export async function checkClock(url: string, processNow: () => number = Date.now): Promise<Check[]> {
  return onDatabase(url, { name: 'clock', remedy: 'run `ombre doctor` again' }, async db => {
    const ahead = await aheadOfDatabase(db, processNow);
    if (Math.abs(ahead) <= MOST_APART_MS) return [good('clock', 'agrees with the database')];
    const remedy = 'set the clock of whichever machine is wrong (NTP); stored times follow the database, the queue follows this machine';
    return [bad('clock', skewText(ahead), remedy)];
  });
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
