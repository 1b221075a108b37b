import { readFileSync } from 'node:fs';
import { bestOf, weigh } from '../src/text/linear.ts';
import { hashOf, type Input } from './data.ts';
import { type Heard, learnLinear } from './linear.ts';

/** A sentence as it is heard, with its class and the file it stands in. */
export type Written = Heard & { readonly set: string };

/** The sentences of a file that were written to be learned from: what each says, and the sentence behind a tab. */
export function readWritten<Said extends string>(folder: string, file: string, inputs: Input[]): [Said, string][] {
  const content = readFileSync(`${folder}/${file}`, 'utf8');
  const rows = content
    .trimEnd()
    .split('\n')
    .map(row => row.split('\t') as [Said, string]);
  inputs.push({ name: file, rows: rows.length, hash: hashOf(content) });
  return rows;
}

/** How the sentences of every file are read by what has not learned from them. */
export function leftOut(files: readonly string[], all: readonly Written[], way: Parameters<typeof learnLinear>[1]): string {
  const row = (file: string) => {
    const own = all.filter(({ set }) => set === file);
    const learned = learnLinear(
      all.filter(({ set }) => set !== file),
      way,
    );
    const right = own.filter(({ hearing, label }) => bestOf(weigh(hearing, learned)) === label).length;
    return `| ${file} | ${own.length} | ${(right / own.length).toFixed(3)} |`;
  };
  return ['| written sentences left out | of | right |', '| --- | --- | --- |', ...files.map(row)].join('\n');
}
