import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import { canonicalQuery } from '../feed/canonical.ts';
import type { Filter } from '../feed/filter.ts';
import { feedRevision } from '../store/feed.ts';
import { snapshotStamp } from '../store/feed-changes.ts';
import type { Database } from '../store/schema.ts';

export type Revision = { revision: string; changedAt: Date | null };

/** Answers "has this page changed?" with one small query shared by all requests that wait, and a page query only after a change. */
export type Revisions = {
  of(filter: Filter, want?: { total?: boolean }): Promise<Revision>;
  /** The same for any other reading of the database: `read` runs again only after a change. */
  cached<T extends object>(key: string, read: () => Promise<T>): Promise<T>;
};

export function revisionsOf(db: Kysely<Database>): Revisions {
  const kept = new LRUCache<string, { stamp: string; value: Promise<object> }>({ max: 5000 });
  const stamp = sharedRun(() => snapshotStamp(db));
  const cached = async <T extends object>(key: string, read: () => Promise<T>): Promise<T> => {
    const now = await stamp();
    const known = kept.get(key);
    // A key is only ever used with one reader, so what is kept under it is what that reader gave.
    if (known?.stamp === now) return (await known.value) as T;
    const value = read();
    const entry = { stamp: now, value };
    kept.set(key, entry);
    value.catch(() => kept.get(key) === entry && kept.delete(key));
    return await value;
  };
  const of = async (filter: Filter, want: { total?: boolean } = {}) => {
    const moving = [filter.since, filter.posted_since].some(since => since && 'hours' in since);
    const minute = moving ? Math.floor(Date.now() / 60_000) : '';
    return await cached(`revision ${want.total ? 'total' : ''} ${minute} ${canonicalQuery(filter)}`, () => feedRevision(db, filter, want));
  };
  return { of, cached };
}

/**
 * Lets callers share runs without ever getting an answer that was asked before they came: who comes while a run is under way
 * waits for the next one, together with everyone else who came meanwhile.
 */
export function sharedRun<T>(run: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | null = null;
  let next: Promise<T> | null = null;
  const start = (): Promise<T> => {
    const mine = run().finally(() => {
      if (current === mine) current = null;
    });
    current = mine;
    return mine;
  };
  return () => {
    if (!current) return start();
    next ??= current
      .catch(() => undefined)
      .then(() => {
        next = null;
        return start();
      });
    return next;
  };
}
