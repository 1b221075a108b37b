import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { readRegistry } from '../crawlers/registry.ts';
import { loadSystems } from '../crawlers/systems.ts';
import { group } from './_group.ts';
import { print, printJson, table } from './_output.ts';

export function register(program: Command): void {
  const sources = group(program, 'sources');
  sources
    .command('list')
    .description('list the rows of the registry')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre sources list --json')
    .action(async (options: { json?: boolean }) => {
      const registry = await readRegistry(readConfig().SOURCES_DIR, await loadSystems());
      const rows = registry.rows.map(({ slug, name, system, target, enabled, disabledReason, paths, domain, file }) => ({
        slug,
        name,
        system,
        target,
        enabled,
        disabled_reason: disabledReason,
        paths,
        domain: domain ?? null,
        file,
      }));
      if (options.json) await printJson(rows);
      else {
        await print(
          `${table(
            ['slug', 'name', 'system', 'crawled'],
            rows.map(row => [row.slug, row.name, row.system, row.enabled ? 'yes' : `no: ${row.disabled_reason}`]),
          )}\n`,
        );
      }
    });
  sources
    .command('check')
    .description('check every row of the registry without touching the network; exit 1 when one is wrong or there is none')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre sources check')
    .action(async (options: { json?: boolean }) => {
      const config = readConfig();
      const { rows, problems } = await readRegistry(config.SOURCES_DIR, await loadSystems());
      const enabled = rows.filter(row => row.enabled);
      const summary = {
        rows: rows.length,
        enabled: enabled.length,
        disabled: rows.length - enabled.length,
        per_system: count(enabled.map(row => row.system)),
        per_path: count(enabled.flatMap(row => row.paths)),
        problems: problems.map(({ file, row, line, field, message }) => ({ file, row, line, field, message })),
      };
      if (options.json) await printJson(summary);
      else {
        for (const problem of summary.problems) {
          await print(`${config.SOURCES_DIR}/${problem.file}:${problem.line} ${problem.row} ${problem.field}: ${problem.message}\n`);
        }
        await print(`${table(['system', 'enabled'], Object.entries(summary.per_system))}\n\n`);
        await print(`${table(['path', 'enabled'], Object.entries(summary.per_path))}\n\n`);
        await print(`${summary.rows} rows, ${summary.enabled} enabled, ${summary.disabled} disabled, ${problems.length} problems\n`);
      }
      if (problems.length > 0 || rows.length === 0) process.exitCode = 1;
    });
}

function count(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names.sort()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
