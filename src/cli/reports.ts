import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openStored, type Stored } from '../app/stored.ts';
import { readConfig } from '../config.ts';
import { settleReports } from '../desk/settled-reports.ts';
import { mistake } from '../errors.ts';
import { openTagReports, type StoredTagReport } from '../store/tags/tag-reports.ts';
import { cliActor } from './_actor.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';

type Options = { done?: string[]; apply?: boolean; json?: boolean };

export function register(program: Command): void {
  command(program, 'reports')
    .option('--done <ids...>', 'numbers of the reports that are handled')
    .option('--apply', 'with --done: mark them')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre reports --done 12 13 --apply')
    .action(async (options: Options) => {
      if (options.apply && !options.done) throw mistake('E_USAGE', '--apply', true, '--done beside it');
      const ids = [...new Set((options.done ?? []).map(numberOf))];
      await closing(await openStored(readConfig()), async ({ db }) => {
        const { handled } = options.apply ? await settleReports(db, ids, cliActor()) : { handled: await openAmong(db, ids) };
        const reports = await openTagReports(db);
        const written = options.apply === true && handled.length > 0;
        await output(options, { handled: handled.length, written, reports }, () => readable(handled.length, ids.length, options, reports));
        if (handled.length < ids.length) process.exitCode = 1;
      });
    });
}

function numberOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw mistake('E_USAGE', '--done', text, 'numbers of `ombre reports`, separated by spaces');
  return Number(text);
}

async function openAmong(db: Stored['db'], ids: readonly number[]): Promise<number[]> {
  return (await openTagReports(db, { ids, most: ids.length })).map(({ id }) => id);
}

function readable(handled: number, asked: number, { apply }: Options, reports: readonly StoredTagReport[]): string {
  const done = apply ? 'marked as handled.\n' : 'would be marked as handled. Nothing was written; --apply marks them.\n';
  const head = asked > 0 ? `${handled} of ${asked} ${done}` : '';
  if (reports.length === 0) return `${head}No open report.`;
  const rows = reports.map(({ id, title, posting_id, tag, says, rule, expected, note }) => [
    id,
    title.slice(0, 50),
    posting_id,
    tag,
    says?.slice(0, 40) ?? '',
    rule ?? '',
    expected,
    note,
  ]);
  return `${head}${table(['number', 'title', 'posting', 'tag', 'says', 'by rule', 'should be', 'note'], rows)}`;
}
