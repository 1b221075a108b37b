import { type Kysely, sql } from 'kysely';
import { type Comparable, decideGroup } from '../../pipeline/duplicates.ts';
import type { Database } from '../schema.ts';

/** What a source is, by its board system: the employer's own board is shown before an aggregator. */
export type KindOf = (system: string) => Comparable['kind'];

type Row = Omit<Comparable, 'kind'> & { system: string; sourceId: number; key: string };

/**
 * Decides anew which postings repeat which, for those of a source that changed since `since` or are about to be closed, and everything that could
 * be one with them. Only postings the feed would show are compared. Every duplicate keeps its row and points straight at the one that is shown.
 * Not for use in a transaction: it writes rows of other sources, one at a time, and holding several would lock up with their visits.
 */
export async function linkDuplicates(
  db: Kysely<Database>,
  visit: { sourceId: number; since: Date; closing: readonly string[] },
  kindOf: KindOf,
): Promise<void> {
  const { sourceId, since } = visit;
  const closing = new Set(visit.closing);
  const changed = await db
    .selectFrom('postings')
    .select(['id', 'key', 'title', 'requisition', 'url', 'apply_url'])
    .where('source_id', '=', sourceId)
    .where('relevance', '=', 'nonclinical')
    .where(eb => eb.or([eb('updated_at', '>=', since), sql<boolean>`key = any(${[...closing]}::text[])`]))
    .execute();
  for (const posting of changed) {
    const group = (await alike(db, posting)).map(row =>
      row.sourceId === sourceId && closing.has(row.key) ? { ...row, closed: true } : row,
    );
    if (group.length < 2) continue;
    for (const [id, shown] of decideGroup(
      group.map(({ system, sourceId: _source, key: _key, ...row }) => ({ ...row, kind: kindOf(system) })),
    )) {
      await db.updateTable('postings').set({ duplicate_of: shown, updated_at: sql`now()` }).where('id', '=', id).execute();
    }
  }
}

/** The postings that could be one with this one, itself included, newest first. */
async function alike(
  db: Kysely<Database>,
  posting: { id: string; title: string; requisition: string | null; url: string; apply_url: string | null },
): Promise<Row[]> {
  const addresses = [posting.url, ...(posting.apply_url ? [posting.apply_url] : [])];
  const rows = await db
    .selectFrom('postings')
    .innerJoin('sources', 'sources.id', 'postings.source_id')
    .leftJoin('posting_texts', 'posting_texts.posting_id', 'postings.id')
    .select([
      'postings.id',
      'postings.key',
      'postings.source_id',
      'sources.slug as source',
      'sources.system',
      'company',
      'title',
      'places',
      'requisition',
      'url',
      'apply_url',
      'text',
      'posted_at',
      'first_seen',
      'closed_at',
      'duplicate_of',
    ])
    .where('relevance', '=', 'nonclinical')
    .where(eb =>
      eb.or([
        eb(sql`lower(title)`, '=', posting.title.toLowerCase()),
        eb('url', 'in', addresses),
        eb('apply_url', 'in', addresses),
        eb('duplicate_of', '=', posting.id),
        ...(posting.requisition ? [eb('requisition', '=', posting.requisition)] : []),
      ]),
    )
    .orderBy('first_seen', 'desc')
    .limit(MOST_ALIKE)
    .execute();
  return rows.map(row => ({
    id: row.id,
    key: row.key,
    sourceId: row.source_id,
    source: row.source,
    system: row.system,
    company: row.company,
    title: row.title,
    places: row.places,
    requisition: row.requisition,
    url: row.url,
    applyUrl: row.apply_url,
    text: row.text ?? '',
    postedAt: row.posted_at?.toISOString() ?? null,
    firstSeen: row.first_seen.toISOString(),
    closed: row.closed_at !== null,
    duplicateOf: row.duplicate_of,
  }));
}

/** A title such as "Recruiter" is shared by many; the newest are enough to find a repost among them. */
const MOST_ALIKE = 200;
