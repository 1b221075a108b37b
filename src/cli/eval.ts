import type { Command } from 'commander';
import { z } from 'zod';
import { BASELINES } from '../classify/baselines.ts';
import type { ClassifierInput } from '../classify/classification.ts';
import { classify } from '../classify/classify.ts';
import { type Evaluation, evaluate, type Guess, type Label } from '../classify/evaluate.ts';
import { type CompiledRules, defaultRules, loadRules } from '../classify/rules.ts';
import { OmbreError } from '../errors.ts';
import { CREDENTIALS, PATH_SLUGS, type Path, RELEVANCES, VERDICTS } from '../posting/taxonomy.ts';
import { print, printJson, table } from './_output.ts';
import { readJsonLines, readPostings, toClassifierInput } from './_postings.ts';

type Options = { postings: string; labels: string; rules?: string; baselines?: boolean; json?: boolean };

const number = z.number().nullable();
const label = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  relevance: z.enum(RELEVANCES),
  paths: z.array(z.enum(PATH_SLUGS as [Path, ...Path[]])),
  role: z.string().nullable(),
  verdicts: z.record(z.enum(CREDENTIALS), z.enum(VERDICTS)).nullable(),
  work_mode: z.string().nullable(),
  min_years: number,
  pay: z
    .object({ min: number, max: number, currency: z.string(), interval: z.enum(['hour', 'day', 'week', 'month', 'year', 'visit']) })
    .nullable(),
});

export function register(program: Command): void {
  program
    .command('eval')
    .description('Measure the classifier on labelled postings')
    .requiredOption('--postings <file>', 'JSON Lines of postings')
    .requiredOption('--labels <file>', 'JSON Lines of labels with the same ids')
    .option('--rules <dir>', 'use the rule files of another folder')
    .option('--baselines', 'also measure a keyword search and one regular expression per phrase')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  ombre eval --postings test/fixtures/gold/postings.jsonl --labels test/fixtures/gold/labels.jsonl')
    .action(async (options: Options) => {
      const rules = options.rules ? loadRules(options.rules) : defaultRules();
      const report = await evaluateFiles(options.postings, options.labels, rules, options.baselines ? Object.keys(BASELINES) : []);
      if (options.json) await printJson(report);
      else await print(`${describe(report)}\n`);
    });
}

export type EvaluationReport = Evaluation & { rules_version: string; baselines?: Record<string, Omit<Evaluation, 'wrong'>> };

/** Classifies the postings of one file and compares them with the labels of another. Postings without a label are left out. `baselines` are measured beside. */
export async function evaluateFiles(
  postings: string,
  labels: string,
  rules: CompiledRules,
  baselines: readonly string[] = [],
): Promise<EvaluationReport> {
  const byId = new Map<string, Label>();
  for await (const row of readJsonLines(labels, label)) byId.set(row.id, row);
  const cases: { title: string; label: Label; input: ClassifierInput }[] = [];
  for await (const line of readPostings(postings)) {
    const of = byId.get(String(line.id));
    if (of) cases.push({ title: line.title, label: of, input: toClassifierInput(line) });
  }
  if (cases.length === 0) throw new OmbreError('E_INPUT', `${labels} labels no posting of ${postings}`);
  const measure = (guess: (input: ClassifierInput) => Guess) =>
    evaluate(cases.map(({ title, label: of, input }) => ({ title, label: of, guess: guess(input) })));
  const report: EvaluationReport = { ...measure(input => classify(input, rules)), rules_version: rules.version };
  if (baselines.length === 0) return report;
  const measured = Object.entries(BASELINES)
    .filter(([name]) => baselines.includes(name))
    .map(([name, make]) => {
      const { wrong: _, ...rates } = measure(make(rules));
      return [name, rates] as const;
    });
  return { ...report, baselines: Object.fromEntries(measured) };
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function summary(name: string, of: Omit<Evaluation, 'wrong'>): string[] {
  const { relevance, path, verdicts } = of;
  return [
    name,
    percent(relevance.precision),
    percent(relevance.recall),
    percent(path.accuracy),
    percent(path.macro_f1),
    percent(verdicts.exact),
    percent(verdicts.may_apply),
  ];
}

function describe(report: EvaluationReport): string {
  const rows = [summary('ombre', report), ...Object.entries(report.baselines ?? {}).map(([name, of]) => summary(name, of))];
  const per = Object.entries(report.path.per).map(([path, { n, precision, recall, f1 }]) => [
    path,
    n,
    percent(precision),
    percent(recall),
    percent(f1),
  ]);
  const credentials = Object.entries(report.verdicts.per).map(([name, { exact, may_apply }]) => [name, percent(exact), percent(may_apply)]);
  const wrong = report.wrong.map(({ id, title, what, expected, got, rule }) => [
    id,
    title.slice(0, 48),
    what,
    short(expected),
    short(got),
    rule,
  ]);
  return [
    `${report.n} postings, rules ${report.rules_version}`,
    table(['', 'relevance precision', 'recall', 'path accuracy', 'macro F1', 'verdict exact', 'may apply'], rows),
    `role ${percent(report.role.accuracy)}, work mode ${percent(report.work_mode)}, minimum years ${percent(report.min_years)}, pay ${percent(report.pay)}`,
    table(['path', 'n', 'precision', 'recall', 'F1'], per),
    table(['credential', 'exact', 'may apply'], credentials),
    wrong.length === 0 ? 'nothing wrong' : table(['id', 'title', 'what', 'label', 'ombre', 'rule'], wrong),
  ].join('\n\n');
}

function short(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
