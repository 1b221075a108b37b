import type { Weigher } from '../../learned/ear.ts';

/** A value that a text may tell of a facet, and what is heard of it where it stands. */
export type Option<T, E> = {
  readonly value: T;
  readonly heard: E;
  /** Which of the scores of what is heard speaks for the value. */
  readonly of: number;
};

/** How much it speaks for a value that it stands somewhere; that nothing is told counts one. */
const worthOf = ({ heard, of }: Option<unknown, Weigher>): number => Math.exp(heard.scores()[of] as number);

/**
 * The value that a text tells, at the place that tells it most plainly, or null where it is likelier that it tells none. What stands in several
 * places adds up.
 */
export function choose<O extends Option<unknown, Weigher>>(options: readonly O[]): O | null {
  const weighed = options.map(option => ({ option, worth: worthOf(option) }));
  let best: (typeof weighed)[number] | null = null;
  let most = 1;
  for (const own of Map.groupBy(weighed, ({ option }) => option.value).values()) {
    const sum = own.reduce((total, { worth }) => total + worth, 0);
    if (sum > most) [most, best] = [sum, own.reduce((a, b) => (b.worth > a.worth ? b : a))];
  }
  return best?.option ?? null;
}
