/**
 * Fits what a sentence says of where the work is done, and writes it beside the rules:
 *   node tools/fit-sayings.ts [--shared ../shared] [--fixtures test/fixtures] [--dry]
 * To be run when rules of the work mode have changed. The figures it prints are of written sentences left out.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MODES_SAID } from '../src/classify/facets/said-mode.ts';
import type { Input } from './data.ts';
import { fitOptions } from './fit-options.ts';
import { learnLinear } from './linear.ts';
import { unfittedRules } from './samples.ts';
import { isWritten, readSayings } from './saying-data.ts';
import { sayingsYaml } from './write.ts';
import { leftOut } from './written.ts';

const FILE = fileURLToPath(new URL('../src/classify/rules/sayings.yaml', import.meta.url));
/** Chosen by the figures of sentences left out, which hardly move for a third or three times the penalties. */
const WAY = { classes: MODES_SAID.length, floor: 10, penalty: { facts: 1e-4, words: 1e-4 }, least: 2, most: 3000 };

const options = fitOptions();

const inputs: Input[] = [];
const sayings = readSayings(options.shared, options.fixtures, unfittedRules(), inputs);
if (!options.dry) writeFileSync(FILE, sayingsYaml(learnLinear(sayings, WAY), inputs));
const files = [...new Set(sayings.filter(isWritten).map(({ set }) => set))];
console.log(leftOut(files, sayings, WAY));
