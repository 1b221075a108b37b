import type { Command } from 'commander';
import { closeAll } from '../app/closing.ts';
import { readConfig } from '../config.ts';
import { databaseUrl } from '../postgres/server/server.ts';
import { openDatabase } from '../store/database.ts';
import { migrate } from '../store/migrate.ts';
import { print, printJson } from './_output.ts';

export function register(program: Command): void {
  program
    .command('migrate')
    .description('bring the database up to date; safe to run again, and beside other processes')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ DATABASE_URL=postgres://… ombre migrate')
    .action(async (options: { json?: boolean }) => {
      const postgres = await databaseUrl(readConfig());
      const db = openDatabase(postgres.url, { max: 2 });
      try {
        const { applied } = await migrate(db);
        if (options.json) await printJson({ applied });
        else await print(applied.length === 0 ? 'Nothing to apply: the database is up to date.\n' : `Applied ${applied.join(', ')}.\n`);
      } finally {
        await closeAll(
          () => db.destroy(),
          () => postgres.stop(),
        );
      }
    });
}
