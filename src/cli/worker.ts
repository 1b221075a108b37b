import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { closeAll } from './_output.ts';
import { openParts } from './_parts.ts';
import { startCrawling } from './_service.ts';
import { stopped, stopSignal, unlessStopped } from './_stopping.ts';
import { logger } from './_stored.ts';
import { patienceOf } from './_waiting.ts';

export function register(program: Command): void {
  program
    .command('worker')
    .description('visit due sources until stopped; several workers may run side by side')
    .addHelpText('after', '\nExample:\n  $ DATABASE_URL=postgres://… ombre worker')
    .action(async () => {
      const signal = stopSignal();
      const config = readConfig();
      const log = logger(config);
      const patience = patienceOf(config, log, signal);
      await unlessStopped(signal, async () => {
        const parts = await openParts(config, log, patience);
        let crawling: Awaited<ReturnType<typeof startCrawling>> | undefined;
        try {
          crawling = await startCrawling(parts, patience);
          log.info({ queue: crawling.queues.backend }, 'worker ready');
          await stopped(signal, parts.lost);
        } finally {
          await closeAll(
            () => crawling?.close(),
            () => parts.close(),
          );
        }
      });
    });
}
