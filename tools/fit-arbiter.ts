/**
 * Fits what the rules' verdicts are weighed with once more, and writes it beside the rules:
 *   node tools/fit-arbiter.ts [--shared ../shared] [--fixtures test/fixtures] [--dry]
 * To be run whenever rules of who may apply have changed. The figures it prints are of sets left out of what judged them.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Learned } from '../src/classify/requirements/index.ts';
import { roleReader } from '../src/classify/requirements/roles/row-hearing.ts';
import { judge } from '../src/classify/requirements/verdicts/arbiter.ts';
import { MAY_APPLY, VERDICTS, type Verdict } from '../src/posting/taxonomy.ts';
import { chancesOf, type Linear, weigh } from '../src/text/linear.ts';
import { type Case, readCases } from './arbiter-data.ts';
import type { Input } from './data.ts';
import { fitOptions } from './fit-options.ts';
import { learnLinear } from './linear.ts';
import { learnedElsewhere, readMarked } from './role-data.ts';
import { unfittedRules } from './samples.ts';
import { arbiterYaml } from './write.ts';

const FILE = fileURLToPath(new URL('../src/classify/rules/arbiter.yaml', import.meta.url));
/** So many words speak at their full weight: as many as stand around two or three names. */
const FLOOR = 60;
/** Words are held back three times as much as facts, of which there are few; both by what served best on sets left out. */
const PENALTY = { facts: 0.0004, words: 0.0012 };
/** A term of fewer cases would be learned by heart. */
const LEAST = 6;
/** Words that are kept: those that say most. */
const MOST_WORDS = 5000;

const options = fitOptions();

const FOLDS = 5;
const folds = new Map<number, Linear>();
const inputs: Input[] = [];
const rules = unfittedRules();
const marked = readMarked(options.shared, options.fixtures, rules, []);
const learned = learnedElsewhere(marked);
const cases = readCases(options.shared, options.fixtures, { rules, learned: learnedWithout }, inputs);
const sets = [...new Set(cases.map(({ set }) => set))];
if (!options.dry) writeFileSync(FILE, arbiterYaml(learn(cases), inputs));
console.log(
  ['| set | n | exact | with words | may apply | with words |', '| --- | --- | --- | --- | --- | --- |', ...sets.map(row)].join('\n'),
);

/** An arbiter that has not learned from a set: sets are left out by the fifth. */
function without(set: string): Linear {
  const fold = sets.indexOf(set) % FOLDS;
  const known = folds.get(fold);
  const arbiter = known ?? learn(cases.filter(one => sets.indexOf(one.set) % FOLDS !== fold));
  folds.set(fold, arbiter);
  return arbiter;
}

/** What the marks of other sets teach. */
function learnedWithout(set: string): Omit<Learned, 'arbiter'> {
  const { roles, elsewhere } = learned(set);
  return { roles: roleReader(roles), elsewhere };
}

/** How a set is read by the rules alone, and by an arbiter that has not learned from it. */
function row(set: string): string {
  const arbiter = without(set);
  const own = cases.filter(one => one.set === set);
  const share = (right: (one: Case) => boolean) => (own.filter(right).length / own.length).toFixed(3);
  const judged = new Map(own.map(one => [one, judge(one.said, chancesOf(weigh(one.hearing, arbiter)))]));
  const may = (verdict: Verdict | undefined) => verdict !== undefined && MAY_APPLY.includes(verdict);
  const figures = [
    share(one => one.said === one.label),
    share(one => judged.get(one) === one.label),
    share(one => may(one.said) === may(one.label)),
    share(one => may(judged.get(one)) === may(one.label)),
  ];
  return `| ${set} | ${own.length} | ${figures.join(' | ')} |`;
}

function learn(from: readonly Case[]): Linear {
  const heard = from.map(({ hearing, label, weight }) => ({ hearing, label: VERDICTS.indexOf(label), weight }));
  return learnLinear(heard, { classes: VERDICTS.length, floor: FLOOR, penalty: PENALTY, least: LEAST, most: MOST_WORDS });
}
