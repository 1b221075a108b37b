import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely } from 'kysely';
import { LRUCache } from 'lru-cache';
import { feedStamp, lastChange } from '../store/feed/changes.ts';
import type { Database } from '../store/schema.ts';

/** Answers "has anything that readers see changed?" with one small query that all waiting requests share, and keeps what was read until it has. */
export type Revisions = {
  /** Equal to an earlier one only when every query for readers would give what it gave then. */
  stamp(): Promise<string>;
  /** What `read` gave, until something changes. A key is only ever used with one reader. `at` is a stamp the caller has just got. */
  kept<T extends object>(key: string, read: () => Promise<T>, at?: string): Promise<T>;
  /** The same for counts, which are kept for longer when they took long to read (see `endOf`). Lists of postings never are. */
  cached<T extends object>(key: string, read: () => Promise<T>, at?: string): Promise<T>;
  /** When anything stored last changed. */
  changedAt(at?: string): Promise<Date | null>;
  /** Runs what uses `cached`, and tells until when it holds on the clock of `performance` though nothing changes: not for ever, where a count lagged. */
  held<T>(run: () => Promise<T>): Promise<{ value: T; until: number }>;
};

type Reading = { stamp: string; value: Promise<object>; began: number; took: number | null; until: number; bytes: number };

/** From how many milliseconds on a reading is slow, in a service for many readers. */
export const SLOW_MS = 20;
/** A slow reading is kept for so many times as long as it took, although something may have changed: at most a thirtieth of one core goes into it. */
const SLOW_FACTOR = 30;
/** And never longer than this: what a count on a page may lag behind, in milliseconds. */
const MOST_MS = 5 * 60_000;

/** What was read is kept in so much memory, in bytes. */
const READ_BYTES = 8 * 1024 * 1024;
/** About what a reading takes before anything is read. */
const NOT_YET_READ = 1000;
/** About what a value takes in memory for each sign of its JSON. */
const BYTES_PER_SIGN = 4;

/** `slowMs` is the time from which a reading is slow; without it none is. */
export function revisionsOf(db: Kysely<Database>, { slowMs = Number.POSITIVE_INFINITY } = {}): Revisions {
  const readings = new LRUCache<string, Reading>({ maxSize: READ_BYTES, sizeCalculation: ({ bytes }) => bytes });
  const using = new AsyncLocalStorage<{ until: number }>();
  const stamp = sharedRun(() => feedStamp(db));
  const held = async <T>(run: () => Promise<T>) => {
    const noted = { until: Number.POSITIVE_INFINITY };
    const value = await using.run(noted, run);
    return { value, until: noted.until };
  };
  const note = (until: number) => {
    const noted = using.getStore();
    if (noted) noted.until = Math.min(noted.until, until);
  };
  const reading = (read: () => Promise<object>, at: string): Reading => {
    const entry: Reading = {
      stamp: at,
      value: Promise.resolve({}),
      began: performance.now(),
      took: null,
      until: Number.POSITIVE_INFINITY,
      bytes: NOT_YET_READ,
    };
    entry.value = held(read).then(({ value, until }) => {
      entry.took = performance.now() - entry.began;
      entry.until = until;
      entry.bytes = NOT_YET_READ + JSON.stringify(value).length * BYTES_PER_SIGN;
      return value;
    });
    return entry;
  };
  const readBy = async <T extends object>(slow: number, key: string, read: () => Promise<T>, at?: string): Promise<T> => {
    const now = at ?? (await stamp());
    const known = readings.get(key);
    const entry = known && endOf(known, now, slow) > performance.now() ? known : reading(read, now);
    if (entry !== known) readings.set(key, entry);
    try {
      const value = (await entry.value) as T;
      note(endOf(entry, now, slow));
      // With its size, which was not known before and is only asked for anew.
      if (entry !== known && readings.get(key) === entry) {
        readings.delete(key);
        readings.set(key, entry);
      }
      return value;
    } catch (error) {
      if (readings.get(key) === entry) readings.delete(key);
      throw error;
    }
  };
  const kept: Revisions['kept'] = (key, read, at) => readBy(Number.POSITIVE_INFINITY, key, read, at);
  const cached: Revisions['cached'] = (key, read, at) => readBy(slowMs, key, read, at);
  const changedAt = async (at?: string) => (await kept('changedAt', async () => ({ date: await lastChange(db) }), at)).date;
  return { stamp, kept, cached, changedAt, held };
}

/**
 * Until when a reading holds, on the clock of `performance`: while nothing has changed as long as what it was made of, else only a slow one, for a
 * while (those who come before it has ended wait for it together).
 */
function endOf({ stamp, began, took, until }: Reading, now: string, slowMs: number): number {
  if (stamp === now) return until;
  const time = took ?? performance.now() - began;
  return time > slowMs ? Math.min(until, began + Math.min(time * SLOW_FACTOR, MOST_MS)) : Number.NEGATIVE_INFINITY;
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
