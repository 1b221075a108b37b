import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { closeAll } from './_output.ts';
import { aborted, openParts, stopSignal } from './_parts.ts';
import { serveApi } from './_serve.ts';
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
      let api: Awaited<ReturnType<typeof serveApi>> | undefined;
      try {
        crawling = await startCrawling(parts);
        api = await serveApi(parts.config, parts.url, crawling.queues, { log: parts.log, subscriptions: true });
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
