import type { Command } from 'commander';
import type { Check } from '../app/doctor/check.ts';
import { runChecks } from '../app/doctor/checks.ts';
import { describeConfig, readConfig } from '../config.ts';
import { databaseUrl } from '../postgres/server/server.ts';
import { command } from './_commands.ts';
import { output, print, say, table } from './_output.ts';

export function register(program: Command): void {
  command(program, 'doctor')
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
      await output(options, { settings, checks }, () => readable(settings, checks));
      if (found.some(check => !check.ok)) process.exitCode = found.some(check => check.down) ? 3 : 1;
    });
}

function readable(settings: ReturnType<typeof describeConfig>, checks: readonly Check[]): string {
  const shown = (value: unknown) => (value === null ? '(not set)' : Array.isArray(value) ? value.join(', ') || '(none)' : String(value));
  const cells = settings.map(({ name, value, from }) => [name, shown(value), from]);
  const lines = checks.flatMap(({ name, ok, message, remedy }) => [
    `${ok ? 'ok    ' : 'BROKEN'}  ${name.padEnd(8)}  ${message}`,
    ...(remedy === null ? [] : [`${' '.repeat(18)}→ ${remedy}`]),
  ]);
  return [`${table(['setting', 'value', 'from'], cells)}\n`, ...lines].join('\n');
}
