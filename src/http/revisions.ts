import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import { lastChange, snapshotStamp } from '../store/feed/changes.ts';
import type { Database } from '../store/schema.ts';

/** Answers "has anything changed?" with one small query that all waiting requests share, and keeps what was read until it has. */
export type Revisions = {
  /** Equal to an earlier one only when every query would give what it gave then. */
  stamp(): Promise<string>;
  /** What `read` gave, until something changes; what took long to read, for longer (see `isKept`). A key is only ever used with one reader. `at` is a stamp the caller has just got. */
  cached<T extends object>(key: string, read: () => Promise<T>, at?: string): Promise<T>;
  /** When anything stored last changed. */
  changedAt(at?: string): Promise<Date | null>;
};

type Kept = { stamp: string; value: Promise<object>; began: number; took: number | null };

/** A reading that takes longer than this is slow. */
const SLOW_MS = 1000;
/** A slow reading is kept for so many times as long as it took, although something may have changed: at most a thirtieth of one core goes into it. */
const SLOW_FACTOR = 30;

export function revisionsOf(db: Kysely<Database>): Revisions {
  const kept = new LRUCache<string, Kept>({ max: 5000 });
  const stamp = sharedRun(() => snapshotStamp(db));
  const cached = async <T extends object>(key: string, read: () => Promise<T>, at?: string): Promise<T> => {
    const now = at ?? (await stamp());
    const known = kept.get(key);
    if (known && isKept(known, now)) return (await known.value) as T;
    const began = performance.now();
    const value = read();
    const entry: Kept = { stamp: now, value, began, took: null };
    kept.set(key, entry);
    try {
      const result = await value;
      entry.took = performance.now() - began;
      return result;
    } catch (error) {
      if (kept.get(key) === entry) kept.delete(key);
      throw error;
    }
  };
  const changedAt = async (at?: string) => (await cached('changedAt', async () => ({ date: await lastChange(db) }), at)).date;
  return { stamp, cached, changedAt };
}

/** Whether a reading still holds: nothing has changed, or it is a slow one (then those who come meanwhile wait for it together). */
function isKept({ stamp, began, took }: Kept, now: string): boolean {
  if (stamp === now) return true;
  const age = performance.now() - began;
  const time = took ?? age;
  return time > SLOW_MS && age < time * SLOW_FACTOR;
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
