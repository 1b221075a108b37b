import type { Command } from 'commander';
import { runChecks } from '../app/doctor/checks.ts';
import { describeConfig, readConfig } from '../config.ts';
import { databaseUrl } from '../postgres/server/server.ts';
import { print, printJson, say, table } from './_output.ts';

export function register(program: Command): void {
  program
    .command('doctor')
    .description('show every setting and where it came from, and check every part; exit 1 when one needs attention, 3 when one is down')
    .option('--json', 'one JSON document')
    .option('--address', 'only the address of the database with its password, for psql and the like')
    .addHelpText('after', '\nExample:\n  $ ombre doctor --json')
    .action(async (options: { json?: boolean; address?: boolean }) => {
      if (options.address) {
        const postgres = await databaseUrl(readConfig());
        await print(`${postgres.url}\n`).finally(() => postgres.stop());
        if (postgres.ends) say('ombre: nothing listens there now: the private PostgreSQL runs only while a command of Ombre does');
        return;
      }
      const settings = describeConfig();
      const found = await runChecks(readConfig());
      const checks = found.map(({ name, ok, message, remedy }) => ({ name, ok, message, remedy }));
      if (options.json) await printJson({ settings, checks });
      else {
        const shown = (value: unknown) =>
          value === null ? '(not set)' : Array.isArray(value) ? value.join(', ') || '(none)' : String(value);
        await print(
          `${table(
            ['setting', 'value', 'from'],
            settings.map(({ name, value, from }) => [name, shown(value), from]),
          )}\n\n`,
        );
        for (const { name, ok, message, remedy } of checks) {
          await print(
            `${ok ? 'ok    ' : 'BROKEN'}  ${name.padEnd(8)}  ${message}\n${remedy === null ? '' : `${' '.repeat(18)}→ ${remedy}\n`}`,
          );
        }
      }
      if (found.some(check => !check.ok)) process.exitCode = found.some(check => check.down) ? 3 : 1;
    });
}
