import type { ClassifierInput } from '../classify/classification.ts';
import type { Guess, Label } from './label.ts';

/** A labelled posting as a classifier reads it. */
export type Case = { label: Label; origin: string; input: ClassifierInput };

/** Anything that answers for a posting. */
export type Guesser = (input: ClassifierInput) => Guess;
