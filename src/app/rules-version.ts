import { defaultRules } from '../classify/compile/compile.ts';
import { reclassify } from '../pipeline/reclassify.ts';
import { isDown } from '../postgres/outage.ts';
import type { Queues } from '../queue/connection.ts';
import { enqueueRetag } from '../queue/visits.ts';
import { databaseClock } from '../store/clock.ts';
import { hasOutdated, retagStore } from '../store/tags/retag.ts';
import { announceVersion } from '../store/tags/rules-versions.ts';
import type { Parts } from './parts.ts';

const EVERY_MS = 60_000;

/**
 * Tells the database every minute which version of rules and classifier this process runs, and asks for stored postings to be brought up to it
 * as long as it is the one in force. Not a part of the tick, which one worker of all serves: each must speak for its own version.
 */
export function followRules(
  parts: Pick<Parts, 'db' | 'log'>,
  queues: Queues,
  { version = defaultRules().version, everyMs = EVERY_MS } = {},
): { close(): Promise<void> } {
  let inForce: string | null = null;
  let closed = false;
  const look = async () => {
    const before = inForce;
    inForce = await announceVersion(parts.db, version);
    if (inForce !== version && inForce !== before) {
      parts.log.warn(
        { version, in_force: inForce },
        'another version of the rules is in force: stored tags are left to it; `ombre rules apply` puts this one in force',
      );
    }
    if (inForce === version && (await hasOutdated(parts.db, version))) await enqueueRetag(queues, version);
  };
  const safely = () =>
    look().catch(error => {
      // That a part is away is told once by whoever opened it.
      if (!isDown(error)) parts.log.warn({ err: error }, 'the version of the rules could not be told, the next minute tries again');
    });
  let looking = safely();
  const timer = setInterval(() => {
    if (!closed) looking = looking.then(safely);
  }, everyMs);
  return {
    close: async () => {
      closed = true;
      clearInterval(timer);
      await looking;
    },
  };
}

/** The work of a re-tagging job. One that has waited since another version came into force is left alone. */
export async function retag(parts: Pick<Parts, 'db' | 'log'>, signal: AbortSignal): Promise<void> {
  const { version } = defaultRules();
  const inForce = await announceVersion(parts.db, version);
  if (inForce !== version) return parts.log.debug({ version, in_force: inForce }, 're-tagging is left to the version in force');
  const done = await reclassify(retagStore(parts.db, databaseClock(parts.db)), version, signal);
  parts.log.info({ ...done, version }, 'stored postings brought up to the rules');
}
