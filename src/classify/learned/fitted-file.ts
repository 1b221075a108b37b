import { z } from 'zod';
import { type Linear, readWeights } from '../../text/linear.ts';
import { object, sentence } from '../schema/fields.ts';
import { notAllowed, said } from '../schema/mistakes.ts';

const input = object('an input', {
  name: z.string(said('a sentence of 8 characters or more')),
  rows: z.int(said('a whole number')),
  hash: z.string(said('a hash of 12 hexadecimal digits')).regex(/^[0-9a-f]{12}$/),
});
/** What every fitted file begins with. */
export const head = { about: sentence, inputs: z.array(input, said('a list of inputs, each with name, rows and hash')) };

const FLOOR = said('a whole number from 1 to 200');
const floor = z.int(FLOOR).min(1, FLOOR).max(200, FLOOR);

/** "sales 1.2, other -0.4" as one number per class. */
const perClass = (classes: readonly string[]) =>
  z.string(said('classes with their numbers, such as "sales 1.2, other -0.4"')).transform((text, context): Float64Array => {
    const weights = readWeights(text, classes);
    if (weights instanceof Float64Array) return weights;
    context.addIssue({ code: 'custom', message: notAllowed(weights.wrong, weights.allowed) });
    return z.NEVER;
  });

/** A file that holds a model of some classes. */
export function linearFile(file: string, classes: readonly string[]) {
  const weights = perClass(classes);
  const terms = z.record(z.string(), weights, said('terms, each with classes and numbers'));
  return object(file, { ...head, floor, bias: weights, facts: terms, words: terms }).transform(
    ({ facts, words, floor, bias }): Linear => ({
      floor,
      bias,
      facts: new Map(Object.entries(facts)),
      words: new Map(Object.entries(words)),
    }),
  );
}
