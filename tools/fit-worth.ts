/**
 * Fits what speaks for reading the page behind a title, and writes it beside the rules:
 *   node tools/fit-worth.ts [--shared ../shared] [--fixtures test/fixtures] [--dry]
 * To be run when rules of titles have changed. The figures it prints are of sets and employers left out of what judged them.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hospitalTitles } from '../bench/_titles.ts';
import type { CompiledRules } from '../src/classify/compile/compile.ts';
import { Notes } from '../src/classify/learned/ear.ts';
import { hearListed, namesMore, readTitle, WORTH } from '../src/classify/relevance/title.ts';
import { type Linear, weigh } from '../src/text/linear.ts';
import type { Sample } from './data.ts';
import { fitOptions } from './fit-options.ts';
import { type Heard, learnLinear } from './linear.ts';
import { readListed } from './listed-data.ts';
import { unfittedRules } from './samples.ts';
import { worthYaml } from './write.ts';

const RULES = fileURLToPath(new URL('../src/classify/rules/', import.meta.url));
/** Chosen by the figures of sets left out, which hardly move for half or twice the penalties. */
const WAY = { classes: WORTH.length, floor: 2, penalty: { facts: 2e-4, words: 2e-4 }, least: 3, most: 2500 };
/** Of the wanted postings of sets left out, the share whose titles the bar must keep. */
const KEPT = 0.975;
/** Sets are left out in so many groups. */
const GROUPS = 6;
/** Boards as they come count most; a label its reader doubted counts less. */
const SET_WEIGHT: Readonly<Record<string, number>> = { titles: 1, hospitals: 1, 'real-us': 3, 'real-uk': 1, lookalikes: 0.4 };
const USUAL = 0.8;
const DOUBTED = 0.4;
const weightOf = ({ set, sure }: Sample): number => (SET_WEIGHT[set] ?? USUAL) * (sure ? 1 : DOUBTED);
/** The sets whose wanted postings the bar is set by: those that were labelled as whole postings and not written to be learned from. */
const isJudged = (set: string): boolean => /^(?:dev|real|gold|wave)/.test(set);

const options = fitOptions();

type Row = Heard & { readonly sample: Sample; readonly always: boolean };

const rules = unfittedRules();
const data = readListed(options.shared, options.fixtures);
const learned = data.learned.map(sample => toRow(sample, rules));
const judged = [...new Set(learned.map(({ sample }) => sample.set))].filter(isJudged);
const leftOut = Array.from({ length: GROUPS }, (_, group) => judged.filter((_, at) => at % GROUPS === group)).flatMap(sets => {
  const worth = learnLinear(
    learned.filter(({ sample }) => !sets.includes(sample.set)),
    WAY,
  );
  return learned.filter(({ sample, label }) => sets.includes(sample.set) && label === 0).map(row => oddsOf(row, worth));
});
const worth = learnLinear(learned, WAY);
const bar = barOf(leftOut, KEPT);
if (!options.dry) writeFileSync(`${RULES}worth.yaml`, worthYaml(withBar(worth, bar), data.inputs));

const kept = data.kept.map(sample => toRow(sample, rules)).filter(({ label }) => label === 0);
const sure = kept.filter(({ sample }) => sample.sure);
const hospital = hospitalTitles().titles.map(title => toRow({ input: { title, text: '' }, relevance: 'other' } as Sample, rules));
const read = hospital.map(row => oddsOf(row, worth));
const share = (odds: readonly number[], at: number) => (odds.filter(one => one >= at).length / odds.length).toFixed(3);
const odds = (rows: readonly Row[]) => rows.map(row => oddsOf(row, worth));
const lines = [0.15, 0.2, 0.25, 0.3, Number(share(read, bar))].map(part => {
  const at = barOf(read, part);
  return `| ${share(read, at)} | ${share(leftOut, at)} | ${share(odds(kept), at)} | ${share(odds(sure), at)} |`;
});
const heading = `| read of a hospital | kept of ${leftOut.length} of sets left out | of ${kept.length} titles of employers kept back | of the ${sure.length} sure ones |`;
console.log([heading, '| --- | --- | --- | --- |', ...lines].join('\n'));

function toRow(sample: Sample, by: CompiledRules): Row {
  const reading = readTitle(sample.input, by);
  const label = sample.relevance === 'nonclinical' ? 0 : 1;
  return { sample, hearing: hearListed(reading, new Notes()), always: namesMore(reading), label, weight: weightOf(sample) };
}

/** How much louder a title speaks for being read than for being left. */
function oddsOf({ hearing, always }: Row, by: Linear): number {
  const [reads = 0, leaves = 0] = weigh(hearing, by);
  return always ? Number.POSITIVE_INFINITY : reads - leaves;
}

/** The highest bar that this share is not below. */
function barOf(of: readonly number[], part: number): number {
  return of.toSorted((a, b) => b - a)[Math.ceil(part * of.length) - 1] as number;
}

/** Louder by the bar for leaving: whatever is over the bar speaks for reading. */
function withBar(linear: Linear, at: number): Linear {
  return { ...linear, bias: linear.bias.map((value, kind) => value + (kind === 0 ? -at / 2 : at / 2)) };
}
