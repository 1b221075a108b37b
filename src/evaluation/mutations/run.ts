import type { Certification } from '../../classify/classification.ts';
import { CREDENTIALS } from '../../posting/taxonomy.ts';
import type { Case, Guesser } from '../case.ts';
import { plainName } from '../certificate-names.ts';
import type { Guess } from '../label.ts';
import { MUTATIONS } from './index.ts';
import { chanceOf, type Mutant, type Mutation } from './mutation.ts';

export type Held = { held: number; of: number };
/** A mutation that did not hold: what should be said of the changed posting, and what is. */
type Broken = { id: string; title: string; mutation: string; what: string; expected: unknown; got: unknown };
export type MutationFigures = Held & { per: Record<string, Held>; per_origin: Record<string, Held>; broken: Broken[] };

/** Changes postings in every way that applies, and counts how often the answer is what it must be. `answers` are those of the unchanged ones. */
export function measureMutations(
  cases: readonly Case[],
  answers: readonly Guess[],
  guesser: Guesser,
  mutations: readonly Mutation[] = MUTATIONS,
): MutationFigures {
  const all = new Counts();
  const perOrigin = new Counts();
  const broken: Broken[] = [];
  for (const mutation of mutations) {
    all.at(mutation.name);
    cases.forEach((one, at) => {
      const before = answers[at];
      const mutant = mutation.apply(one, chanceOf(`${mutation.name} ${one.label.id}`));
      if (!before || !mutant || !comparable(one, before, mutant)) return;
      const got = said(guesser({ ...one.input, title: mutant.title ?? one.input.title, text: mutant.text }));
      const wrong = mutant.expected
        ? differences(expectedOf(before, mutant), got, VERDICTS_ONLY)
        : differences(said(before), got, EVERYTHING);
      all.add(mutation.name, wrong.length === 0);
      perOrigin.add(one.origin, wrong.length === 0);
      broken.push(...wrong.map(difference => ({ id: one.label.id, title: one.input.title, mutation: mutation.name, ...difference })));
    });
  }
  return { ...all.sum(), per: all.by, per_origin: perOrigin.by, broken };
}

/** How often something held, by name. */
class Counts {
  readonly by: Record<string, Held> = {};

  at(name: string): Held {
    this.by[name] ??= { held: 0, of: 0 };
    return this.by[name];
  }

  add(name: string, held: boolean): void {
    const count = this.at(name);
    count.of++;
    if (held) count.held++;
  }

  sum(): Held {
    const counts = Object.values(this.by);
    return { held: counts.reduce((sum, { held }) => sum + held, 0), of: counts.reduce((sum, { of }) => sum + of, 0) };
  }
}

/** A known answer is asked for only where the unchanged posting was read as its label says: else nothing would be said of the change. */
function comparable({ label }: Case, before: Guess, mutant: Mutant): boolean {
  if (!mutant.expected) return true;
  return (
    before.relevance === label.relevance &&
    CREDENTIALS.every(credential => before.verdicts?.[credential].verdict === label.verdicts?.[credential])
  );
}

type Said = Record<string, unknown>;

function expectedOf(before: Guess, { expected }: Mutant): Said {
  return { ...said(before), ...Object.fromEntries(CREDENTIALS.map(credential => [`verdict ${credential}`, expected?.[credential]])) };
}

/** An answer as one value for each thing that is measured. */
function said({ relevance, paths, verdicts, facets }: Guess): Said {
  return {
    relevance,
    path: paths[0]?.path ?? null,
    ...Object.fromEntries(CREDENTIALS.map(credential => [`verdict ${credential}`, verdicts?.[credential].verdict ?? null])),
    work_mode: facets.work_mode,
    min_years: facets.min_years,
    pay: facets.pay,
    employment_type: [...facets.employment_type].sort(),
    caseload: facets.caseload,
    certifications: facets.certifications.map(({ name, need }: Certification) => `${plainName(name)} ${need}`).sort(),
  };
}

const VERDICTS_ONLY = (what: string): boolean => what === 'relevance' || what.startsWith('verdict ');
const EVERYTHING = (): boolean => true;

function differences(then: Said, now: Said, counts: (what: string) => boolean): { what: string; expected: unknown; got: unknown }[] {
  return Object.keys(now)
    .filter(what => counts(what) && JSON.stringify(then[what]) !== JSON.stringify(now[what]))
    .map(what => ({ what, expected: then[what], got: now[what] }));
}
