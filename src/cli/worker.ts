import type { Command } from 'commander';
import { CrawlProgress } from '../app/crawl-progress.ts';
import { startCrawling } from '../app/crawling.ts';
import { openParts } from '../app/parts.ts';
import { runService } from '../app/service.ts';
import { watchWorker } from '../app/watched-worker.ts';
import { readConfig } from '../config.ts';
import { command } from './_commands.ts';
import { progress } from './_progress.ts';

export function register(program: Command): void {
  command(program, 'worker')
    .option('--no-schedule', 'visit only: read no registry, ask for no due source, send no mail; another worker must do so')
    .addHelpText('after', '\nExample:\n  $ DATABASE_URL=postgres://… ombre worker')
    .action(async ({ schedule }: { schedule: boolean }) => {
      const count = new CrawlProgress({ atATime: readConfig().CRAWL_CONCURRENCY });
      const line = progress({ tell: () => count.told(), drawnOnly: true });
      await runService(
        'worker',
        async ({ config, log, patience, keep }) => {
          const parts = keep(await openParts(config, log, patience));
          let crawling: Awaited<ReturnType<typeof startCrawling>> | undefined;
          // Closed after what asks it.
          keep({ close: async () => crawling?.close() });
          // The port first: one that is taken is told before anything is crawled.
          if (config.METRICS_PORT !== null) keep(await watchWorker(parts, () => crawling));
          crawling = await startCrawling(parts, { patience, progress: count, schedule });
          log.info({ queue: crawling.queues.backend, schedule }, 'worker ready');
          return AbortSignal.any([parts.lost, crawling.outOfMemory]);
        },
        line.log,
      ).finally(line.done);
    });
}
