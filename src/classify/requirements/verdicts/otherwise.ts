import { CREDENTIALS, type Credential, type Verdict } from '../../../posting/taxonomy.ts';
import type { Findings, Gathered } from '../parts/gather.ts';
import type { Answer } from './decide.ts';

/** How likely other verdicts on a credential are, as far as one doubtful role makes them. */
export type Otherwise = ReadonlyMap<Verdict, number>;

/** What the verdicts would be were one doubtful role another: every such chance counts toward the verdict it leads to. */
export function readOtherwise(
  answers: Readonly<Record<Credential, Answer>>,
  doubts: Gathered['doubts'],
  decide: (findings: Findings) => Record<Credential, Verdict>,
): Map<Credential, Otherwise> {
  const all = new Map(CREDENTIALS.map(credential => [credential, new Map<Verdict, number>()]));
  for (const { chance, otherwise } of doubts) {
    const verdicts = decide(otherwise());
    for (const [credential, chances] of all) {
      const verdict = verdicts[credential];
      if (verdict !== answers[credential].verdict) chances.set(verdict, (chances.get(verdict) ?? 0) + chance);
    }
  }
  return all;
}

/** Chances are told by steps, each beside those below it. */
const STEPS = [0.05, 0.1, 0.2, 0.3, 0.45];
const stepsBelow = (chance: number): number => STEPS.filter(step => chance >= step).length;

/** The same as facts: how firm the answer is, and which others are near. */
export function factsOfOtherwise(said: Verdict, otherwise: Otherwise): string[] {
  const doubt = [...otherwise.values()].reduce((sum, chance) => sum + chance, 0);
  const facts = [`in doubt ${stepsBelow(doubt)} ${said}`];
  for (const [verdict, chance] of otherwise) {
    facts.push(`perhaps ${verdict}`);
    for (let step = 1; step <= stepsBelow(chance); step++)
      facts.push(`perhaps ${verdict} ${step}`, `perhaps ${verdict} ${step} not ${said}`);
  }
  return facts;
}
