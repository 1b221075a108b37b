import { codeNumberOf } from '../classify/version.ts';

/** How long nobody must have run the version in force before another one that runs takes its place. */
export const ABSENT_MS = 30 * 60_000;

/** A version as the database knows it; `unseenMs` is how long no process has run it. */
export type KnownVersion = { version: string; unseenMs: number };

/**
 * Whether a running version comes into force, `first` saying that this database has never seen it before. Versions have no order of their own,
 * so one is in force for everybody, and it changes on three occasions only: another one runs for the first time (unless its code is older by
 * number), the one in force has not run for a while, or an operator says so. Two versions side by side therefore never undo each other's tags.
 */
export function comesIntoForce(version: string, first: boolean, current: KnownVersion | null): boolean {
  if (current === null) return true;
  if (current.version === version) return false;
  if (current.unseenMs > ABSENT_MS) return true;
  return first && codeNumberOf(version) >= codeNumberOf(current.version);
}
