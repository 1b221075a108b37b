import { type Kysely, sql } from 'kysely';
import { comesIntoForce, type KnownVersion } from '../../pipeline/rules-in-force.ts';
import type { Database } from '../schema.ts';

/** The version whose tags stand, or null when no process has announced one yet. */
export async function versionInForce(db: Kysely<Database>): Promise<string | null> {
  return (await current(db))?.version ?? null;
}

/** Notes that this process runs a version, and puts it in force where that follows. Returns the version in force. To be told again every minute. */
export async function announceVersion(db: Kysely<Database>, version: string): Promise<string> {
  return db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(hashtextextended('ombre.rules_versions', 0))`.execute(trx);
    const before = await current(trx);
    const first = await note(trx, version);
    if (!comesIntoForce(version, first, before)) return before?.version ?? version;
    await enforce(trx, version);
    return version;
  });
}

/**
 * Puts a version in force because an operator wants it, whatever was in force before. `noted` is called with that in the same transaction, unless
 * the version is in force already. Returns whether it was not.
 */
export async function putInForce(
  db: Kysely<Database>,
  version: string,
  noted: (trx: Kysely<Database>, before: string | null) => Promise<unknown> = async () => undefined,
): Promise<boolean> {
  return db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(hashtextextended('ombre.rules_versions', 0))`.execute(trx);
    await note(trx, version);
    const before = await versionInForce(trx);
    if (before === version) return false;
    await enforce(trx, version);
    await noted(trx, before);
    return true;
  });
}

export type SeenVersion = KnownVersion & { inForce: boolean; since: Date | null };

/** Every version of this database, the one in force first and then the last seen. */
export async function seenVersions(db: Kysely<Database>): Promise<SeenVersion[]> {
  const rows = await versions(db).execute();
  return rows.map(({ version, unseen, in_force_since }, at) => ({
    version,
    unseenMs: unseen,
    inForce: at === 0 && in_force_since !== null,
    since: in_force_since,
  }));
}

async function current(db: Kysely<Database>): Promise<KnownVersion | null> {
  const row = await versions(db).where('in_force_since', 'is not', null).limit(1).executeTakeFirst();
  return row ? { version: row.version, unseenMs: row.unseen } : null;
}

function versions(db: Kysely<Database>) {
  return db
    .selectFrom('rules_versions')
    .select(['version', 'in_force_since'])
    .select(sql<number>`(extract(epoch from clock_timestamp() - seen_at) * 1000)::float8`.as('unseen'))
    .orderBy(sql`in_force_since desc nulls last`)
    .orderBy('seen_at', 'desc');
}

/** Returns whether the database had never seen the version before. */
async function note(trx: Kysely<Database>, version: string): Promise<boolean> {
  const row = await trx
    .insertInto('rules_versions')
    .values({ version })
    .onConflict(conflict => conflict.column('version').doUpdateSet({ seen_at: sql`clock_timestamp()` }))
    .returning(sql<boolean>`xmax = 0`.as('first'))
    .executeTakeFirstOrThrow();
  return row.first;
}

async function enforce(trx: Kysely<Database>, version: string): Promise<void> {
  await trx.updateTable('rules_versions').set({ in_force_since: sql`clock_timestamp()` }).where('version', '=', version).execute();
}
