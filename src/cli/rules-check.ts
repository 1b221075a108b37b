import type { Command } from 'commander';
import { brokenExamples, countExamples } from '../classify/compile/check-examples.ts';
import { loadRules } from '../classify/compile/compile.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';

export function register(program: Command): void {
  command(program, 'rules')
    .command('check')
    .description('read the rule files and try every example of every rule; exit 1 when one does not hold, 2 when a file has a mistake')
    .option('--rules <dir>', 'folder of rule files; default: the rules Ombre ships with')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre rules check --rules /tmp/rules')
    .action(async (options: { rules?: string; json?: boolean }) => {
      const rules = loadRules(options.rules);
      const broken = brokenExamples(rules);
      const found = { rules: rules.rules.length, examples: countExamples(rules), broken };
      await output(options, found, () => readable(found));
      if (broken.length > 0) process.exitCode = 1;
    });
}

function readable({ rules, examples, broken }: { rules: number; examples: number; broken: ReturnType<typeof brokenExamples> }): string {
  if (broken.length === 0) return `${rules} rules, ${examples} examples: all hold.`;
  const rows = broken.map(({ file, rule, example, expected, got }) => [file, rule, expected, example, got]);
  return `${rules} rules, ${examples} examples: ${broken.length} ${broken.length === 1 ? 'does' : 'do'} not hold.\n\n${table(['file', 'rule', 'kind', 'example', 'got'], rows)}`;
}
