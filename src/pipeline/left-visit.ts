import { CLOCK_SLACK_MS } from './next-visit.ts';

/** A visit that was left open longer ago, or begins in the future of a wrong clock, is not taken up: it is ended and another begins. */
export const TAKEN_UP_WITHIN_MS = 86_400_000;
/** A visit whose session was lost is given back as soon as the database answers again; after that long it counts as one that died. */
export const HAND_BACK_MS = 600_000;

/** Whether a visit that a process left open is gone on with. Pure. */
export function isTakenUp(startedAt: Date, now: Date): boolean {
  const age = now.getTime() - startedAt.getTime();
  return age < TAKEN_UP_WITHIN_MS && age > -CLOCK_SLACK_MS;
}
