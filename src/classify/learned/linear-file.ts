import { z } from 'zod';
import type { Linear } from '../../text/linear.ts';
import { object } from '../schema/fields.ts';
import { said } from '../schema/mistakes.ts';
import { floor, head, perClass } from './fitted-file.ts';

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
