import type { Command } from 'commander';
import { closeAll } from '../app/closing.ts';
import { startCrawling } from '../app/crawling.ts';
import { openParts } from '../app/parts.ts';
import { stopped, stopSignal, unlessStopped } from '../app/stopping.ts';
import { logger } from '../app/stored.ts';
import { patienceOf } from '../app/waiting.ts';
import { readConfig } from '../config.ts';

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
