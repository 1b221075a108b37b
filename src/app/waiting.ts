import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { messageOf, type OmbreError } from '../errors.ts';
import { isDown } from '../postgres/outage.ts';
import { mayPass } from '../postgres/pool.ts';

const TRY_MS = 1_000;
const TELL_MS = 30_000;

/** How long something is waited for from its first failure on, who is told, and what ends the waiting early. */
export type Patience = { seconds: number; log: { warn(message: string): void }; signal: AbortSignal };

/** The patience that START_WAIT_SECONDS sets. */
export function patienceOf(config: Pick<Config, 'START_WAIT_SECONDS'>, log: Patience['log'], signal: AbortSignal): Patience {
  return { seconds: config.START_WAIT_SECONDS, log, signal };
}

/**
 * Does something again until the part it needs is there, and says every half minute what it waits for. Throws the last error when the time
 * is up, and at once what waiting does not mend: a mistake in the settings, a password that is not taken. The signal's reason when aborted.
 */
export async function patiently<T>(what: string, patience: Patience | undefined, work: () => Promise<T>): Promise<T> {
  let until: number | undefined;
  let tellAt = 0;
  for (;;) {
    patience?.signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      const now = performance.now();
      until ??= now + (patience?.seconds ?? 0) * 1000;
      if (!patience || !isPassing(error) || now + TRY_MS > until) throw error;
      if (now >= tellAt) {
        tellAt = now + TELL_MS;
        patience.log.warn(`waiting for ${what}, ${Math.round((until - now) / 1000)} s at most: ${messageOf(error)}`);
      }
    }
    await sleep(TRY_MS, undefined, { signal: patience.signal }).catch(error => {
      patience.signal.throwIfAborted();
      throw error;
    });
  }
}

/** A private Postgres that another process holds, or a port that is taken, is `down` too, but does not become free by waiting. */
function isPassing(error: unknown): boolean {
  if (!isDown(error)) return false;
  return (error.code === 'E_DB_DOWN' && mayPass(error)) || (error.code === 'E_QUEUE_DOWN' && !isRefusal(error));
}

/** Redis says so when the password is missing or wrong. */
function isRefusal(error: OmbreError): boolean {
  return /NOAUTH|WRONGPASS|NOPERM|invalid password|password authentication/i.test(messageOf(error));
}
