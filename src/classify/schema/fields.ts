import { z } from 'zod';
import { said, saidOfFields } from './mistakes.ts';

/** An object of just these fields; any other field is told with all of them. */
export function object<Shape extends z.ZodRawShape>(what: string, shape: Shape) {
  return z.strictObject(shape, saidOfFields(what, Object.keys(shape)));
}

/** One of a closed set; any other value is told with the whole set. */
export const oneOf = <T extends string>(values: readonly T[]) => z.enum(values as readonly [T, ...T[]], said(values.join(', ')));

/** One or more of a closed set. */
export function someOf<T extends string>(values: readonly T[]) {
  const allowed = said(`a list of ${values.join(', ')}`);
  return z.array(oneOf(values), allowed).min(1, allowed);
}

/** A number from `least` to `most`. */
export function numberFrom(least: number, most: number) {
  const allowed = said(`a number from ${least} to ${most}`);
  return z.number(allowed).min(least, allowed).max(most, allowed);
}

const SENTENCE = said('a sentence of 8 characters or more');
/** A sentence a person wrote. */
export const sentence = z.string(SENTENCE).min(8, SENTENCE);
