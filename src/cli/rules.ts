import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { stopSignal } from '../app/stopping.ts';
import { logger, openStored } from '../app/stored.ts';
import { defaultRules, loadRules } from '../classify/compile/compile.ts';
import { readConfig } from '../config.ts';
import { enforceRules } from '../desk/rules-in-force.ts';
import { reclassify } from '../pipeline/reclassify.ts';
import { diffRules, type RulesDiff } from '../pipeline/rules-diff.ts';
import { databaseClock } from '../store/clock.ts';
import { classifiedPostings, markOutdated, retagStore } from '../store/tags/retag.ts';
import { versionInForce } from '../store/tags/rules-versions.ts';
import { cliActor } from './_actor.ts';
import { command } from './_commands.ts';
import { output, say, table } from './_output.ts';
import { progress } from './_progress.ts';

export function register(program: Command): void {
  const rules = command(program, 'rules');
  rules
    .command('diff')
    .description('show which stored postings would move under other rules; writes nothing')
    .option('--rules <dir>', 'folder of rule files; default: the rules in force')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  $ cp -r src/classify/rules /tmp/rules   # edit a copy, then\n  $ ombre rules diff --rules /tmp/rules',
    )
    .action(async (options: { rules?: string; json?: boolean }) => {
      // Rules with a mistake are named before a database is opened.
      const other = options.rules ? loadRules(options.rules) : defaultRules();
      await closing(await openStored(readConfig()), async ({ db }) => {
        const diff = await diffRules(classifiedPostings(db), other);
        await output(options, diff, () => readable(diff));
      });
    });
  rules
    .command('apply')
    .description(
      'put the rules and the classifier of this program in force, and bring stored postings up to them, instead of waiting for the worker',
    )
    .option('--all', 'read every stored posting again, also those this version has tagged')
    .option('--json', 'one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  $ ombre rules apply\n\nStopped half-way, it goes on where it was; with --all, run it without --all to go on.',
    )
    .action(async (options: { all?: boolean; json?: boolean }) => {
      const signal = stopSignal();
      let readAgain = 0;
      const tell = (read: number) => {
        readAgain = read;
      };
      const line = progress({ tell: () => ({ share: null, says: readAgain > 0 ? [`${readAgain} postings read again`] : [] }) });
      const config = readConfig();
      const opened = await openStored(config, logger(config, undefined, line.log));
      await closing(opened, async ({ db }) => {
        const { version } = defaultRules();
        await enforceRules(db, version, cliActor());
        if (options.all) await markOutdated(db);
        const done = await reclassify(retagStore(db, databaseClock(db)), version, signal, tell).finally(line.done);
        const inForce = await versionInForce(db);
        if (inForce !== version) {
          say(`another version, ${inForce}, came into force meanwhile: the rest is left to it`);
          process.exitCode = 1;
        }
        const text = () => `${done.read} postings read again under version ${version}, ${done.changed} changed`;
        await output(options, { ...done, version }, text);
      });
    });
}

function readable({ rules_version, read, moved, changes }: RulesDiff): string {
  const head = `${moved} of ${read} stored postings would move under version ${rules_version}. Nothing was written.`;
  if (changes.length === 0) return head;
  const rows = changes.map(({ field, from, to, count, examples }) => [
    count,
    field,
    from,
    to,
    examples.map(({ title, rule }) => `${title} (${rule})`).join('; '),
  ]);
  return `${head}\n\n${table(['postings', 'what', 'from', 'to', 'such as'], rows)}`;
}
