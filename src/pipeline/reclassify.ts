import type { Classification } from '../classify/classification.ts';
import type { Readable } from './classifier-input.ts';
import { classifyPosting } from './prepare.ts';

/** A stored posting as the classifier needs it. */
export type StoredPosting = Readable & { id: string };

/** What re-tagging reads and writes; src/store/tags/retag.ts is the real one. */
export type RetagStore = {
  /** Postings that were classified under another version than this, a few at a time; empty when none is left, or another version is in force. */
  outdated(version: string, most: number): Promise<StoredPosting[]>;
  /** Stores new tags. `updated_at` moves only where a tag did. Returns how many postings changed. */
  put(tagged: { id: string; classification: Classification }[]): Promise<number>;
};

const BATCH = 100;

/**
 * Brings every stored posting up to the rules in force, without a request to anybody.
 * What is done is marked by the rules version on the row, so it can be stopped anywhere and goes on from there.
 * @returns how many postings were read again and how many of them changed
 */
export async function reclassify(store: RetagStore, version: string, signal: AbortSignal, tell: (read: number) => void = () => undefined) {
  const done = { read: 0, changed: 0 };
  for (;;) {
    signal.throwIfAborted();
    const batch = await store.outdated(version, BATCH);
    if (batch.length === 0) return done;
    done.changed += await store.put(batch.map(stored => ({ id: stored.id, classification: classifyPosting(stored) })));
    done.read += batch.length;
    tell(done.read);
  }
}
