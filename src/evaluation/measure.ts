import type { ClassifierInput } from '../classify/classification.ts';
import { type Evaluation, evaluate, relevanceRates } from './evaluate.ts';
import type { Guess, Label, Pair } from './label.ts';
import { type MutationFigures, measureMutations } from './mutations/run.ts';
import type { Rates } from './rates.ts';

/** A labelled posting as a classifier reads it. */
export type Case = { label: Label; origin: string; input: ClassifierInput };

/** Anything that answers for a posting. */
export type Guesser = (input: ClassifierInput) => Guess;

export type Measured = Evaluation & { title_blind: Rates; mutations?: MutationFigures };

/** A title that says nothing of the job. */
const BLIND_TITLE = 'Associate';

/** Measures a classifier: each posting is read as it is, with a title that tells nothing, and with `mutations` in every changed wording. */
export function measure(cases: readonly Case[], guesser: Guesser, { mutations = false } = {}): Measured {
  const pairs = pairsOf(cases, guesser);
  const blind = cases.map(one => ({ ...one, input: { ...one.input, title: BLIND_TITLE, department: null } }));
  const measured: Measured = { ...evaluate(pairs), title_blind: relevanceRates(pairsOf(blind, guesser)) };
  if (mutations) {
    const answers = pairs.map(({ guess }) => guess);
    measured.mutations = measureMutations(cases, answers, guesser);
  }
  return measured;
}

export function pairsOf(cases: readonly Case[], guesser: Guesser): Pair[] {
  return cases.map(({ label, origin, input }) => ({ title: input.title, origin, label, guess: guesser(input) }));
}
