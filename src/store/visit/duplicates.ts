import { type Kysely, sql } from 'kysely';
import { type Comparable, shownInstead } from '../../pipeline/duplicates.ts';
import type { Database } from '../schema.ts';
import { type Alike, alikeOf, type Changed, changedPostings, comparables, duplicatesOf } from './alike.ts';

/** What a source is, by its board system: the employer's own board is shown before an aggregator. */
export type KindOf = (system: string) => Comparable['kind'];

type LinkingVisit = { sourceId: number; since: Date; closing: readonly string[] };

/** So many changed postings are compared at once, with up to MOST_ALIKE others each. */
const AT_ONCE = 500;
/** A title such as "Recruiter" is shared by many; the newest are enough to find a repost among them. */
const MOST_ALIKE = 200;

/**
 * Decides anew which postings repeat which, for those of a source that changed since `since` or are about to be closed, and everything that could
 * be one with them. Only postings the feed would show are compared. Every duplicate keeps its row and points straight at the one that is shown.
 * Not for use in a transaction: it writes rows of other sources, and holding them would lock up with their visits.
 */
export async function linkDuplicates(db: Kysely<Database>, visit: LinkingVisit, kindOf: KindOf): Promise<void> {
  const changed = await changedPostings(db, visit);
  for (let from = 0; from < changed.length; from += AT_ONCE) {
    const part = changed.slice(from, from + AT_ONCE);
    const alike = await alikeOf(db, part, MOST_ALIKE);
    const ids = new Set([...part.map(({ id }) => id), ...[...alike.values()].flat(), ...(await duplicatesOf(db, part, MOST_ALIKE))]);
    const closing = { sourceId: visit.sourceId, keys: new Set(visit.closing) };
    await write(db, decided(part, alike, await comparables(db, [...ids], { closing, kindOf })));
  }
}

/** Decides group after group, each seeing what the ones before it have changed. Returns what has to be written. */
function decided(changed: readonly Changed[], alike: Alike, postings: ReadonlyMap<string, Comparable>): Map<string, string | null> {
  const pointsAt = new Map([...postings.values()].map(({ id, duplicateOf }) => [id, duplicateOf ?? null]));
  const repeating = new Map<string, Set<string>>();
  const point = (id: string, shown: string | null) => {
    repeating.get(pointsAt.get(id) ?? '')?.delete(id);
    pointsAt.set(id, shown);
    if (shown) repeating.set(shown, (repeating.get(shown) ?? new Set()).add(id));
  };
  for (const [id, shown] of pointsAt) point(id, shown);
  // Postings of one title are one group, which is decided once.
  const known = new Map<string, Map<string, string | null>>();
  for (const { id } of changed) {
    const members = new Set([...(alike.get(id) ?? []), ...(repeating.get(id) ?? [])]);
    const group = [...members].flatMap(member => postings.get(member) ?? []).toSorted(newestFirst);
    if (group.length < 2) continue;
    const newest = group.slice(0, MOST_ALIKE);
    const name = newest.map(member => member.id).join();
    const shown = known.get(name) ?? shownInstead(newest);
    known.set(name, shown);
    for (const [member, target] of shown) if (pointsAt.get(member) !== target) point(member, target);
  }
  return new Map([...pointsAt].filter(([id, shown]) => shown !== (postings.get(id)?.duplicateOf ?? null)));
}

function newestFirst(one: Comparable, other: Comparable): number {
  if (one.firstSeen !== other.firstSeen) return one.firstSeen < other.firstSeen ? 1 : -1;
  return one.id < other.id ? -1 : 1;
}

/** Rows that a visit of their own source holds are waited for one at a time, with none of the others held. */
async function write(db: Kysely<Database>, changes: ReadonlyMap<string, string | null>): Promise<void> {
  if (changes.size === 0) return;
  const { rows } = await sql<{ id: string }>`
    with free as (select id from postings where id = any(${[...changes.keys()]}::text[]) for no key update skip locked)
    update postings p set duplicate_of = c.shown, updated_at = now()
    from unnest(${[...changes.keys()]}::text[], ${[...changes.values()]}::text[]) c (id, shown) join free using (id)
    where p.id = c.id returning p.id`.execute(db);
  const written = new Set(rows.map(({ id }) => id));
  for (const [id, shown] of changes) {
    if (written.has(id)) continue;
    await db.updateTable('postings').set({ duplicate_of: shown, updated_at: sql`now()` }).where('id', '=', id).execute();
  }
}
