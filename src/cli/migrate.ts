import type { Command } from 'commander';
import { withDatabase } from '../app/database.ts';
import { readConfig } from '../config.ts';
import { migrate } from '../store/migrate.ts';
import { command } from './_commands.ts';
import { output } from './_output.ts';

export function register(program: Command): void {
  command(program, 'migrate')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ DATABASE_URL=postgres://… ombre migrate')
    .action(async (options: { json?: boolean }) => {
      await withDatabase(readConfig(), { max: 2 }, async db => {
        const { applied } = await migrate(db);
        const text = () => (applied.length === 0 ? 'Nothing to apply: the database is up to date.' : `Applied ${applied.join(', ')}.`);
        await output(options, { applied }, text);
      });
    });
}
