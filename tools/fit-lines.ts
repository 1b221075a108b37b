/**
 * Fits what a line says of what is done, and of the field the employer is in, and writes both beside the rules:
 *   node tools/fit-lines.ts [--dry]
 * To be run when rules of the work of paths have changed, before tools/fit.ts. The figures it prints are of writers left out.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Notes, notes } from '../src/classify/learned/ear.ts';
import { readPosting } from '../src/classify/reading/posting.ts';
import { FIELD_SAID, hearFieldLines, hearName, hearWorkLines, WORK_SAID } from '../src/classify/relevance/lines.ts';
import type { Input } from './data.ts';
import { fitOptions } from './fit-options.ts';
import { learnLinear } from './linear.ts';
import { unfittedRules } from './samples.ts';
import { fieldLinesYaml, workLinesYaml } from './write.ts';
import { leftOut, readWritten, type Written } from './written.ts';

const folder = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** Chosen by the figures of writers left out; those of the work hardly move for ten times the penalties. */
const HOW = { floor: 10, least: 2, most: 4000 };
const WORK = { ...HOW, classes: WORK_SAID.length, penalty: { facts: 3e-4, words: 3e-4 } };
const FIELD = { ...HOW, classes: FIELD_SAID.length, penalty: { facts: 1e-4, words: 1e-4 } };

const options = fitOptions();
const rules = unfittedRules();
const read = (text: string) => readPosting({ title: '', text }, rules);

learn('work-lines', WORK_SAID, WORK, text => Array.from(hearWorkLines(read(text), notes), ({ heard }) => heard), workLinesYaml);
learn('field-lines', FIELD_SAID, FIELD, hearField, fieldLinesYaml);

/** A line, or a name behind "name: ". */
function hearField(text: string): Notes[] {
  const [, name] = text.split(/^name: /);
  return name === undefined ? Array.from(hearFieldLines(read(text), notes), ({ heard }) => heard) : [hearName(name, new Notes())];
}

/** Learns one of them from the lines of its folder. */
function learn(
  name: string,
  classes: readonly string[],
  way: typeof WORK,
  hear: (text: string) => Notes[],
  write: typeof workLinesYaml,
): void {
  const inputs: Input[] = [];
  const files = readdirSync(folder(name)).sort();
  const lines = files.flatMap(file =>
    readWritten<string>(folder(name), file, inputs).flatMap(([says, text]) =>
      hear(text).map((hearing): Written => ({ hearing, label: classes.indexOf(says), weight: 1, set: file })),
    ),
  );
  if (!options.dry) writeFileSync(folder(`../src/classify/rules/${name}.yaml`), write(learnLinear(lines, way), inputs));
  console.log(`${leftOut(files, lines, way)}\n`);
}
