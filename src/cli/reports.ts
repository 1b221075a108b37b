import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openStored } from '../app/stored.ts';
import { readConfig } from '../config.ts';
import { mistake } from '../errors.ts';
import { handleTagReports, openTagReports } from '../store/tags/tag-reports.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';

export function register(program: Command): void {
  command(program, 'reports')
    .option('--done <ids...>', 'numbers of the reports that are handled')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre reports --done 12 13')
    .action(async (options: { done?: string[]; json?: boolean }) => {
      const ids = [...new Set((options.done ?? []).map(numberOf))];
      await closing(await openStored(readConfig()), async ({ db }) => {
        const handled = await handleTagReports(db, ids);
        const reports = await openTagReports(db);
        await output(options, { handled, reports }, () => readable(handled, ids.length, reports));
        if (handled < ids.length) process.exitCode = 1;
      });
    });
}

function numberOf(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw mistake('E_USAGE', '--done', text, 'numbers of `ombre reports`, separated by spaces');
  return Number(text);
}

function readable(handled: number, asked: number, reports: Awaited<ReturnType<typeof openTagReports>>): string {
  const done = asked > 0 ? `${handled} of ${asked} marked as handled.\n` : '';
  if (reports.length === 0) return `${done}No open report.`;
  const rows = reports.map(({ id, title, posting_id, tag, expected, note }) => [id, title.slice(0, 50), posting_id, tag, expected, note]);
  return `${done}${table(['number', 'title', 'posting', 'tag', 'should be', 'note'], rows)}`;
}
