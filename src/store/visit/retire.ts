import { type Kysely, sql } from 'kysely';
import type { SourceRow } from '../../crawlers/registry.ts';
import { GRACE_DAYS, REOPEN_DAYS } from '../../pipeline/registry-sync.ts';
import type { Database } from '../schema.ts';
import { type KindOf, linkDuplicates } from './duplicates.ts';
import { putSources, type Source } from './sources.ts';

/** The sources that the registry owns and that were not removed, by slug. */
export async function registeredSources(db: Kysely<Database>): Promise<Pick<Source, 'slug' | 'system' | 'target'>[]> {
  return db
    .selectFrom('sources')
    .select(['slug', 'system', 'target'])
    .where('removed_at', 'is', null)
    .where('recorded', '=', false)
    .orderBy('slug')
    .execute();
}

/** A source by its slug, removed or not. */
export async function sourceBySlug(db: Kysely<Database>, slug: string): Promise<Source | undefined> {
  return db.selectFrom('sources').selectAll().where('slug', '=', slug).executeTakeFirst();
}

/**
 * Writes rows of the registry. Those that were missing are so no more; those that were removed are back and due at once, with what only the
 * removal had closed open again. Returns the stored rows in the order given, and the slugs of those that had been removed.
 */
export async function registerSources(
  db: Kysely<Database>,
  rows: SourceRow[],
  kindOf: KindOf,
): Promise<{ sources: Source[]; returned: string[] }> {
  const slugs = rows.map(row => row.slug);
  await unmarkMissing(db, slugs);
  const { sources, returned, at } = await db.transaction().execute(async trx => {
    const { rows: clock } = await sql<{ at: Date }>`select now() as at`.execute(trx);
    const back = await trx
      .updateTable('sources')
      .set({ removed_at: null, missing_since: null, retire_at: null, next_visit_at: sql`now()` })
      .where(sql<boolean>`slug = any(${slugs}::text[])`)
      .where('removed_at', 'is not', null)
      .returning(['id', 'slug'])
      .execute();
    for (const { id } of back) {
      // The undoing of a closing, not news of the employer: reopened_at stays as it was.
      await trx
        .updateTable('postings')
        .set({ closed_at: null, closed_reason: null, updated_at: sql`now()` })
        .where('source_id', '=', id)
        .where('closed_reason', '=', 'source_removed')
        .where('closed_at', '>', daysFromNow(-REOPEN_DAYS))
        .execute();
    }
    return { sources: await putSources(trx, rows), returned: back, at: clock[0]?.at };
  });
  // What was just opened again may repeat what other sources show by now, or the other way round.
  if (at) for (const { id } of returned) await linkDuplicates(db, { sourceId: id, since: at, closing: [] }, kindOf);
  return { sources, returned: returned.map(source => source.slug) };
}

/** Notes that sources have no row. `held`: their grace does not run, and one that ran is stopped. */
export async function markMissing(db: Kysely<Database>, slugs: string[], held: boolean): Promise<void> {
  await db
    .updateTable('sources')
    .set({
      missing_since: sql`coalesce(missing_since, now())`,
      retire_at: held ? null : sql`coalesce(retire_at, ${daysFromNow(GRACE_DAYS)})`,
    })
    .where(sql<boolean>`slug = any(${slugs}::text[])`)
    .where('removed_at', 'is', null)
    .where(eb => eb.or([eb('missing_since', 'is', null), eb('retire_at', held ? 'is not' : 'is', null)]))
    .execute();
}

/** Notes that sources have their row again. Returns the slugs of those that had been missing; writes nothing for the others. */
export async function unmarkMissing(db: Kysely<Database>, slugs: readonly string[]): Promise<string[]> {
  const found = await db
    .updateTable('sources')
    .set({ missing_since: null, retire_at: null })
    .where('missing_since', 'is not', null)
    .where('removed_at', 'is', null)
    .where(sql<boolean>`slug = any(${[...slugs]}::text[])`)
    .returning('slug')
    .execute();
  return found.map(source => source.slug);
}

/** Slugs of the sources whose grace has run out, and of removed ones that have open postings: a visit that was under way stored them. */
export async function sourcesToRetire(db: Kysely<Database>): Promise<string[]> {
  const { rows } = await sql<{ slug: string }>`
    select slug from sources where removed_at is null and retire_at <= now()
    union
    select slug from sources s where removed_at is not null
      and exists (select 1 from postings p where p.source_id = s.id and p.closed_at is null)
    order by slug`.execute(db);
  return rows.map(row => row.slug);
}

/** How many postings of a source are open. */
export async function countOpen(db: Kysely<Database>, sourceId: number): Promise<number> {
  const { open } = await db
    .selectFrom('postings')
    .select(eb => eb.fn.countAll<number>().as('open'))
    .where('source_id', '=', sourceId)
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow();
  return open;
}

/**
 * Removes a source: it is visited no more, and its open postings are closed with the reason `source_removed`. Returns how many. Done
 * again, it closes what is left.
 */
export async function retireSource(db: Kysely<Database>, slug: string, kindOf: KindOf): Promise<number> {
  const source = await sourceBySlug(db, slug);
  if (!source) return 0;
  const open = await db.selectFrom('postings').select('key').where('source_id', '=', source.id).where('closed_at', 'is', null).execute();
  // Before the closing: postings of other sources that stand behind one of these are shown in its place.
  await linkDuplicates(db, { sourceId: source.id, since: FAR_FUTURE, closing: open.map(posting => posting.key) }, kindOf);
  return db.transaction().execute(async trx => {
    await trx
      .updateTable('sources')
      .set({ removed_at: sql`coalesce(removed_at, now())`, missing_since: null, retire_at: null })
      .where('id', '=', source.id)
      .execute();
    const closed = await trx
      .updateTable('postings')
      .set({ closed_at: sql`now()`, closed_reason: 'source_removed', updated_at: sql`now()` })
      .where('source_id', '=', source.id)
      .where('closed_at', 'is', null)
      .executeTakeFirst();
    return Number(closed.numUpdatedRows);
  });
}

/** No posting has changed since then: only those that are closing are compared. */
const FAR_FUTURE = new Date('9999-01-01T00:00:00Z');

function daysFromNow(days: number) {
  return sql<Date>`now() + make_interval(days => ${days})`;
}
