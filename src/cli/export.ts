import type { Command } from 'commander';
import { closeAll } from '../app/closing.ts';
import { stopSignal } from '../app/stopping.ts';
import { readConfig } from '../config.ts';
import { knownKeys, printsOf, textOf } from '../digest/kept-keys.ts';
import { mistake } from '../errors.ts';
import { databaseUrl } from '../postgres/server/server.ts';
import { asDatabaseError, openDatabase } from '../store/database.ts';
import { exportDump } from '../store/dump/export.ts';
import { FORMAT } from '../store/dump/format.ts';
import { pendingMigrations } from '../store/migrate.ts';
import { writeDump } from './_dump-file.ts';
import { printJson, progress, say } from './_output.ts';

export function register(program: Command): void {
  program
    .command('export <file>')
    .description('write a backup of everything that cannot be crawled again, of one moment, beside a running Ombre; - is stdout')
    .option('--json', 'one JSON document')
    .option('--with-keys', 'also the keys of the links in mails; whoever has the file can then act for every subscriber')
    .addHelpText('after', '\nExample:\n  $ ombre export ombre-2026-11-28.jsonl.gz')
    .action(async (file: string, options: { json?: boolean; withKeys?: boolean }) => {
      if (file === '-' && options.json) throw mistake('E_USAGE', '--json', '-', 'a FILE, as the export itself goes to stdout');
      const signal = stopSignal();
      const config = readConfig();
      const keys = await knownKeys(config);
      const postgres = await databaseUrl(config);
      const db = openDatabase(postgres.url, { max: 2, readOnly: true });
      const line = progress();
      try {
        // An older database is exported as it is: a backup comes before the upgrade.
        await pendingMigrations(db);
        let rows: Readonly<Record<string, number>> = {};
        const tell = (now: typeof rows) => {
          rows = { ...now };
          line.show(
            Object.entries(rows)
              .map(([name, count]) => `${name} ${count}`)
              .at(-1) ?? '',
          );
        };
        const lines = exportDump(db, { prints: printsOf(keys), keys: options.withKeys ? keys.map(textOf) : null, tell });
        await writeDump(file, lines, signal).catch(error => {
          throw asDatabaseError(error);
        });
        line.done();
        if (options.json) await printJson({ format: FORMAT, tables: rows });
        else say(`${sum(rows)} rows of ${Object.keys(rows).length} tables${file === '-' ? '' : ` in ${file}`}`);
      } finally {
        line.done();
        await closeAll(
          () => db.destroy(),
          () => postgres.stop(),
        );
      }
    });
}

function sum(rows: Readonly<Record<string, number>>): number {
  return Object.values(rows).reduce((total, count) => total + count, 0);
}
