import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { readRegistry } from '../crawlers/registry.ts';
import { loadSystems } from '../crawlers/systems.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';

export function register(program: Command): void {
  command(program, 'sources')
    .command('list')
    .description('list the rows of the registry')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre sources list --json')
    .action(async (options: { json?: boolean }) => {
      const registry = await readRegistry(readConfig().SOURCES_DIR, await loadSystems());
      const rows = registry.rows.map(({ slug, name, system, target, enabled, disabledReason, paths, domain, country, evidence, file }) => ({
        slug,
        name,
        system,
        target,
        enabled,
        disabled_reason: disabledReason,
        paths,
        domain: domain ?? null,
        country: country ?? null,
        evidence,
        file,
      }));
      const cells = rows.map(row => [row.slug, row.name, row.system, row.enabled ? 'yes' : `no: ${row.disabled_reason}`]);
      await output(options, rows, () => table(['slug', 'name', 'system', 'crawled'], cells));
    });
}
