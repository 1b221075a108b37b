import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { openStored } from '../app/stored.ts';
import { readConfig } from '../config.ts';
import { mistake } from '../errors.ts';
import { type VisitRow, visitsOf } from '../store/visit/past.ts';
import { listSources } from '../store/visit/sources.ts';
import { command } from './_commands.ts';
import { output, table } from './_output.ts';
import { choose } from './_slugs.ts';

const MOST = 1000;

export function register(program: Command): void {
  command(program, 'sources')
    .command('visits')
    .description('the visits of one source, newest first: how each ended, what it proves, and why')
    .argument('<slug>', 'slug of the source')
    .option('--limit <number>', 'how many', '20')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre sources visits acme-health')
    .action(async (slug: string, options: { limit: string; json?: boolean }) => {
      const most = Number(options.limit);
      if (!/^[1-9]\d*$/.test(options.limit) || most > MOST)
        throw mistake('E_USAGE', '--limit', options.limit, `a number from 1 to ${MOST}`);
      await closing(await openStored(readConfig()), async ({ db }) => {
        const [source] = choose(await listSources(db), [slug], () => false);
        const visits = await visitsOf(db, source!.id, most);
        await output(options, { slug, visits }, () => readable(visits));
      });
    });
}

function readable(visits: readonly VisitRow[]): string {
  if (visits.length === 0) return 'It was never visited.';
  const cells = visits.map(({ startedAt, outcome, listed, total, requests, details, postings, reason }) => [
    startedAt.toISOString().slice(0, 16),
    outcome ?? 'under way',
    listed,
    total,
    requests,
    `${details.read}/${details.wanted}`,
    postings.new ?? 0,
    postings.closed ?? 0,
    postings.held ?? 0,
    reason,
  ]);
  return table(['began (UTC)', 'outcome', 'listed', 'total', 'requests', 'details', 'new', 'closed', 'held', 'why'], cells);
}
