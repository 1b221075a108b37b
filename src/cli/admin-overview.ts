import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openStored } from '../app/stored.ts';
import { readConfig } from '../config.ts';
import { type Overview, overviewOf } from '../desk/overview.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';

export function register(program: Command): void {
  command(program, 'admin')
    .command('overview')
    .description(
      'whether the feed is true and what to do first, as the first page of the desk tells it; exit 1 when there is something to do',
    )
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre admin overview')
    .action(async (options: { json?: boolean }) => {
      await closing(await openStored(readConfig()), async ({ db }) => {
        const overview = await overviewOf(db);
        await output(options, overview, () => readable(overview));
        if (overview.todo.length > 0) process.exitCode = 1;
      });
    });
}

function readable({ sources, workers, visits, mails, numbers, todo }: Overview): string {
  const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, count) => all + count, 0);
  const rows = [
    ['sources well', sources.well],
    ['sources that need attention', sum(sources.unwell)],
    ['sources not read whole yet', sources.unverified],
    ['sources disabled', sources.disabled],
    ['sources with closings held', numbers.held.sources],
    ['workers alive', workers.alive],
    ['visits due', visits.due],
    ['mails late', mails.late],
    ['reports of wrong tags', numbers.reports],
    ['jobs shown', numbers.open],
    ['new in 24 hours', numbers.fresh],
    ['closed in 24 hours', sum(numbers.closed)],
    ['kept open by an operator', numbers.kept.postings],
  ];
  const first = todo.map(({ what, command: name }, i) => `${i + 1}. ${what} (ombre ${name})`);
  return [table(['what', 'number'], rows), '', ...(first.length > 0 ? first : ['There is nothing to do.'])].join('\n');
}
