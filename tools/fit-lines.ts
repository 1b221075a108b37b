/**
 * Fits what a line says of what is done, and of the field the employer is in, and writes both beside the rules:
 *   node tools/fit-lines.ts [--dry]
 * To be run when rules of the work of paths have changed, before tools/fit.ts. The figures it prints are of writers left out.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readPosting } from '../src/classify/reading/posting.ts';
import { FIELD_SAID, hearLines, hearName, tellsWork, WORK_SAID } from '../src/classify/relevance/lines.ts';
import type { Hearing } from '../src/text/linear.ts';
import type { Input } from './data.ts';
import { fitOptions } from './fit-options.ts';
import { learnLinear } from './linear.ts';
import { unfittedRules } from './samples.ts';
import { fieldLinesYaml, workLinesYaml } from './write.ts';
import { leftOut, readWritten, type Written } from './written.ts';

const folder = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const ruleFile = (name: string): string => folder(`../src/classify/rules/${name}`);
/** Chosen by the figures of writers left out, which hardly move for ten times the penalties. */
const HOW = { floor: 10, penalty: { facts: 3e-4, words: 3e-4 }, least: 2, most: 4000 };
const WORK = { ...HOW, classes: WORK_SAID.length };
const FIELD = { ...HOW, classes: FIELD_SAID.length };

const options = fitOptions();
const rules = unfittedRules();

const hear = (text: string, ofWork: boolean): Hearing[] =>
  [...hearLines(readPosting({ title: '', text }, rules))].flatMap(({ segment, hearing }) => (ofWork && !tellsWork(segment) ? [] : [hearing]));

function fit(name: string, way: typeof WORK, read: (file: string, inputs: Input[]) => Written[], write: typeof workLinesYaml): void {
  const inputs: Input[] = [];
  const files = readdirSync(folder(name)).sort();
  const lines = files.flatMap(file => read(file, inputs));
  if (!options.dry) writeFileSync(ruleFile(`${name}.yaml`), write(learnLinear(lines, way), inputs));
  console.log(`${leftOut(files, lines, way)}\n`);
}

fit(
  'work-lines',
  WORK,
  (file, inputs) =>
    readWritten<(typeof WORK_SAID)[number]>(folder('work-lines'), file, inputs).flatMap(([says, text]) =>
      hear(text, true).map(hearing => ({ hearing, label: WORK_SAID.indexOf(says), weight: 1, set: file })),
    ),
  workLinesYaml,
);
/** A name stands behind a colon: "care	name: Harbor Rehab". */
fit(
  'field-lines',
  FIELD,
  (file, inputs) =>
    readWritten<(typeof FIELD_SAID)[number]>(folder('field-lines'), file, inputs).flatMap(([says, text]) => {
      const name = /^name: (.*)$/.exec(text)?.[1];
      return (name ? [hearName(name)] : hear(text, false)).map(hearing => ({ hearing, label: FIELD_SAID.indexOf(says), weight: 1, set: file }));
    }),
  fieldLinesYaml,
);
