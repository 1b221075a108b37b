/**
 * Fits what the rules' verdicts are weighed with once more, and writes it beside the rules:
 *   node tools/fit-arbiter.ts [--shared ../shared] [--fixtures test/fixtures] [--dry]
 * To be run whenever rules of who may apply have changed. The figures it prints are of sets left out of what judged them.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Arbiter, judge, shareOf, weigh } from '../src/classify/requirements/arbiter.ts';
import { MAY_APPLY, VERDICTS, type Verdict } from '../src/posting/taxonomy.ts';
import { type Case, readCases } from './arbiter-data.ts';
import type { Input } from './data.ts';
import { unfittedRules } from './samples.ts';
import { fitSoftmax, type Row } from './softmax.ts';
import { arbiterYaml } from './write.ts';

const FILE = fileURLToPath(new URL('../src/classify/rules/arbiter.yaml', import.meta.url));
/** So many words speak at their full weight: as many as stand around two or three names. */
const FLOOR = 60;
/** Words are held back three times as much as facts, of which there are few; both by what served best on sets left out. */
const PENALTY = { facts: 0.005 / 3, words: 0.005 };
/** A term of fewer cases would be learned by heart. */
const LEAST = 6;
/** Words that are kept: those that say most. */
const MOST_WORDS = 2500;

const { values: options } = parseArgs({
  options: {
    shared: { type: 'string', default: '../shared' },
    fixtures: { type: 'string', default: 'test/fixtures' },
    dry: { type: 'boolean', default: false },
  },
});

const inputs: Input[] = [];
const cases = readCases(options.shared, options.fixtures, unfittedRules(), inputs);
const sets = [...new Set(cases.map(({ set }) => set))];
if (!options.dry) writeFileSync(FILE, arbiterYaml(learn(cases), inputs));
console.log(
  ['| set | n | exact | with words | may apply | with words |', '| --- | --- | --- | --- | --- | --- |', ...sets.map(row)].join('\n'),
);

/** How a set is read by the rules alone, and by an arbiter that has not learned from it. */
function row(set: string): string {
  const arbiter = learn(cases.filter(one => one.set !== set));
  const own = cases.filter(one => one.set === set);
  const share = (right: (one: Case) => boolean) => (own.filter(right).length / own.length).toFixed(3);
  const judged = new Map(own.map(one => [one, judge(one.said, weigh(one.hearing, arbiter))]));
  const may = (verdict: Verdict | undefined) => verdict !== undefined && MAY_APPLY.includes(verdict);
  const figures = [
    share(one => one.said === one.label),
    share(one => judged.get(one) === one.label),
    share(one => may(one.said) === may(one.label)),
    share(one => may(judged.get(one)) === may(one.label)),
  ];
  return `| ${set} | ${own.length} | ${figures.join(' | ')} |`;
}

function learn(from: readonly Case[]): Arbiter {
  const facts = usual(from, ({ facts: all }) => all);
  const wide = usual(from, ({ words }) => words.keys());
  const first = fitOver(from, facts, wide);
  const says = (word: string) => {
    const weights = first.words.get(word) ?? new Float64Array(1);
    return (Math.max(...weights) - Math.min(...weights)) * Math.sqrt(wide.get(word) ?? 0);
  };
  const ranked = [...wide.keys()].sort((a, b) => says(b) - says(a) || (a < b ? -1 : 1));
  return fitOver(
    from,
    facts,
    new Map(
      ranked
        .slice(0, MOST_WORDS)
        .sort()
        .map(word => [word, 1]),
    ),
  );
}

/** Terms that enough cases have, with how many. */
function usual(from: readonly Case[], termsOf: (hearing: Case['hearing']) => Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { hearing } of from) for (const term of termsOf(hearing)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return new Map([...counts].filter(([, count]) => count >= LEAST).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function fitOver(from: readonly Case[], facts: ReadonlyMap<string, number>, words: ReadonlyMap<string, number>): Arbiter {
  const index = new Map([...facts.keys(), ...words.keys()].map((term, at) => [term, at]));
  const penalty = Float64Array.from(index.keys(), (_, at) => (at < facts.size ? PENALTY.facts : PENALTY.words));
  const rows = from.map(({ hearing, label, weight }): Row => {
    const own = [...hearing.facts].flatMap(fact => (facts.has(fact) ? [index.get(fact) as number] : []));
    const heard = [...hearing.words.keys()].flatMap(word => (words.has(word) ? [index.get(word) as number] : []));
    const values = [...own.map(() => 1), ...heard.map(() => shareOf(heard.length, FLOOR))];
    return { features: [...own, ...heard], values, label: VERDICTS.indexOf(label), weight };
  });
  const model = fitSoftmax(rows, index.size, VERDICTS.length, penalty);
  const weightsOf = (term: string) => {
    const at = (index.get(term) as number) * VERDICTS.length;
    return model.weights.slice(at, at + VERDICTS.length);
  };
  const weighed = (terms: ReadonlyMap<string, number>) => new Map([...terms.keys()].map(term => [term, weightsOf(term)]));
  return { floor: FLOOR, bias: model.bias.slice(), facts: weighed(facts), words: weighed(words) };
}
