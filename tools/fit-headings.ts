/**
 * Fits what a line announces of what follows it, and writes it beside the words of reading:
 *   node tools/fit-headings.ts [--shared ../shared] [--fixtures test/fixtures] [--dry]
 * To be run before all other fits when headings or their labels have changed. The figures it prints are of lines left out.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ANNOUNCED } from '../src/text/announcement.ts';
import { bestOf, chancesOf, type Linear, weigh } from '../src/text/linear.ts';
import { fitOptions } from './fit-options.ts';
import { type Announcing, isListed, isMet, readAnnouncing } from './heading-data.ts';
import { learnLinear } from './linear.ts';
import { headingsJson } from './write.ts';

const FILE = fileURLToPath(new URL('../src/text/headings.json', import.meta.url));
/** Chosen by the figures of lines left out, which hardly move for a third or three times the penalties. */
const WAY = { classes: ANNOUNCED.length, floor: 6, penalty: { facts: 1e-4, words: 1e-4 }, least: 2, most: 6000 };
/** Sets are left out in so many groups. */
const GROUPS = 5;

const options = fitOptions();

const { lines, inputs } = readAnnouncing(options.shared, options.fixtures);
if (!options.dry) writeFileSync(FILE, headingsJson(learn(lines), inputs));

const sets = [...new Set(lines.filter(line => !isListed(line)).map(({ set }) => set))];
const judged = Array.from({ length: GROUPS }, (_, group) => sets.filter((_, at) => at % GROUPS === group)).flatMap(judge);
console.log(
  ['| announces | lines | right | of those taken for it |', '| --- | --- | --- | --- |', ...ANNOUNCED.map(row), row(null, 0)].join('\n'),
);

/** Learns from all lines; how usual an announcement is, half by those that were met, as rare ones were written oftener than they are met. */
function learn(from: readonly Announcing[]): Linear {
  const linear = learnLinear(from, WAY);
  const [usual, learned] = [sharesOf(from.filter(isMet)), sharesOf(from)];
  return { ...linear, bias: linear.bias.map((value, at) => value + Math.log((usual[at] as number) / (learned[at] as number)) / 2) };
}

function sharesOf(of: readonly Announcing[]): number[] {
  const total = of.reduce((sum, { weight }) => sum + weight, 0);
  return ANNOUNCED.map((_, at) => of.reduce((sum, { label, weight }) => sum + (label === at ? weight : 0), 0) / total);
}

type Judged = { readonly label: number; readonly said: number };

/** The lines of some sets, each wording once, by what has met neither set nor wording. */
function judge(out: readonly string[]): Judged[] {
  const own = new Map(lines.filter(({ set }) => out.includes(set)).map(line => [line.text, line]));
  const learned = learn(lines.filter(line => isListed(line) || !own.has(line.text)));
  return [...own.values()].map(({ hearing, label }: Announcing) => ({ label, said: bestOf(chancesOf(weigh(hearing, learned))) }));
}

function row(name: string | null, at: number): string {
  const share = (of: readonly Judged[]) => (of.filter(({ label, said }) => label === said).length / of.length).toFixed(2);
  const own = name === null ? judged : judged.filter(({ label }) => label === at);
  const taken = name === null ? judged : judged.filter(({ said }) => said === at);
  return `| ${name ?? 'all'} | ${own.length} | ${share(own)} | ${share(taken)} |`;
}
