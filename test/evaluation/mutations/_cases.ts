import type { Case } from '../../../src/evaluation/case.ts';
import type { Label } from '../../../src/evaluation/label.ts';
import { chanceOf, type Mutant, type Mutation } from '../../../src/evaluation/mutations/mutation.ts';
import { CREDENTIALS, type Credential, VERDICTS, type Verdict } from '../../../src/posting/taxonomy.ts';

/** Five letters as verdicts, in the order of the credentials: `nbnbb`. */
export function verdicts(letters: string): Record<Credential, Verdict> {
  const of = (letter: string): Verdict => VERDICTS.find(verdict => verdict.startsWith(letter)) ?? 'unknown';
  return Object.fromEntries(CREDENTIALS.map((credential, at) => [credential, of(letters.charAt(at))])) as Record<Credential, Verdict>;
}

/** A labelled posting of a non-clinical job, unless `label` says otherwise. */
export function caseOf(
  text: string,
  letters = 'ooooo',
  { title = 'Claims Reviewer', ...label }: Partial<Label> & { title?: string } = {},
): Case {
  return {
    origin: 'ours',
    input: { title, text },
    label: {
      id: '1',
      relevance: 'nonclinical',
      partial: false,
      sure: 'high',
      paths: ['utilization-review'],
      role: null,
      verdicts: verdicts(letters),
      work_mode: null,
      min_years: null,
      pay: null,
      ...label,
    },
  };
}

/** What a mutation of that name makes of a case; null where it does not apply. */
export function mutant(mutations: readonly Mutation[], name: string, one: Case, seed = name): Mutant | null {
  const mutation = mutations.find(candidate => candidate.name === name);
  if (!mutation) throw new Error(`no mutation is called ${name}`);
  return mutation.apply(one, chanceOf(seed));
}
