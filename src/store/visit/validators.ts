import type { Kysely } from 'kysely';
import type { Validators } from '../../crawlers/engine/fetching.ts';
import type { Database } from '../schema.ts';

/** What to ask a source's single-page listing with; null when none is kept, or only one read under other triage rules. */
export async function validatorsOf(db: Kysely<Database>, sourceId: number, version: string): Promise<Validators | null> {
  const row = await db
    .selectFrom('listing_validators')
    .select(['etag', 'last_modified'])
    .where('source_id', '=', sourceId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row ? { etag: row.etag, lastModified: row.last_modified } : null;
}

/** Keeps the validators of a listing that was read whole, or forgets them. */
export async function putValidators(
  db: Kysely<Database>,
  { sourceId, now }: { sourceId: number; now: Date },
  validators: Validators | null,
  version: string,
): Promise<void> {
  if (!validators) {
    await db.deleteFrom('listing_validators').where('source_id', '=', sourceId).execute();
    return;
  }
  const row = { etag: validators.etag, last_modified: validators.lastModified, version, seen_at: now };
  await db
    .insertInto('listing_validators')
    .values({ source_id: sourceId, ...row })
    .onConflict(conflict => conflict.column('source_id').doUpdateSet(row))
    .execute();
}
