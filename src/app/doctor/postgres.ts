import { resolve } from 'node:path';
import type { Config } from '../../config.ts';
import { messageOf, OmbreError } from '../../errors.ts';
import { dataOf } from '../../postgres/server/home.ts';
import { asDatabaseError, openDatabase, serverVersion } from '../../store/database.ts';
import { pendingMigrations } from '../../store/migrate.ts';
import { bad, type Check, down, good } from './check.ts';

const OLDEST_POSTGRES = 15;

/** Whether the database answers, is new enough, and has every migration and none this program does not know. */
export async function checkPostgres(config: Config, url: string): Promise<Check> {
  const own = config.DATABASE_URL === null;
  const db = openDatabase(url, { max: 1 });
  try {
    const { version, major } = await serverVersion(db);
    const where = own
      ? `private PostgreSQL ${version} at ${maskedUrl(url)} (its files: ${dataOf(resolve(config.OMBRE_HOME))})`
      : `PostgreSQL ${version} at DATABASE_URL`;
    if (major < OLDEST_POSTGRES) return bad('postgres', `${where} is too old`, `use PostgreSQL ${OLDEST_POSTGRES} or newer`);
    const pending = await pendingMigrations(db);
    if (pending.length === 0) return good('postgres', `${where} answers, every migration is applied`);
    if (own) return good('postgres', `${where} answers; the next start applies ${pending.join(', ')}`);
    return bad('postgres', `${where} answers, but lacks ${pending.join(', ')}`, 'run `ombre migrate`');
  } catch (error) {
    if (error instanceof OmbreError && error.code === 'E_DB_NEWER') {
      return down('postgres', error.message, 'install the version it names, or restore the backup of before the upgrade (docs/backup.md)');
    }
    return down('postgres', messageOf(asDatabaseError(error)), 'start the server that DATABASE_URL names, or correct DATABASE_URL');
  } finally {
    await db.destroy();
  }
}

/** An address to connect to, but for the password; `ombre doctor --address` shows that too. */
function maskedUrl(text: string): string {
  const url = new URL(text);
  url.password = '********';
  return url.href;
}
