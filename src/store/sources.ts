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

/** Ids of the sources whose next visit has come, longest waiting first. */
export async function dueSources(db: Kysely<Database>, now: Date, most = 200): Promise<number[]> {
  const due = await db
    .selectFrom('sources')
    .select('id')
    .where('enabled', '=', true)
    .where('removed_at', 'is', null)
    .where('next_visit_at', '<=', now)
    .where(eb => eb.or([eb('cooling_until', 'is', null), eb('cooling_until', '<=', now)]))
    .orderBy('next_visit_at')
    .limit(most)
    .execute();
  return due.map(source => source.id);
}

/** Whether the next visit of a source has come, by the clock of the database. */
export async function isDue(db: Kysely<Database>, id: number): Promise<boolean> {
  const due = await db.selectFrom('sources').select('id').where('id', '=', id).where('next_visit_at', '<=', sql<Date>`now()`).execute();
  return due.length > 0;
}

/** Failures in a row after which a source cools down, and for how long. */
export const COOL_AFTER = 3;
const COOL_HOURS = 24;

/** Notes how a visit went on its source and sets the next one. `retryAt` is what the host asked for. */
export async function scheduleNext(
  db: Kysely<Database>,
  source: Source,
  visit: { outcome: string; held: string[]; retryAt: string | null; now: Date },
): Promise<void> {
  const conclusive = visit.outcome === 'complete' || visit.outcome === 'suspicious';
  const well = visit.outcome === 'complete' || visit.outcome === 'partial';
  const failures = well ? 0 : source.failures + (visit.outcome === 'suspicious' ? 0 : 1);
  const cooling = failures >= COOL_AFTER ? new Date(visit.now.getTime() + COOL_HOURS * 3_600_000) : null;
  const next = new Date(visit.now.getTime() + source.every_minutes * 60_000);
  const asked = visit.retryAt ? new Date(visit.retryAt) : null;
  await db
    .updateTable('sources')
    .set({
      failures,
      cooling_until: cooling ?? asked,
      // What a suspicious visit held waits for the next conclusive one.
      ...(conclusive ? { held_keys: visit.held.length > 0 ? visit.held : null } : {}),
      next_visit_at: asked && asked > next ? asked : next,
      ...(visit.outcome === 'complete' ? { last_complete_at: visit.now } : {}),
    })
    .where('id', '=', source.id)
    .execute();
}
