import type { Command } from 'commander';
import { startCrawling } from '../app/crawling.ts';
import { openParts } from '../app/parts.ts';
import { runService } from '../app/service.ts';

export function register(program: Command): void {
  program
    .command('worker')
    .description('visit due sources until stopped; several workers may run side by side')
    .addHelpText('after', '\nExample:\n  $ DATABASE_URL=postgres://… ombre worker')
    .action(() =>
      runService(async ({ config, log, patience, keep }) => {
        const parts = keep(await openParts(config, log, patience));
        const { queues } = keep(await startCrawling(parts, patience));
        log.info({ queue: queues.backend }, 'worker ready');
        return parts.lost;
      }),
    );
}
