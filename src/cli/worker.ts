import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { closeAll } from './_output.ts';
import { aborted, openParts, stopSignal } from './_parts.ts';
import { startCrawling } from './_service.ts';

export function register(program: Command): void {
  program
    .command('worker')
    .description('visit due sources until stopped; several workers may run side by side')
    .addHelpText('after', '\nExample:\n  $ DATABASE_URL=postgres://… ombre worker')
    .action(async () => {
      const signal = stopSignal();
      const parts = await openParts(readConfig());
      let crawling: Awaited<ReturnType<typeof startCrawling>> | undefined;
      try {
        crawling = await startCrawling(parts);
        parts.log.info({ queue: crawling.queues.backend }, 'worker ready');
        await aborted(signal);
      } finally {
        await closeAll(
          () => crawling?.close(),
          () => parts.close(),
        );
      }
    });
}
