import { type Command, Option } from 'commander';
import { classify } from '../classify/classify.ts';
import { type CompiledRules, defaultRules, loadRules } from '../classify/compile/compile.ts';
import { BASELINES } from '../evaluation/baselines.ts';
import type { Case } from '../evaluation/case.ts';
import { figuresOf } from '../evaluation/evaluate.ts';
import { SURENESSES, type Sure } from '../evaluation/label.ts';
import { type EvaluationReport, measure, pairsOf } from '../evaluation/measure.ts';
import { readCases } from './_cases.ts';
import { command } from './_commands.ts';
import { describeEvaluation } from './_evaluation.ts';
import { output } from './_output.ts';

type Options = {
  postings: string[];
  labels: string[];
  sure?: Sure;
  /** True: told one by one. False: left out. Neither: counted. */
  mutations?: boolean;
  rules?: string;
  baselines?: boolean;
  json?: boolean;
};

const repeated = (value: string, before: string[] = []): string[] => [...before, value];

export function register(program: Command): void {
  command(program, 'eval')
    .requiredOption('--postings <file>', 'JSON Lines of postings; may be given several times', repeated)
    .requiredOption('--labels <file>', 'JSON Lines of labels with the same ids; may be given several times', repeated)
    .addOption(new Option('--sure <how>', 'only labels whose reader was that sure').choices(SURENESSES))
    .option('--rules <dir>', 'use the rule files of another folder')
    .option('--baselines', 'also measure a keyword search and one regular expression per phrase')
    .option('--mutations', 'tell which changed wordings moved an answer that must stay, or left one that must move')
    .option('--no-mutations', 'leave the changed wordings out: quicker')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  ombre eval --postings test/fixtures/gold/postings.jsonl --labels test/fixtures/gold/labels.jsonl')
    .action(async (options: Options) => {
      const cases = await readCases(options.postings, options.labels, options.sure);
      const rules = options.rules ? loadRules(options.rules) : defaultRules();
      const mutations = options.mutations ?? true;
      const report = evaluateCases(cases, rules, { baselines: options.baselines ? Object.keys(BASELINES) : [], mutations });
      if (report.mutations && !options.mutations) report.mutations = { held: report.mutations.held, of: report.mutations.of };
      await output(options, report, () => describeEvaluation(report));
    });
}

/** Classifies the postings of one file and compares them with the labels of another. `baselines` are measured beside. */
export async function evaluateFiles(
  postings: string,
  labels: string,
  rules: CompiledRules,
  baselines: readonly string[] = [],
): Promise<EvaluationReport> {
  return evaluateCases(await readCases([postings], [labels]), rules, { baselines });
}

function evaluateCases(
  cases: readonly Case[],
  rules: CompiledRules,
  { baselines = [], mutations = false }: { baselines?: readonly string[]; mutations?: boolean },
): EvaluationReport {
  const report: EvaluationReport = { ...measure(cases, input => classify(input, rules), { mutations }), rules_version: rules.version };
  if (baselines.length === 0) return report;
  const measured = Object.entries(BASELINES)
    .filter(([name]) => baselines.includes(name))
    .map(([name, make]) => [name, figuresOf(pairsOf(cases, make(rules)))] as const);
  return { ...report, baselines: Object.fromEntries(measured) };
}
