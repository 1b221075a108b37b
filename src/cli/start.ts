import type { Command } from 'commander';
import { CrawlProgress } from '../app/crawl-progress.ts';
import { startCrawling } from '../app/crawling.ts';
import { openParts } from '../app/parts.ts';
import { runService } from '../app/service.ts';
import { serveApi } from '../app/serving.ts';
import { begun, pingOf } from '../app/watched-worker.ts';
import { defaultVersion } from '../classify/compile/compile.ts';
import { type Config, readConfig } from '../config.ts';
import { command } from './_commands.ts';
import { progress } from './_progress.ts';

export function register(program: Command): void {
  command(program, 'start')
    .addHelpText('after', '\nExample:\n  $ PORT=8080 ombre start')
    .action(async () => {
      const count = new CrawlProgress({ atATime: readConfig().CRAWL_CONCURRENCY });
      const line = progress({ tell: () => count.told(), drawnOnly: true });
      await runService(
        'start',
        async ({ config, log, patience, keep }) => {
          const parts = keep(await openParts(config, log, patience));
          let crawling: Awaited<ReturnType<typeof startCrawling>> | undefined;
          // Closed after the API, which asks it.
          keep({ close: async () => crawling?.close() });
          const queue = () => pingOf(crawling, config);
          // The port first: one that is taken is told before anything is crawled, and readers need not wait for the queue.
          const serving = { log, subscriptions: true, outage: parts.outage, queues: async () => begun(crawling).queues };
          const { address } = keep(await serveApi(config, parts.url, queue, { ...serving, role: 'start', rules: defaultVersion() }));
          // People at a terminal should not have to find it in the log.
          if (process.stderr.isTTY === true) line.say(readyWords(config, address));
          crawling = await startCrawling(parts, { patience, progress: count });
          return AbortSignal.any([parts.lost, crawling.outOfMemory]);
        },
        line.log,
      ).finally(line.done);
    });
}

function readyWords({ PUBLIC_URL }: Config, address: string): string {
  const at = PUBLIC_URL ?? address.replace('127.0.0.1', 'localhost');
  return `Ombre is at ${at}. It reads employers' sites one after another; ${at.replace(/\/$/, '')}/sources tells how far it is. Ctrl-C ends it.`;
}
