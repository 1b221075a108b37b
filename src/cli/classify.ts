import { styleText } from 'node:util';
import type { Command } from 'commander';
import type { Classification, ClassifierInput, Evidence } from '../classify/classification.ts';
import { classify } from '../classify/classify.ts';
import { type CompiledRules, loadRules } from '../classify/compile/compile.ts';
import { CREDENTIALS } from '../posting/taxonomy.ts';
import { printable, printableLines } from '../printable.ts';
import { command } from './_commands.ts';
import { jsonOf, print, printText, table } from './_output.ts';
import { readPostings, toClassifierInput } from './_postings.ts';

type Options = { json?: boolean; explain?: boolean; rules?: string };

export function register(program: Command): void {
  command(program, 'classify')
    .argument('<file>', 'one posting a line: { id, title, description, company?, location?, department?, truncated? }')
    .option('--explain', 'show the deciding words highlighted in the posting')
    .option('--rules <dir>', 'use the rule files of another folder')
    .option('--json', 'one JSON document a line, in the order of the input')
    .addHelpText('after', '\nExample:\n  ombre classify postings.jsonl --explain')
    .action(async (file: string, options: Options) => {
      await run(file, options, options.rules ? loadRules(options.rules) : undefined);
    });
}

/** Without rules the shipped ones decide; they are compiled with the first posting, so that a mistake in the file is told at once. */
async function run(file: string, options: Options, rules: CompiledRules | undefined): Promise<void> {
  const rows: (string | number | null)[][] = [];
  for await (const line of readPostings(file)) {
    const input = toClassifierInput(line);
    const classification = classify(input, rules);
    if (options.json) await print(`${jsonOf(toJson(line.id, classification))}\n`);
    else if (options.explain) await print(`${explain(String(line.id), input, classification)}\n\n`);
    else rows.push(toRow(String(line.id), input, classification));
  }
  if (!options.json && !options.explain) await printText(table(['id', 'title', 'relevance', 'path', 'role', ...CREDENTIALS], rows));
}

/** One classification as scripts read it. */
export function toJson(id: string | number, classification: Classification) {
  const { relevance, confidence, rule, evidence, paths, verdicts, facets, facetEvidence, rulesVersion } = classification;
  return {
    id,
    relevance,
    confidence,
    rule,
    paths,
    verdicts,
    facets,
    evidence: { relevance: evidence, ...facetEvidence },
    rules_version: rulesVersion,
  };
}

function toRow(id: string, { title }: ClassifierInput, { relevance, paths, verdicts }: Classification): (string | null)[] {
  const primary = paths[0];
  return [
    id,
    title.slice(0, 60),
    relevance,
    primary?.path ?? '',
    primary?.role ?? '',
    ...CREDENTIALS.map(credential => verdicts?.[credential].verdict ?? ''),
  ];
}

function explain(id: string, input: ClassifierInput, classification: Classification): string {
  const { relevance, confidence, rule, paths, reasons, verdicts, rulesVersion } = classification;
  const evidence = [
    ...classification.evidence,
    ...paths.flatMap(path => path.evidence),
    ...Object.values(verdicts ?? {}).flatMap(verdict => verdict.evidence),
  ];
  const lines = [
    `${printable(id)}  ${highlight(input.title, 'title', evidence)}`,
    `${relevance} (confidence ${confidence.toFixed(2)}) by ${rule}, rules ${rulesVersion}`,
    ...reasons.map(
      ({ part, weight, told }) =>
        `  ${weight > 0 ? '+' : '-'}${Math.abs(weight).toFixed(1)} ${part.padEnd(10)}${printable(told.join(', '))}`,
    ),
    ...paths.map(path => `path ${path.path}${path.role ? `, role ${path.role}` : ''} by ${path.rule}`),
    ...CREDENTIALS.flatMap(credential => {
      const of = verdicts?.[credential];
      return of
        ? [
            `${credential.padEnd(4)}${of.verdict.padEnd(10)}${of.confidence?.toFixed(2) ?? '    '}  ${of.rule}  ${of.evidence.map(item => `"${printable(item.text)}"`).join(', ')}`,
          ]
        : [];
    }),
    '',
    highlight(input.text, 'text', evidence),
  ];
  return lines.join('\n');
}

/** The text with the words of the evidence set off: in colour on a terminal, else between « and ». */
export function highlight(text: string, field: Evidence['field'], evidence: readonly Evidence[]): string {
  const spans = evidence.filter(item => item.field === field).sort((a, b) => a.start - b.start || b.end - a.end);
  let shown = '';
  let at = 0;
  for (const { start, end } of spans) {
    if (start < at) continue;
    shown += printableLines(text.slice(at, start)) + mark(printableLines(text.slice(start, end)));
    at = end;
  }
  return shown + printableLines(text.slice(at));
}

function mark(words: string): string {
  return process.stdout.isTTY ? styleText(['bold', 'yellow'], words) : `«${words}»`;
}
