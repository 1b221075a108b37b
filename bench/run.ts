import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { metWord, type Row } from './_rows.ts';

// Runs every benchmark that sets itself a goal, one after another, each in a process of its own, and prints one table.
// npm run bench -- [--quick] [--only startup,near] [--write]
// --quick takes under five minutes and says less surely; --write puts the table into docs/benchmarks.md.

const BENCHES = ['startup', 'committing', 'cold', 'near', 'engine', 'memory', 'classify', 'ingest', 'recrawl', 'triage', 'match'] as const;

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, write: { type: 'boolean', default: false } },
});
const only = values.only?.split(',') ?? BENCHES;
const unknown = only.filter(name => !(BENCHES as readonly string[]).includes(name));
if (unknown.length > 0) {
  process.stderr.write(`bench: --only is ${JSON.stringify(unknown.join(','))}; allowed: ${BENCHES.join(', ')}\n`);
  process.exit(2);
}
const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, load ${loadavg()[0]!.toFixed(1)} at the start`;
const rows: Row[] = [];
for (const name of BENCHES.filter(name => only.includes(name))) {
  process.stderr.write(`${name} ...\n`);
  rows.push(...(await rowsOf(name)));
}
const cells = (row: readonly string[]) => `| ${row.join(' | ')} |`;
const told = [
  cells(['what', 'ours', 'beside', 'goal', 'met']),
  cells(['---', '---', '---', '---', '---']),
  ...rows.map(({ what, ours, beside, goal, met }) => cells([what, ours, beside, goal, metWord(met)])),
].join('\n');
process.stdout.write(`${machine}\n\n${told}\n`);
if (values.write) await writeTable(`${new Date().toISOString().slice(0, 10)}, ${machine}.\n\n${told}`);

async function rowsOf(name: string): Promise<Row[]> {
  const args = [`bench/${name}.ts`, '--rows', ...(values.quick ? ['--quick'] : [])];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0) throw new Error(`bench/${name}.ts ended with ${code}`);
  return JSON.parse(said.trimEnd().split('\n').at(-1)!) as Row[];
}

/** Between the marks of the page; what stands around them is written by hand. */
async function writeTable(table: string): Promise<void> {
  const page = await readFile('docs/benchmarks.md', 'utf8');
  const marked = /(<!-- table -->\n)[\s\S]*?(<!-- end of the table -->)/;
  if (!marked.test(page)) throw new Error('docs/benchmarks.md has no marks for the table');
  await writeFile(
    'docs/benchmarks.md',
    page.replace(marked, (_, before, after) => `${before}${table}\n${after}`),
  );
}
