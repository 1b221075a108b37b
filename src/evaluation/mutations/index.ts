import { ADDITIONS } from './additions.ts';
import { DEMANDS } from './demands.ts';
import { LAYOUT } from './layout.ts';
import type { Mutation } from './mutation.ts';
import { WORDING } from './wording.ts';

/** Every mutation; those with an expected answer come last. */
export const MUTATIONS: readonly Mutation[] = [...LAYOUT, ...WORDING, ...ADDITIONS, ...DEMANDS];
