import type { Command } from 'commander';
import { createApi } from '../api/server.ts';
import { readConfig } from '../config.ts';
import { queueHealth } from '../queue/health.ts';
import { closeAll } from './_output.ts';
import { aborted, openParts, stopSignal } from './_parts.ts';
import { startCrawling } from './_service.ts';

export function register(program: Command): void {
  program
    .command('start')
    .description('run everything in one process: crawl due sources and serve the feed')
    .addHelpText('after', '\nExample:\n  $ PORT=8080 ombre start')
    .action(async () => {
      const signal = stopSignal();
      const parts = await openParts(readConfig());
      let crawling: Awaited<ReturnType<typeof startCrawling>> | undefined;
      let api: ReturnType<typeof createApi> | undefined;
      try {
        crawling = await startCrawling(parts);
        const { queues } = crawling;
        api = createApi({ config: parts.config, db: parts.db, health: { queue: () => queueHealth(queues) } });
        parts.log.info({ address: await api.listen({ port: parts.config.PORT, host: parts.config.HOST }) }, 'ready');
        await aborted(signal);
      } finally {
        await closeAll(
          () => api?.close(),
          () => crawling?.close(),
          () => parts.close(),
        );
      }
    });
}
