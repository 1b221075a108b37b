/** Of `n` answers whose confidence lies near `said` (their mean), the share that is `right`. */
export type Bucket = { said: number; right: number; n: number };

const BUCKETS = 10;

/** Tenths of confidence, from the least sure to the surest; empty ones are left out. */
export function bucketsOf(answers: readonly { said: number; right: boolean }[]): Bucket[] {
  const buckets = Map.groupBy(answers, ({ said }) => Math.min(BUCKETS - 1, Math.floor(said * BUCKETS)));
  return [...buckets]
    .sort(([a], [b]) => a - b)
    .map(([, bucket]) => ({
      said: bucket.reduce((sum, { said }) => sum + said, 0) / bucket.length,
      right: bucket.filter(({ right }) => right).length / bucket.length,
      n: bucket.length,
    }));
}
