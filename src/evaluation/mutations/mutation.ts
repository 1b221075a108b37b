import type { Credential, Verdict } from '../../posting/taxonomy.ts';
import type { Case } from '../case.ts';

/** A number from 0 to 1 each time it is asked, always the same row for the same seed. */
export type Chance = () => number;

/**
 * A change of a posting's wording. `apply` is null where it does not surely apply. A mutation with `expected` must move the verdicts to
 * those; any other must leave the whole answer as it was.
 */
export type Mutation = {
  name: string;
  apply: (one: Case, chance: Chance) => Mutant | null;
};

export type Mutant = { title?: string; text: string; expected?: Record<Credential, Verdict> };

/** Chance seeded by a text, so that a posting is always changed in the same way. */
export function chanceOf(seed: string): Chance {
  let state = 2166136261;
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 16777619);
  return () => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9;
    const mixed = Math.imul(state ^ (state >>> 13), 3266489917);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 4294967296;
  };
}

export function pick<T>(items: readonly [T, ...T[]], chance: Chance): T {
  return items[Math.floor(chance() * items.length)] ?? items[0];
}

/** A mutation of the text alone that leaves the answer as it was; null where it changes nothing. */
export function harmless(name: string, change: (text: string, chance: Chance, one: Case) => string | null): Mutation {
  return {
    name,
    apply: (one, chance) => {
      const text = change(one.input.text, chance, one);
      return text === null || text === one.input.text ? null : { text };
    },
  };
}
