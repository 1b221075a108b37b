import type { Case, Guesser } from './case.ts';
import { type Evaluation, evaluate, type Figures, relevanceRates } from './evaluate.ts';
import type { Pair } from './label.ts';
import { type Held, type MutationFigures, measureMutations } from './mutations/run.ts';
import type { Rates } from './rates.ts';

type Part = Figures & { title_blind: Rates; mutations?: Held };
type Measured = Omit<Evaluation, 'per_origin'> & {
  title_blind: Rates;
  per_origin: Record<string, Part>;
  mutations?: MutationFigures;
};

/** A title that says nothing of the job. */
const BLIND_TITLE = 'Associate';

/** Measures a classifier: each posting is read as it is, with a title that tells nothing, and with `mutations` in every changed wording. */
export function measure(cases: readonly Case[], guesser: Guesser, { mutations = false } = {}): Measured {
  const pairs = pairsOf(cases, guesser);
  const blind = pairsOf(
    cases.map(one => ({ ...one, input: { ...one.input, title: BLIND_TITLE, department: null } })),
    guesser,
  );
  const answers = pairs.map(({ guess }) => guess);
  const changed = mutations ? measureMutations(cases, answers, guesser) : null;
  const evaluation = evaluate(pairs);
  const part = ([origin, figures]: [string, Figures]): [string, Part] => [
    origin,
    {
      ...figures,
      title_blind: relevanceRates(blind.filter(pair => pair.origin === origin)),
      ...(changed ? { mutations: changed.per_origin[origin] ?? { held: 0, of: 0 } } : {}),
    },
  ];
  return {
    ...evaluation,
    per_origin: Object.fromEntries(Object.entries(evaluation.per_origin).map(part)),
    title_blind: relevanceRates(blind),
    ...(changed ? { mutations: changed } : {}),
  };
}

export function pairsOf(cases: readonly Case[], guesser: Guesser): Pair[] {
  return cases.map(({ label, origin, input }) => ({ title: input.title, origin, label, guess: guesser(input) }));
}

/** What `ombre eval` prints: figures, whose rules they are of, and those of baselines beside. */
export type EvaluationReport = Omit<Measured, 'mutations'> & {
  rules_version: string;
  mutations?: Held & Partial<MutationFigures>;
  baselines?: Record<string, Figures>;
};
