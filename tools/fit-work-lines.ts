/**
 * Fits what a line says of what is done, and writes it beside the rules:
 *   node tools/fit-work-lines.ts [--dry]
 * To be run when rules of the work of paths have changed, before tools/fit.ts. The figures it prints are of writers left out.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { notes } from '../src/classify/learned/ear.ts';
import { readPosting } from '../src/classify/reading/posting.ts';
import { hearWorkLines, WORK_SAID } from '../src/classify/relevance/work-lines.ts';
import type { Input } from './data.ts';
import { fitOptions } from './fit-options.ts';
import { learnLinear } from './linear.ts';
import { unfittedRules } from './samples.ts';
import { workLinesYaml } from './write.ts';
import { leftOut, readWritten, type Written } from './written.ts';

const FILE = fileURLToPath(new URL('../src/classify/rules/work-lines.yaml', import.meta.url));
const WRITTEN = fileURLToPath(new URL('work-lines', import.meta.url));
/** Chosen by the figures of writers left out, which hardly move for ten times the penalties. */
const WAY = { classes: WORK_SAID.length, floor: 10, penalty: { facts: 3e-4, words: 3e-4 }, least: 2, most: 4000 };

const options = fitOptions();
const rules = unfittedRules();
const inputs: Input[] = [];
const files = readdirSync(WRITTEN).sort();
const lines = files.flatMap(readLines);
if (!options.dry) writeFileSync(FILE, workLinesYaml(learnLinear(lines, WAY), inputs));
console.log(leftOut(files, lines, WAY));

function readLines(file: string): Written[] {
  return readWritten<(typeof WORK_SAID)[number]>(WRITTEN, file, inputs).flatMap(([says, text]) =>
    Array.from(hearWorkLines(readPosting({ title: '', text }, rules), notes), ({ heard }) => ({
      hearing: heard,
      label: WORK_SAID.indexOf(says),
      weight: 1,
      set: file,
    })),
  );
}
