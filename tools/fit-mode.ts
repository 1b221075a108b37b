/**
 * Fits what tells the work mode of a sentence where no rule does, and writes it beside the rules:
 *   node tools/fit-mode.ts [--shared ../shared] [--fixtures test/fixtures] [--dry]
 * To be run whenever rules of the work mode have changed. The figures it prints are of sets left out.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { toldMode } from '../src/classify/facets/told-mode.ts';
import { readWorkMode } from '../src/classify/facets/work-mode.ts';
import type { Input } from './data.ts';
import { learnMode, type ModeCase, readModeCases } from './mode-data.ts';
import { unfittedRules } from './samples.ts';
import { modeYaml } from './write.ts';

const FILE = fileURLToPath(new URL('../src/classify/rules/mode.yaml', import.meta.url));
const FOLDS = 5;

const { values: options } = parseArgs({
  options: {
    shared: { type: 'string', default: '../shared' },
    fixtures: { type: 'string', default: 'test/fixtures' },
    dry: { type: 'boolean', default: false },
  },
});

const inputs: Input[] = [];
const cases = readModeCases(options.shared, options.fixtures, unfittedRules(), inputs);
if (!options.dry) writeFileSync(FILE, modeYaml(learnMode(cases), inputs));
const sets = [...new Set(cases.map(({ set }) => set))];
const foldOf = (set: string) => sets.indexOf(set) % FOLDS;
const folds = Array.from({ length: FOLDS }, (_, fold) => learnMode(cases.filter(({ set }) => foldOf(set) !== fold)));
console.log(['| set | n | by rules | with what is learned |', '| --- | --- | --- | --- |', ...sets.map(row)].join('\n'));

/** How a set is read by the rules alone, and with what has not learned from it. */
function row(set: string): string {
  const own = cases.filter(one => one.set === set);
  const share = (right: (one: ModeCase) => boolean) => (own.filter(right).length / own.length).toFixed(3);
  const byRules = ({ posting }: ModeCase) => readWorkMode(posting)?.value ?? null;
  const learned = folds[foldOf(set)];
  const told = ({ posting }: ModeCase) => (learned && toldMode(posting, learned)?.value) ?? null;
  return `| ${set} | ${own.length} | ${share(one => byRules(one) === one.mode)} | ${share(one => (byRules(one) ?? told(one)) === one.mode)} |`;
}
