import { isDeepStrictEqual } from 'node:util';
import { type Kysely, type Selectable, sql } from 'kysely';
import { boardOf, type SourceRow } from '../../crawlers/registry.ts';
import { mistake } from '../../errors.ts';
import type { Database, SourcesTable } from '../schema.ts';

export type Source = Selectable<SourcesTable>;

/** A registry takes over what came from a recording. */
const TAKEN_OVER = sql`(sources.recorded and not excluded.recorded)`;
/** A row names another board than before. */
const MOVED = sql`(sources.system, sources.target) is distinct from (excluded.system, excluded.target)`;

/**
 * Writes rows of the registry, or of a recording; what a crawl noted about a source stays. A row that is stored as it is costs no write.
 * A registry takes a recorded source over, which is due then, as one is whose row names another board. Returns the stored rows in the order given.
 */
export async function putSources(db: Kysely<Database>, rows: SourceRow[], { recorded = false } = {}): Promise<Source[]> {
  const before = await storedSources(db, rows);
  const changed = rows.filter(row => !isStored(before.get(row.slug), row, recorded));
  if (changed.length === 0) return rows.map(row => before.get(row.slug) as Source);
  // First the postings and then their sources, as a visit ends: the other way round each would wait for the other.
  await markReadOtherwise(
    db,
    changed.flatMap(({ slug, domain = null }) => {
      const source = before.get(slug);
      return source && source.domain !== domain ? [source] : [];
    }),
  );
  await forgetListings(
    db,
    changed.flatMap(row => {
      const source = before.get(row.slug);
      return source && (source.country !== (row.country ?? null) || boardOf(source) !== boardOf(row)) ? [source] : [];
    }),
  );
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
          domain: row.domain ?? null,
          country: row.country ?? null,
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
        domain: eb.ref('excluded.domain'),
        country: eb.ref('excluded.country'),
        notes: eb.ref('excluded.notes'),
        recorded: eb.ref('excluded.recorded'),
        next_visit_at: sql`case when ${TAKEN_OVER} or ${MOVED} then now() else sources.next_visit_at end`,
        // What was read whole was the board of before.
        last_complete_at: sql`case when ${MOVED} then null else sources.last_complete_at end`,
        kept_keys: sql`case when ${MOVED} then null else sources.kept_keys end`,
      })),
    )
    .execute();
  const after = await storedSources(db, rows);
  return rows.map(row => after.get(row.slug) as Source);
}

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

/** The classifier reads what the registry says of an employer's field: when that changes, its postings are due to be read again. */
async function markReadOtherwise(db: Kysely<Database>, sources: readonly Source[]): Promise<void> {
  if (sources.length === 0) return;
  const ids = sources.map(({ id }) => id);
  await db
    .updateTable('postings')
    .set({ rules_version: null })
    .where('source_id', 'in', ids)
    .where('rules_version', 'is not', null)
    .execute();
}

/** Places are read by the country a row names: when that or the board changes, an unmodified list is read again all the same. */
async function forgetListings(db: Kysely<Database>, sources: readonly Source[]): Promise<void> {
  if (sources.length === 0) return;
  const ids = sources.map(({ id }) => id);
  await db.deleteFrom('listing_validators').where('source_id', 'in', ids).execute();
}

async function storedSources(db: Kysely<Database>, rows: SourceRow[]): Promise<Map<string, Source>> {
  const slugs = rows.map(row => row.slug);
  const stored = await db.selectFrom('sources').selectAll().where(sql<boolean>`slug = any(${slugs}::text[])`).execute();
  return new Map(stored.map(source => [source.slug, source]));
}

function isStored(source: Source | undefined, row: SourceRow, recorded: boolean): boolean {
  if (!source) return false;
  const { name, system, target, enabled, disabledReason, everyMinutes, domain = null, country = null, notes } = row;
  const told = [name, system, target, enabled, disabledReason, everyMinutes, domain, country, notes, recorded];
  const { disabled_reason, every_minutes } = source;
  const stored = [
    source.name,
    source.system,
    source.target,
    source.enabled,
    disabled_reason,
    every_minutes,
    source.domain,
    source.country,
    source.notes,
    source.recorded,
  ];
  // As JSON would bring it back: fields that are undefined are not there.
  return isDeepStrictEqual(JSON.parse(JSON.stringify(told)), stored);
}

export async function sourceById(db: Kysely<Database>, id: number): Promise<Source | undefined> {
  return db.selectFrom('sources').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The slugs of sources by their ids, removed ones too. */
export async function slugsById(db: Kysely<Database>, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('sources')
    .select(['id', 'slug'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, slug }) => [id, slug]));
}

/** The registered sources that a visit has read whole, by slug. */
export async function verifiedSources(db: Kysely<Database>): Promise<Map<string, Pick<Source, 'system' | 'target'>>> {
  const sources = await db
    .selectFrom('sources')
    .select(['slug', 'system', 'target'])
    .where('removed_at', 'is', null)
    .where('recorded', '=', false)
    .where('last_complete_at', 'is not', null)
    .execute();
  return new Map(sources.map(({ slug, ...board }) => [slug, board]));
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
