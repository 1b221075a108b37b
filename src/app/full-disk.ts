import type { Config } from '../config.ts';
import { messageOf, OmbreError } from '../errors.ts';
import { isFailing } from '../postgres/pool.ts';
import { fullDisk } from '../postgres/server/space.ts';

/**
 * E_DISK_FULL for what the private Postgres says while its disk is full, any other error as it is: a server that dies of it only tells that a
 * connection ended, or that it recovers, or that a checkpoint failed.
 */
export async function toldOfDisk(
  error: unknown,
  { DATABASE_URL, OMBRE_HOME }: Pick<Config, 'DATABASE_URL' | 'OMBRE_HOME'>,
): Promise<unknown> {
  const full = DATABASE_URL === null && isFailing(error) ? await fullDisk(OMBRE_HOME) : null;
  return full ? new OmbreError('E_DISK_FULL', `${OMBRE_HOME} (${messageOf(error)})`, { cause: error }) : error;
}
