import type { Pair } from './label.ts';

/** Of `n` postings whose confidence lies near `said` (their mean), the share whose relevance is `right`. */
export type Bucket = { said: number; right: number; n: number };

const BUCKETS = 10;

/** Tenths of confidence, from the least sure to the surest; empty ones are left out. */
export function calibrationOf(pairs: readonly Pair[]): Bucket[] {
  const buckets: Pair[][] = Array.from({ length: BUCKETS }, () => []);
  for (const pair of pairs) buckets[Math.min(BUCKETS - 1, Math.floor(pair.guess.confidence * BUCKETS))]?.push(pair);
  return buckets
    .filter(bucket => bucket.length > 0)
    .map(bucket => ({
      said: bucket.reduce((sum, { guess }) => sum + guess.confidence, 0) / bucket.length,
      right: bucket.filter(({ label, guess }) => label.relevance === guess.relevance).length / bucket.length,
      n: bucket.length,
    }));
}
