import pg from 'pg';
import { readConfig } from '../config.ts';
import { OmbreError } from '../errors.ts';
import { fullDisk } from '../postgres/server/space.ts';

/**
 * E_DISK_FULL for what the private Postgres says while its disk is full, any other error as it is: a server that dies of it only tells that a
 * connection ended, or that it recovers, or that a checkpoint failed.
 */
export async function toldOfDisk(error: unknown): Promise<unknown> {
  const ofPostgres = error instanceof pg.DatabaseError || (error instanceof OmbreError && error.code === 'E_DB_DOWN');
  if (!ofPostgres) return error;
  const { DATABASE_URL, OMBRE_HOME } = readConfig();
  if (DATABASE_URL !== null) return error;
  // A folder that is not there is no full disk.
  return (await fullDisk(OMBRE_HOME).catch(() => null)) ?? error;
}
