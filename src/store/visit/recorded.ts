import type { Kysely } from 'kysely';
import type { SourceRow } from '../../crawlers/registry.ts';
import { mistake } from '../../errors.ts';
import type { Database } from '../schema.ts';
import { putSources, type Source } from './sources.ts';

/**
 * Writes sources that come from a recording: the registry does not own them and the schedule never picks them. Throws E_SOURCE, with
 * nothing written, when one has the slug of a source that the registry owns or owned: a recording must neither disable it nor close its
 * postings.
 */
export async function putRecorded(db: Kysely<Database>, rows: SourceRow[]): Promise<Source[]> {
  return db.transaction().execute(async trx => {
    const slugs = rows.length > 0 ? rows.map(row => row.slug) : [''];
    const live = await trx
      .selectFrom('sources')
      .select('slug')
      .where('slug', 'in', slugs)
      .where('recorded', '=', false)
      .orderBy('slug')
      .executeTakeFirst();
    if (live) throw mistake('E_SOURCE', 'slug of the recording', live.slug, 'one that no live source has; a scratch database takes any');
    // Replayed again, one that was removed is there again.
    await trx.updateTable('sources').set({ removed_at: null }).where('slug', 'in', slugs).where('removed_at', 'is not', null).execute();
    return putSources(trx, rows, { recorded: true });
  });
}
