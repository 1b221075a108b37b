import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openStored } from '../app/stored.ts';
import { readConfig } from '../config.ts';
import { type Unverified, unverifiedSources } from '../desk/unverified.ts';
import { command } from './_commands.ts';
import { output, say, table } from './_output.ts';

export function register(program: Command): void {
  command(program, 'sources')
    .command('unverified')
    .description('enabled sources that no visit has read whole yet, with the evidence in their rows and what first contact found')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre sources unverified')
    .action(async (options: { json?: boolean }) => {
      const config = readConfig();
      await closing(await openStored(config), async ({ db }) => {
        const { sources, without } = await unverifiedSources(db, config);
        if (without !== null) say(`what the registry says of them is left out: ${without}`);
        await output(options, sources, () => readable(sources));
      });
    });
}

function readable(sources: readonly Unverified[]): string {
  if (sources.length === 0) return 'Every source that is visited has been read whole.';
  const cells = sources.map(({ slug, system, evidence, contact, visit }) => [
    slug,
    system,
    contact ? `${contact.result} (${contact.at.toISOString().slice(0, 10)})` : 'not made',
    visit ? visit.outcome : 'none',
    evidence,
    contact?.todo ?? '',
  ]);
  return table(['source', 'system', 'first contact', 'last visit', 'evidence', 'what to do'], cells);
}
