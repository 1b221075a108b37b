import type { Command } from 'commander';
import { closeAll } from '../app/closing.ts';
import { startCrawling } from '../app/crawling.ts';
import { openParts } from '../app/parts.ts';
import { serveApi } from '../app/serving.ts';
import { stopped, stopSignal, unlessStopped } from '../app/stopping.ts';
import { logger } from '../app/stored.ts';
import { patienceOf } from '../app/waiting.ts';
import { type Config, readConfig } from '../config.ts';
import { type QueuePing, pingQueue } from '../queue/ping.ts';

export function register(program: Command): void {
  program
    .command('start')
    .description('run everything in one process: crawl due sources and serve the feed')
    .addHelpText('after', '\nExample:\n  $ PORT=8080 ombre start')
    .action(async () => {
      const signal = stopSignal();
      const config = readConfig();
      const log = logger(config);
      const patience = patienceOf(config, log, signal);
      await unlessStopped(signal, async () => {
        const parts = await openParts(config, log, patience);
        let crawling: Awaited<ReturnType<typeof startCrawling>> | undefined;
        let api: Awaited<ReturnType<typeof serveApi>> | undefined;
        try {
          // The port first: one that is taken is told before anything is crawled, and readers need not wait for the queue.
          const queue = async () => (crawling ? pingQueue(crawling.queues, 2_000) : notYetOpen(config));
          api = await serveApi(config, parts.url, queue, { log, subscriptions: true, outage: parts.outage });
          crawling = await startCrawling(parts, patience);
          await stopped(signal, parts.lost);
        } finally {
          await closeAll(
            () => api?.close(),
            () => crawling?.close(),
            () => parts.close(),
          );
        }
      });
    });
}

function notYetOpen({ REDIS_URL }: Config): QueuePing {
  return { ok: false, backend: REDIS_URL === null ? 'postgres' : 'redis', message: 'The queue is not open yet.', visits: null };
}
