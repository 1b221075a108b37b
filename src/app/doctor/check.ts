import type { Kysely } from 'kysely';
import { messageOf, OmbreError } from '../../errors.ts';
import { isDown } from '../../postgres/outage.ts';
import { asDatabaseError, openDatabase } from '../../store/database.ts';
import { pendingMigrations } from '../../store/migrate.ts';
import type { Database } from '../../store/schema.ts';

/** One thing `ombre doctor` looked at. `remedy` is null when it is well; `down` marks a part that is needed and does not answer. */
export type Check = { name: string; ok: boolean; message: string; remedy: string | null; down?: boolean };

export function good(name: string, message: string): Check {
  return { name, ok: true, message, remedy: null };
}

export function bad(name: string, message: string, remedy: string): Check {
  return { name, ok: false, message, remedy };
}

export function down(name: string, message: string, remedy: string): Check {
  return { name, ok: false, message, remedy, down: true };
}

/** What the work gives, or the check that tells why it gives nothing: down, unless that is the operator's mistake. */
export async function guarded<T>(name: string, remedy: string, work: () => Promise<T>): Promise<{ value: T } | { check: Check }> {
  try {
    return { value: await work() };
  } catch (error) {
    const mistaken = error instanceof OmbreError && error.action === 'user';
    return { check: { name, ok: false, message: messageOf(error), remedy, down: !mistaken } };
  }
}

/** How a check is named that breaks off, and what to do then. */
type Broken = { name: string; remedy: string };
type Look = (db: Kysely<Database>) => Promise<Check[]>;

/** Looks at the database. Nothing when it does not answer or is too new: the check of Postgres tells that, once. */
export async function onDatabase(url: string, { name, remedy }: Broken, look: Look): Promise<Check[]> {
  const db = openDatabase(url, { max: 1 });
  try {
    return await look(db);
  } catch (error) {
    return isDown(asDatabaseError(error)) ? [] : [bad(name, messageOf(error), remedy)];
  } finally {
    await db.destroy();
  }
}

/** The same for what reads our tables: nothing before every migration is applied either. */
export async function onTables(url: string, broken: Broken, look: Look): Promise<Check[]> {
  return onDatabase(url, broken, async db => ((await pendingMigrations(db)).length > 0 ? [] : look(db)));
}
