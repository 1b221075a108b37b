/** Precision, recall and their harmonic mean, each from 0 to 1. */
export type Rates = { precision: number; recall: number; f1: number };

/** The share of the items of which something holds; 1 where there is nothing to compare. */
export function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? 1 : items.filter(holds).length / items.length;
}

/** The rates of a yes-or-no question. */
export function ratesOf<T>(items: readonly T[], expected: (item: T) => boolean, got: (item: T) => boolean): Rates {
  return ratesOfCounts(items.filter(item => expected(item) && got(item)).length, items.filter(got).length, items.filter(expected).length);
}

/** The rates of `right` hits among those `said` and those that are `real`; nothing said is precise, nothing real is found. */
export function ratesOfCounts(right: number, said: number, real: number): Rates {
  const precision = said === 0 ? 1 : right / said;
  const recall = real === 0 ? 1 : right / real;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}
