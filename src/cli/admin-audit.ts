import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openStored } from '../app/stored.ts';
import { readConfig } from '../config.ts';
import { mistake } from '../errors.ts';
import { type AuditRow, auditRows } from '../store/desk/audit.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';

const MOST = 10_000;

export function register(program: Command): void {
  command(program, 'admin')
    .command('audit')
    .description('who changed what, at the desk or by a command, newest first')
    .option('--limit <number>', 'how many', '50')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre admin audit --limit 200')
    .action(async (options: { limit: string; json?: boolean }) => {
      const most = Number(options.limit);
      if (!/^[1-9]\d*$/.test(options.limit) || most > MOST)
        throw mistake('E_USAGE', '--limit', options.limit, `a number from 1 to ${MOST}`);
      await closing(await openStored(readConfig()), async ({ db }) => {
        const rows = await auditRows(db, { most });
        await output(options, { changes: rows }, () => readable(rows));
      });
    });
}

function readable(rows: readonly AuditRow[]): string {
  if (rows.length === 0) return 'Nothing has been changed.';
  const short = (value: unknown) => (value === null ? '' : JSON.stringify(value).slice(0, 60));
  const cells = rows.map(row => [
    row.id,
    row.at.toISOString().slice(0, 19),
    row.via === 'cli' ? `command of ${row.who}` : `session ${row.who} from ${row.network}`,
    row.what,
    row.target,
    short(row.before),
    short(row.after),
  ]);
  return table(['number', 'when (UTC)', 'who', 'what', 'on what', 'before', 'after'], cells);
}
