/**
 * Fits which of the values a text may tell of a facet it does tell, and writes it beside the rules:
 *   node tools/fit-facets.ts [--shared ../shared] [--fixtures test/fixtures] [--dry]
 * To be run when rules of these facets, or what is heard of them, have changed. The figures it prints are of sets left out.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NEEDS } from '../src/classify/facets/certifications/certifications.ts';
import type { FacetModels } from '../src/classify/facets/index.ts';
import { WORK_MODES } from '../src/posting/posting.ts';
import type { Linear } from '../src/text/linear.ts';
import { weigh } from '../src/text/linear.ts';
import { isBoard } from './boards.ts';
import { learnChoice } from './choice.ts';
import type { Input } from './data.ts';
import { readFacetChoices, type Told } from './facet-data.ts';
import { fitOptions } from './fit-options.ts';
import { unfittedRules } from './samples.ts';
import { facetYaml } from './write.ts';

/** Penalties were chosen by the figures of sets left out, which hardly move for three times as much or a third of them. */
const way = (classes: number, facts: number, words: number, most: number) => ({
  classes,
  floor: 200,
  penalty: { facts, words },
  least: 3,
  most,
});
const WAYS = {
  modes: way(WORK_MODES.length, 2e-4, 8e-5, 9000),
  years: way(1, 7e-5, 2e-4, 6000),
  employment: way(1, 1.5e-4, 7e-4, 6000),
  needs: way(NEEDS.length, 6e-4, 6e-4, 6000),
};

/** Waves that are the nearest to what nobody has seen. */
const UNMENDED: ReadonlySet<string> = new Set(['wave-32', 'wave-37', 'wave-38', 'wave-39', 'wave-40']);

const options = fitOptions();
const inputs: Input[] = [];
const choices = readFacetChoices(options.shared, options.fixtures, unfittedRules(), inputs);
for (const name of Object.keys(WAYS) as (keyof FacetModels)[]) {
  const all = choices[name];
  const learn = (from: readonly Told[]) =>
    learnChoice(
      from.filter(({ isOffered }) => isOffered),
      WAYS[name],
    );
  if (!options.dry) {
    const file = fileURLToPath(new URL(`../src/classify/rules/${name}.yaml`, import.meta.url));
    writeFileSync(file, facetYaml(name, learn(all), inputs));
  }
  console.log(leftOut(name, all, learn));
}

/** How well a facet is told in sets left out: a posting is right where all that is told of it is. */
function leftOut(name: keyof FacetModels, all: readonly Told[], learn: (from: readonly Told[]) => Linear): string {
  const sets = [...new Set(all.map(({ set }) => set))];
  const FOLDS = 8;
  const wrong = new Set<string>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const own = new Set(sets.filter((_, at) => at % FOLDS === fold));
    const learned = learn(all.filter(({ set }) => !own.has(set)));
    for (const told of all) if (own.has(told.set) && !isRight(told, learned)) wrong.add(told.posting);
  }
  const groups: Record<string, (set: string) => boolean> = {
    'waves by which no rule of a facet was mended': set => UNMENDED.has(set),
    waves: set => set.startsWith('wave-'),
    'real and mixed': set => ['dev', 'dev-2', 'real', 'dev-uk'].includes(set),
    sentences: set => set.endsWith('.tsv'),
    boards: isBoard,
    written: set => set.endsWith('.jsonl'),
  };
  const row = ([group, isIn]: [string, (set: string) => boolean]) => {
    const postings = [...new Set(all.filter(({ set }) => isIn(set)).map(({ posting }) => posting))];
    const right = postings.filter(posting => !wrong.has(posting)).length;
    return `| ${name}, ${group} | ${postings.length} | ${(right / postings.length).toFixed(4)} |`;
  };
  return ['| left out | n | right |', '| --- | --- | --- |', ...Object.entries(groups).map(row)].join('\n');
}

function isRight({ options, isOffered }: Told, learned: Linear): boolean {
  if (!isOffered) return false;
  const worth = new Map<unknown, { sum: number; isRight: boolean }>();
  for (const { hearing, of, value, isRight } of options) {
    const sum = Math.exp(weigh(hearing, learned)[of] as number);
    const before = worth.get(value);
    worth.set(value, { sum: (before?.sum ?? 0) + sum, isRight });
  }
  const best = [...worth.values()].reduce((a, b) => (b.sum > a.sum ? b : a), { sum: 1, isRight: !options.some(one => one.isRight) });
  return best.isRight;
}
