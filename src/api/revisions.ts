import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import { lastChange, snapshotStamp } from '../store/feed-changes.ts';
import type { Database } from '../store/schema.ts';

/** Answers "has anything changed?" with one small query that all waiting requests share, and keeps what was read until it has. */
export type Revisions = {
  /** Equal to an earlier one only when every query would give what it gave then. */
  stamp(): Promise<string>;
  /** What `read` gave, until something changes. A key is only ever used with one reader. `at` is a stamp the caller has just got. */
  cached<T extends object>(key: string, read: () => Promise<T>, at?: string): Promise<T>;
  /** When anything stored last changed. */
  changedAt(at?: string): Promise<Date | null>;
};

export function revisionsOf(db: Kysely<Database>): Revisions {
  const kept = new LRUCache<string, { stamp: string; value: Promise<object> }>({ max: 5000 });
  const stamp = sharedRun(() => snapshotStamp(db));
  const cached = async <T extends object>(key: string, read: () => Promise<T>, at?: string): Promise<T> => {
    const now = at ?? (await stamp());
    const known = kept.get(key);
    if (known?.stamp === now) return (await known.value) as T;
    const value = read();
    const entry = { stamp: now, value };
    kept.set(key, entry);
    value.catch(() => kept.get(key) === entry && kept.delete(key));
    return await value;
  };
  const changedAt = async (at?: string) => (await cached('changedAt', async () => ({ date: await lastChange(db) }), at)).date;
  return { stamp, cached, changedAt };
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
