/**
 * Fits what a line says of what is done, and writes it beside the rules:
 *   node tools/fit-work-lines.ts [--dry]
 * To be run when rules of the work of paths have changed, before tools/fit.ts. The figures it prints are of writers left out.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPosting } from '../src/classify/reading/posting.ts';
import { hearWorkLines, WORK_SAID } from '../src/classify/relevance/work-lines.ts';
import { bestOf, weigh } from '../src/text/linear.ts';
import { hashOf, type Input } from './data.ts';
import { fitOptions } from './fit-options.ts';
import { type Heard, learnLinear } from './linear.ts';
import { unfittedRules } from './samples.ts';
import { workLinesYaml } from './write.ts';

const FILE = fileURLToPath(new URL('../src/classify/rules/work-lines.yaml', import.meta.url));
const WRITTEN = fileURLToPath(new URL('work-lines', import.meta.url));
/** Chosen by the figures of writers left out, which hardly move for ten times the penalties. */
const WAY = { classes: WORK_SAID.length, floor: 10, penalty: { facts: 3e-4, words: 3e-4 }, least: 2, most: 4000 };

type Line = Heard & { readonly set: string };

const options = fitOptions();
const rules = unfittedRules();
const inputs: Input[] = [];
const files = readdirSync(WRITTEN).sort();
const lines = files.flatMap(readLines);
if (!options.dry) writeFileSync(FILE, workLinesYaml(learnLinear(lines, WAY), inputs));
console.log(['| written lines left out | of | right |', '| --- | --- | --- |', ...files.map(row)].join('\n'));

/** What is said, and the line behind a tab. */
function readLines(file: string): Line[] {
  const content = readFileSync(`${WRITTEN}/${file}`, 'utf8');
  const rows = content
    .trimEnd()
    .split('\n')
    .map(row => row.split('\t') as [(typeof WORK_SAID)[number], string]);
  inputs.push({ name: file, rows: rows.length, hash: hashOf(content) });
  return rows.flatMap(([says, text]) =>
    hearWorkLines(readPosting({ title: '', text }, rules)).map(({ hearing }) => ({
      hearing,
      label: WORK_SAID.indexOf(says),
      weight: 1,
      set: file,
    })),
  );
}

/** How the lines of a file are read by what has not learned from them. */
function row(file: string): string {
  const own = lines.filter(({ set }) => set === file);
  const learned = learnLinear(
    lines.filter(({ set }) => set !== file),
    WAY,
  );
  const right = own.filter(({ hearing, label }) => bestOf(weigh(hearing, learned)) === label).length;
  return `| ${file} | ${own.length} | ${(right / own.length).toFixed(3)} |`;
}
