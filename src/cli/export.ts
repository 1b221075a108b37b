import type { Command } from 'commander';
import { withDatabase } from '../app/database.ts';
import { stopSignal } from '../app/stopping.ts';
import { readConfig } from '../config.ts';
import { knownKeys, printsOf, textOf } from '../digest/kept-keys.ts';
import { mistake } from '../errors.ts';
import { asDatabaseError } from '../store/database.ts';
import { exportDump } from '../store/dump/export.ts';
import { FORMAT } from '../store/dump/format.ts';
import { command } from './_commands.ts';
import { writeDump } from './_dump-file.ts';
import { printJson, say } from './_output.ts';
import { progress } from './_progress.ts';

export function register(program: Command): void {
  command(program, 'export')
    .argument('<file>')
    .option('--json', 'one JSON document')
    .option('--with-keys', 'also the keys of the links in mails; whoever has the file can then act for every subscriber')
    .addHelpText('after', '\nExample:\n  $ ombre export ombre-2026-11-28.jsonl.gz')
    .action(async (file: string, options: { json?: boolean; withKeys?: boolean }) => {
      if (file === '-' && options.json) throw mistake('E_USAGE', '--json', '-', 'a FILE, as the export itself goes to stdout');
      const signal = stopSignal();
      const config = readConfig();
      const keys = await knownKeys(config);
      let rows: Readonly<Record<string, number>> = {};
      const tell = (now: typeof rows) => {
        rows = { ...now };
      };
      const line = progress({
        tell: () => ({
          share: null,
          says: Object.entries(rows)
            .slice(-1)
            .map(newest => newest.join(' ')),
        }),
      });
      // An older database is exported as it is: a backup comes before the upgrade.
      await withDatabase(config, { max: 2, readOnly: true }, async db => {
        const lines = exportDump(db, { prints: printsOf(keys), keys: options.withKeys ? keys.map(textOf) : null, tell });
        await writeDump(file, lines, signal).catch(error => {
          throw asDatabaseError(error);
        });
      }).finally(line.done);
      if (options.json) await printJson({ format: FORMAT, tables: rows });
      else say(`${sum(rows)} rows of ${Object.keys(rows).length} tables${file === '-' ? '' : ` in ${file}`}`);
    });
}

function sum(rows: Readonly<Record<string, number>>): number {
  return Object.values(rows).reduce((total, count) => total + count, 0);
}
