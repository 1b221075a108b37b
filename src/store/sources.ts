import { type Kysely, type Selectable, sql } from 'kysely';
import type { SourceRow } from '../crawlers/registry.ts';
import type { Database, SourcesTable } from './schema.ts';

export type Source = Selectable<SourcesTable>;

/** Writes rows of the registry; what a crawl noted about a source stays. Returns the stored rows in the order given. */
export async function putSources(db: Kysely<Database>, rows: SourceRow[]): Promise<Source[]> {
  if (rows.length === 0) return [];
  const stored = await db
    .insertInto('sources')
    .values(
      rows.map(row => ({
        slug: row.slug,
        name: row.name,
        system: row.system,
        target: JSON.stringify(row.target),
        enabled: row.enabled,
        disabled_reason: row.disabledReason,
        every_minutes: row.everyMinutes,
        path_hints: row.pathHints,
        notes: row.notes,
        removed_at: null,
      })),
    )
    .onConflict(conflict =>
      conflict.column('slug').doUpdateSet(eb => ({
        name: eb.ref('excluded.name'),
        system: eb.ref('excluded.system'),
        target: eb.ref('excluded.target'),
        enabled: eb.ref('excluded.enabled'),
        disabled_reason: eb.ref('excluded.disabled_reason'),
        every_minutes: eb.ref('excluded.every_minutes'),
        path_hints: eb.ref('excluded.path_hints'),
        notes: eb.ref('excluded.notes'),
        removed_at: null,
      })),
    )
    .returningAll()
    .execute();
  const bySlug = new Map(stored.map(source => [source.slug, source]));
  return rows.map(row => bySlug.get(row.slug) as Source);
}

/** Marks sources that are in no registry file any more and closes their postings with that reason. Returns their slugs. */
export async function removeSourcesBut(db: Kysely<Database>, slugs: string[], now: Date): Promise<string[]> {
  return db.transaction().execute(async trx => {
    const removed = await trx
      .updateTable('sources')
      .set({ removed_at: now })
      .where('removed_at', 'is', null)
      .where('notes', 'is distinct from', RECORDED)
      .$if(slugs.length > 0, query => query.where('slug', 'not in', slugs))
      .returning(['id', 'slug'])
      .execute();
    for (const source of removed) {
      await trx
        .updateTable('postings')
        .set({ closed_at: now, closed_reason: 'source_removed', updated_at: now })
        .where('source_id', '=', source.id)
        .where('closed_at', 'is', null)
        .execute();
    }
    return removed.map(source => source.slug);
  });
}

/** The note of sources that come from a recording: the registry does not own them and the schedule never picks them. */
export const RECORDED = 'from a recording';

export async function sourceById(db: Kysely<Database>, id: number): Promise<Source | undefined> {
  return db.selectFrom('sources').selectAll().where('id', '=', id).executeTakeFirst();
}

/** All sources that are still registered, by slug; or those named. */
export async function listSources(db: Kysely<Database>, slugs?: string[]): Promise<Source[]> {
  return db
    .selectFrom('sources')
    .selectAll()
    .where('removed_at', 'is', null)
    .$if(slugs !== undefined, query => query.where('slug', 'in', slugs?.length ? slugs : ['']))
    .orderBy('slug')
    .execute();
}

/**
 * Runs `work` while this process alone visits the source; returns null without running it when another does.
 * The lock belongs to a database session, so a killed process frees it.
 */
export async function holdingSource<T>(db: Kysely<Database>, sourceId: number, work: () => Promise<T>): Promise<T | null> {
  return db.connection().execute(async connection => {
    const { rows } = await sql<{ held: boolean }>`select pg_try_advisory_lock(${VISIT_LOCK}::int, ${sourceId}::int) as held`.execute(
      connection,
    );
    if (!rows[0]?.held) return null;
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${VISIT_LOCK}::int, ${sourceId}::int)`.execute(connection);
    }
  });
}

/** First half of the advisory lock key: "visit of a source". */
const VISIT_LOCK = 7301;
