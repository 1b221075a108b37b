import type { Relevance } from '../src/posting/taxonomy.ts';
import { PATH_SLUGS } from '../src/posting/taxonomy.ts';
import type { Sample } from './data.ts';

/** What was answered about a posting by weights that have not seen its set. */
export type Answer = { readonly sample: Sample; readonly chances: Readonly<Record<Relevance, number>>; readonly paths: readonly number[] };

export const answerOf = ({ nonclinical, clinical, other }: Answer['chances']): Relevance =>
  nonclinical >= Math.max(clinical, other) ? 'nonclinical' : clinical >= other ? 'clinical' : 'other';
export const pathOf = (paths: readonly number[]): string => PATH_SLUGS[paths.indexOf(Math.max(...paths))] as string;

/** Whether an answer is one about a posting as it was published. */
export const isWhole = ({ sample }: Answer): boolean => !sample.blind && !sample.little;

/**
 * A table line per set, one for the sure ones of each, and one for these without their titles and one without their texts: precision, recall, accuracy over the three
 * kinds, and the primary path of the non-clinical.
 */
export function table(answers: readonly Answer[], sets: readonly string[]): string {
  const lines = ['| set | n | P | R | kind | path | log loss |', '| --- | --- | --- | --- | --- | --- | --- |'];
  for (const set of [...sets, 'real', 'all']) {
    const of = answers.filter(({ sample }) => set === 'all' || sample.set === set || (set === 'real' && sample.set.startsWith('real-')));
    const seen = of.filter(isWhole);
    const blind = of.filter(({ sample }) => sample.blind);
    const little = of.filter(({ sample }) => sample.little);
    const isSure = ({ sample }: Answer) => sample.sure;
    lines.push(line(set, seen), line(`${set}, sure`, seen.filter(isSure)), line(`${set}, blind, sure`, blind.filter(isSure)));
    lines.push(line(`${set}, little, sure`, little.filter(isSure)));
  }
  return lines.join('\n');
}

function line(name: string, answers: readonly Answer[]): string {
  const wanted = answers.filter(({ sample }) => sample.relevance === 'nonclinical');
  const said = answers.filter(({ chances }) => answerOf(chances) === 'nonclinical');
  const right = said.filter(({ sample }) => sample.relevance === 'nonclinical').length;
  const kind = answers.filter(({ sample, chances }) => answerOf(chances) === sample.relevance).length;
  const path = wanted.filter(({ sample, paths }) => pathOf(paths) === sample.paths[0]).length;
  const loss = answers.reduce((sum, { sample, chances }) => sum - Math.log(Math.max(1e-9, chances[sample.relevance])), 0);
  const shares = [right / said.length, right / wanted.length, kind / answers.length, path / wanted.length, loss / answers.length];
  return `| ${name} | ${answers.length} | ${shares.map(share => share.toFixed(3)).join(' | ')} |`;
}

/** Of the answers as sure as this, how many are right. */
export function calibration(all: readonly Answer[]): string {
  const answers = all.filter(isWhole);
  const bounds = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01];
  const lines = ['| confidence | n | said | right |', '| --- | --- | --- | --- |'];
  for (let at = 0; at + 1 < bounds.length; at++) {
    const [from = 0, to = 1] = bounds.slice(at);
    const of = answers.filter(({ chances }) => chances[answerOf(chances)] >= from && chances[answerOf(chances)] < to);
    if (of.length === 0) continue;
    const said = of.reduce((sum, { chances }) => sum + chances[answerOf(chances)], 0) / of.length;
    const right = of.filter(({ sample, chances }) => answerOf(chances) === sample.relevance).length / of.length;
    lines.push(`| ${from} to ${Math.min(1, to)} | ${of.length} | ${said.toFixed(3)} | ${right.toFixed(3)} |`);
  }
  return lines.join('\n');
}
