import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Comparable, readWords, type Words } from '../../pipeline/duplicates.ts';
import { comparableTitle } from '../../posting/title.ts';
import type { Database } from '../schema.ts';

/** A posting by what others could be one with it. */
export type Changed = { id: string; title: string; requisition: string | null; url: string; apply_url: string | null };

/** By the id of a changed posting: ids of those that could be one with it, itself included. */
export type Alike = Map<string, string[]>;

/** Postings of a source that the feed would show and that changed since then or are about to be closed; those of one title together. */
export async function changedPostings(
  db: Kysely<Database>,
  { sourceId, since, closing }: { sourceId: number; since: Date; closing: readonly string[] },
): Promise<Changed[]> {
  return await db
    .selectFrom('postings')
    .select(['id', 'title', 'requisition', 'url', 'apply_url'])
    .where('source_id', '=', sourceId)
    .where('relevance', '=', 'nonclinical')
    .where(eb => eb.or([eb('updated_at', '>=', since), sql<boolean>`key = any(${closing}::text[])`]))
    .orderBy(sql`lower(title)`)
    .orderBy('id')
    .execute();
}

/** The newest `most` of each way of being alike: by title, address or requisition. */
export async function alikeOf(db: Kysely<Database>, changed: readonly Changed[], most: number): Promise<Alike> {
  const addresses = ({ url, apply_url }: Changed) => [url, ...(apply_url ? [apply_url] : [])];
  const ways: [RawBuilder<unknown>, (posting: Changed) => string[]][] = [
    [sql`lower(title)`, ({ title }) => [title.toLowerCase()]],
    [sql`url`, addresses],
    [sql`apply_url`, addresses],
    [sql`requisition`, ({ requisition }) => (requisition ? [requisition] : [])],
  ];
  const alike: Alike = new Map(changed.map(({ id }) => [id, []]));
  for (const [column, keysOf] of ways) {
    const found = await newestBy(db, column, [...new Set(changed.flatMap(keysOf))], most);
    for (const posting of changed) alike.get(posting.id)!.push(...keysOf(posting).flatMap(key => found.get(key) ?? []));
  }
  return alike;
}

/** Ids of the newest `most` duplicates of each posting. */
export async function duplicatesOf(db: Kysely<Database>, changed: readonly Changed[], most: number): Promise<string[]> {
  const found = await newestBy(
    db,
    sql`duplicate_of`,
    changed.map(({ id }) => id),
    most,
  );
  return [...found.values()].flat();
}

async function newestBy(db: Kysely<Database>, column: RawBuilder<unknown>, keys: readonly string[], most: number): Promise<Alike> {
  const { rows } = await sql<{ key: string; ids: string[] }>`
    select k.key, array_agg(m.id) as ids from unnest(${keys}::text[]) k (key) cross join lateral (
      select id from postings where relevance = 'nonclinical' and ${column} = k.key order by first_seen desc, id limit ${most}) m
    group by k.key`.execute(db);
  return new Map(rows.map(({ key, ids }) => [key, ids]));
}

const UNREAD = readWords('');

type Reading = { closing: { sourceId: number; keys: ReadonlySet<string> }; kindOf: (system: string) => Comparable['kind'] };

/** What is compared of postings, by id. What is about to be closed counts as closed. */
export async function comparables(
  db: Kysely<Database>,
  ids: readonly string[],
  { closing, kindOf }: Reading,
): Promise<Map<string, Comparable>> {
  const rows = await factsOf(db, ids);
  const words = await wordsOf(db, titledAlike(rows));
  return new Map(
    rows.map(row => [
      row.id,
      {
        id: row.id,
        source: row.source,
        kind: kindOf(row.system),
        company: row.company,
        title: row.title,
        places: row.places,
        requisition: row.requisition,
        url: row.url,
        applyUrl: row.apply_url,
        words: words.get(row.id) ?? UNREAD,
        postedAt: row.posted_at?.toISOString() ?? null,
        firstSeen: row.first_seen.toISOString(),
        closed: row.closed_at !== null || (row.source_id === closing.sourceId && closing.keys.has(row.key)),
        duplicateOf: row.duplicate_of,
      },
    ]),
  );
}

async function factsOf(db: Kysely<Database>, ids: readonly string[]) {
  return await db
    .selectFrom('postings')
    .innerJoin('sources', 'sources.id', 'postings.source_id')
    .select(['postings.id', 'postings.key', 'postings.source_id', 'sources.slug as source', 'sources.system'])
    .select(['company', 'title', 'places', 'requisition', 'url', 'apply_url', 'posted_at', 'first_seen', 'closed_at', 'duplicate_of'])
    .where(sql<boolean>`postings.id = any(${ids}::text[])`)
    .execute();
}

/** Ids of the postings whose text decides something: texts are only compared under one title. */
function titledAlike(rows: readonly { id: string; title: string }[]): string[] {
  const byTitle = Map.groupBy(rows, ({ title }) => comparableTitle(title));
  return [...byTitle.values()].filter(same => same.length > 1).flatMap(same => same.map(({ id }) => id));
}

/** Texts read at once: one may have a million characters. */
const TEXTS_AT_ONCE = 50;

/** A few texts at a time are held, and of each only what is compared is kept. */
async function wordsOf(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, Words>> {
  const words = new Map<string, Words>();
  for (let from = 0; from < ids.length; from += TEXTS_AT_ONCE) {
    const rows = await db
      .selectFrom('posting_texts')
      .select(['posting_id', 'text'])
      .where('posting_id', 'in', ids.slice(from, from + TEXTS_AT_ONCE))
      .execute();
    for (const { posting_id, text } of rows) words.set(posting_id, readWords(text));
  }
  return words;
}
