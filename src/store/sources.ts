import { isDeepStrictEqual } from 'node:util';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { SourceRow } from '../crawlers/registry.ts';
import { notReadElsewhere } from './missing.ts';
import type { Database, SourcesTable } from './schema.ts';

export type Source = Selectable<SourcesTable>;

/**
 * Writes rows of the registry, or of a recording; what a crawl noted about a source stays. A row that is stored as it is costs no write.
 * A registry takes a recorded source over, which is due then. Returns the stored rows in the order given.
 */
export async function putSources(db: Kysely<Database>, rows: SourceRow[], { recorded = false } = {}): Promise<Source[]> {
  const before = await storedSources(db, rows);
  const changed = rows.filter(row => !isStored(before.get(row.slug), row, recorded));
  if (changed.length === 0) return rows.map(row => before.get(row.slug) as Source);
  await db
    .insertInto('sources')
    .values(
      changed
        // In one order everywhere, so that two processes never wait for one another.
        .sort((a, b) => (a.slug < b.slug ? -1 : 1))
        .map(row => ({
          slug: row.slug,
          name: row.name,
          system: row.system,
          target: JSON.stringify(row.target),
          enabled: row.enabled,
          disabled_reason: row.disabledReason,
          every_minutes: row.everyMinutes,
          path_hints: row.pathHints,
          notes: row.notes,
          recorded,
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
        recorded: eb.ref('excluded.recorded'),
        next_visit_at: sql`case when sources.recorded and not excluded.recorded then now() else sources.next_visit_at end`,
      })),
    )
    .execute();
  const after = await storedSources(db, rows);
  return rows.map(row => after.get(row.slug) as Source);
}

async function storedSources(db: Kysely<Database>, rows: SourceRow[]): Promise<Map<string, Source>> {
  const slugs = rows.map(row => row.slug);
  const stored = await db.selectFrom('sources').selectAll().where(sql<boolean>`slug = any(${slugs}::text[])`).execute();
  return new Map(stored.map(source => [source.slug, source]));
}

function isStored(source: Source | undefined, row: SourceRow, recorded: boolean): boolean {
  if (!source) return false;
  const told = [row.name, row.system, row.target, row.enabled, row.disabledReason, row.everyMinutes, row.pathHints, row.notes, recorded];
  const { name, system, target, enabled, disabled_reason, every_minutes, path_hints, notes } = source;
  const stored = [name, system, target, enabled, disabled_reason, every_minutes, path_hints, notes, source.recorded];
  // As JSON would bring it back: fields that are undefined are not there.
  return isDeepStrictEqual(JSON.parse(JSON.stringify(told)), stored);
}

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
    .where(notReadElsewhere)
    .where(eb => eb.or([eb('cooling_until', 'is', null), eb('cooling_until', '<=', now)]))
    .orderBy('next_visit_at')
    .limit(most)
    .execute();
  return due.map(source => source.id);
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
