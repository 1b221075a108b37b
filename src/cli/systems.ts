import type { Command } from 'commander';
import type { Adapter } from '../crawlers/adapter.ts';
import { loadSystems } from '../crawlers/systems.ts';
import { closedSystems } from '../crawlers/unread-systems.ts';
import { command } from './_commands.ts';
import { printJson, printText, table } from './_output.ts';

/** One board system as `ombre systems` lists it. */
export type SystemRow = Pick<Adapter, 'system' | 'kind' | 'details' | 'rendered' | 'evidence' | 'hosts'> & {
  listing: Adapter['completeness'];
  key_needed: boolean;
  /** That robots.txt closes every board of it, and how that is known; null where that is a matter of each board. */
  robots: string | null;
  /** A target as a row of the registry writes it. */
  target: unknown;
};

export function register(program: Command): void {
  command(program, 'systems')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre systems --json')
    .action(async (options: { json?: boolean }) => {
      const rows = await listSystems();
      if (options.json) return printJson(rows);
      const yes = (said: boolean) => (said ? 'yes' : '');
      const cells = rows.map(row => [
        row.system,
        row.kind,
        row.listing,
        yes(row.details),
        yes(row.rendered),
        yes(row.key_needed),
        row.evidence === 'described' ? 'not yet' : 'yes',
        row.robots ?? '',
        row.hosts.join(' '),
      ]);
      const rowsTable = table(['system', 'kind', 'listing', 'details', 'rendered', 'key', 'seen live', 'robots', 'hosts'], cells);
      const closed = closedSystems().map(({ name, closed }) => `${name} (${closed})`);
      await printText(`${rowsTable}\n\nNot read, as robots.txt closes their lists to crawlers: ${closed.join(', ')}.`);
    });
}

/** Every system with its capabilities, in alphabetical order. */
export async function listSystems(): Promise<SystemRow[]> {
  return [...(await loadSystems()).values()].map(
    ({ system, kind, completeness, details, rendered, keyNeeded, evidence, closedByRobots, hosts, example }) => ({
      system,
      kind,
      listing: completeness,
      details,
      rendered,
      key_needed: keyNeeded,
      evidence,
      robots: closedByRobots === null ? null : `refused everywhere, ${closedByRobots}`,
      hosts,
      target: example ?? null,
    }),
  );
}
