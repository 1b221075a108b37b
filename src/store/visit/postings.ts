import { type Kysely, sql } from 'kysely';
import type { Known } from '../../crawlers/visit/plan.ts';
import { passedBefore, restsExpired } from '../../pipeline/expiry.ts';
import type { LOOKS } from '../../pipeline/unseen.ts';
import type { Database } from '../schema.ts';

type Visit = { sourceId: number; now: Date };

/** What is stored of a source's postings, by key. */
export async function knownPostings(db: Kysely<Database>, sourceId: number, now: Date): Promise<Map<string, Known>> {
  const rows = await db
    .selectFrom('postings')
    .select(['key', 'list_hash', 'has_body', 'closed_at', 'triage', 'triage_version', 'closed_reason', 'looked_at'])
    .where('source_id', '=', sourceId)
    .execute();
  return new Map(
    rows.map(row => [
      row.key,
      {
        listHash: row.list_hash,
        hasBody: row.has_body,
        open: row.closed_at === null || restsExpired(row, now),
        triage: row.triage === 'drop' ? 'drop' : 'keep',
        triageVersion: row.triage_version,
      },
    ]),
  );
}

/** Notes that postings are there as they were. */
export async function touchPostings(db: Kysely<Database>, visit: Visit, keys: string[]): Promise<void> {
  for (let i = 0; i < keys.length; i += 1000) {
    await db
      .updateTable('postings')
      .set({ last_seen: visit.now, missed: 0 })
      .where('source_id', '=', visit.sourceId)
      .where('key', 'in', keys.slice(i, i + 1000))
      .execute();
  }
}

/** Keys of a source's open postings. */
export async function openKeys(db: Kysely<Database>, sourceId: number): Promise<Set<string>> {
  const rows = await db.selectFrom('postings').select('key').where('source_id', '=', sourceId).where('closed_at', 'is', null).execute();
  return new Set(rows.map(row => row.key));
}

/** Keys of a source's open postings whose own closing date has passed. */
export async function expiredKeys(db: Kysely<Database>, sourceId: number, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('postings')
    .select('key')
    .where('source_id', '=', sourceId)
    .where('closed_at', 'is', null)
    .where('closes_at', '<', passedBefore(now))
    .execute();
  return rows.map(row => row.key);
}

/** Open postings of a source that are not among `seen` and were not seen or looked at for `restMs`, longest unseen first. */
export async function unseenPostings(
  db: Kysely<Database>,
  visit: Visit,
  seen: ReadonlySet<string>,
  { most, restMs }: typeof LOOKS,
): Promise<{ key: string; url: string }[]> {
  const before = new Date(visit.now.getTime() - restMs);
  return db
    .selectFrom('postings')
    .select(['key', 'url'])
    .where('source_id', '=', visit.sourceId)
    .where('closed_at', 'is', null)
    .where('last_seen', '<', before)
    .where(eb => eb.or([eb('looked_at', 'is', null), eb('looked_at', '<=', before)]))
    .where(sql<boolean>`not key = any(${[...seen]}::text[])`)
    .orderBy(sql`coalesce(looked_at, last_seen)`)
    .limit(most)
    .execute();
}

/** Counts the looks at unseen postings; a page that is there again starts the count anew. Returns how often in a row each was gone. */
export async function countLooks(
  db: Kysely<Database>,
  visit: Visit,
  looks: readonly { key: string; gone: boolean }[],
): Promise<{ key: string; missed: number }[]> {
  const counted: { key: string; missed: number }[] = [];
  for (const { key, gone } of looks) {
    const row = await db
      .updateTable('postings')
      .set(eb => ({ looked_at: visit.now, missed: gone ? eb('missed', '+', 1) : 0 }))
      .where('source_id', '=', visit.sourceId)
      .where('key', '=', key)
      .returning('missed')
      .executeTakeFirst();
    if (row) counted.push({ key, missed: row.missed });
  }
  return counted;
}

/** Closes open postings for a stated reason. Returns how many were closed. */
export async function closePostings(
  db: Kysely<Database>,
  { sourceId, now }: Visit,
  keys: string[],
  reason: 'not_listed' | 'source_says_gone' | 'expired',
): Promise<number> {
  let closed = 0;
  for (let i = 0; i < keys.length; i += 1000) {
    const result = await db
      .updateTable('postings')
      .set({ closed_at: now, closed_reason: reason, updated_at: now })
      .where('source_id', '=', sourceId)
      .where('closed_at', 'is', null)
      .where('key', 'in', keys.slice(i, i + 1000))
      .executeTakeFirst();
    closed += Number(result.numUpdatedRows);
  }
  return closed;
}

/** Of a source's open postings: how many have a text, a place, pay, a date. */
export async function coverageOf(
  db: Kysely<Database>,
  sourceId: number,
): Promise<Record<'open' | 'description' | 'place' | 'pay' | 'posted', number>> {
  const row = await db
    .selectFrom('postings')
    .select(eb => [
      eb.fn.countAll<string>().as('open'),
      sql<string>`count(*) filter (where has_body)`.as('description'),
      sql<string>`count(*) filter (where jsonb_array_length(places) > 0)`.as('place'),
      sql<string>`count(*) filter (where pay is not null)`.as('pay'),
      sql<string>`count(*) filter (where posted_at is not null)`.as('posted'),
    ])
    .where('source_id', '=', sourceId)
    .where('closed_at', 'is', null)
    .where('triage', '=', 'keep')
    .executeTakeFirstOrThrow();
  return {
    open: Number(row.open),
    description: Number(row.description),
    place: Number(row.place),
    pay: Number(row.pay),
    posted: Number(row.posted),
  };
}
