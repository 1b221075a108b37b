import { defaultRules } from '../classify/compile/compile.ts';
import { markOfKeys, openKeyring } from '../digest/keys.ts';
import { openQueues, type Queues } from '../queue/connection.ts';
import { isQueueAway } from '../queue/outage.ts';
import { startWorker } from '../queue/worker.ts';
import { dueSources } from '../store/visit/schedule.ts';
import { closeAll } from './closing.ts';
import type { CrawlProgress } from './crawl-progress.ts';
import { digestHandler } from './digest.ts';
import { liveFetcher } from './fetchers.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { Parts } from './parts.ts';
import { syncRegistry } from './registry.ts';
import { followRules, retag } from './rules-version.ts';
import { tidyUp } from './tidy.ts';
import { visitor } from './visitor.ts';
import { type Patience, patiently } from './waiting.ts';

/** `isTaking`: whether its worker takes jobs of every kind it serves. */
type Crawling = { queues: Queues; isTaking(): boolean; close(): Promise<void> };

/** Opens the queue, and makes visits of due sources until it is closed; `progress` keeps count. With `patience`, what is not there yet is waited for. */
export async function startCrawling(parts: Parts, patience?: Patience, progress?: CrawlProgress): Promise<Crawling> {
  const keepRegistry = await patiently('Postgres', patience, () => syncRegistry(parts));
  return patiently('the queue', patience, () => crawl(parts, keepRegistry, progress));
}

async function crawl(parts: Parts, keepRegistry: () => Promise<void>, progress: CrawlProgress | undefined): Promise<Crawling> {
  const { config, db, log } = parts;
  const queues = await openQueues(config, parts.url, {
    rulesVersion: defaultRules().version,
    // That the queue is away the worker tells.
    onError: error => isQueueAway(error) || log.warn({ err: error }, 'queue'),
  });
  // What was opened last closes first.
  const opened: { close(): Promise<unknown> }[] = [queues];
  const close = () => closeAll(...opened.toReversed().map(part => () => part.close()));
  try {
    await tidyUp(parts);
    const fetcher = liveFetcher(parts, { onRequest: progress?.asked });
    opened.push(fetcher);
    const visit = visitor(parts, fetcher, { onlyDue: true, watch: progress });
    const digest = await digestHandler(parts);
    const worker = await startWorker({
      queues,
      concurrency: config.CRAWL_CONCURRENCY,
      log,
      handlers: {
        due: async () => {
          await keepRegistry();
          await tidyUp(parts);
          const due = await dueSources(db);
          progress?.expect(due.length);
          return due;
        },
        retag: signal => retag(parts, signal),
        visit: async (sourceId, signal) => {
          const report = await visit(sourceId, signal);
          if (report) log.info(report, 'visit');
        },
        ...(digest && { digest }),
      },
    });
    opened.push(worker, followRules(parts, queues));
    const digestKey = digest ? markOfKeys(await openKeyring(config)) : null;
    opened.push(startHeartbeat(parts, { queues, worker, digestKey }));
    return { queues, isTaking: () => worker.isTaking(), close };
  } catch (error) {
    await close();
    throw error;
  }
}
