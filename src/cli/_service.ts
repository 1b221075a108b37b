import { defaultRules } from '../classify/rules.ts';
import { reclassify } from '../pipeline/reclassify.ts';
import { openQueues, type Queues } from '../queue/connection.ts';
import { enqueueRetag } from '../queue/visits.ts';
import { startWorker } from '../queue/worker.ts';
import { databaseClock } from '../store/clock.ts';
import { hasOutdated, retagStore } from '../store/retag.ts';
import { dueSources } from '../store/schedule.ts';
import { digestHandler } from './_digest.ts';
import { closeAll } from './_output.ts';
import { liveFetcher, type Parts, visitor } from './_parts.ts';
import { syncRegistry } from './_registry.ts';
import { tidyUp } from './_tidy.ts';

/** Opens the queue, and makes visits of due sources until it is closed. */
export async function startCrawling(parts: Parts): Promise<{ queues: Queues; close(): Promise<void> }> {
  const keepRegistry = await syncRegistry(parts);
  const queues = await openQueues(parts.config, parts.url, { onError: error => parts.log.warn({ err: error }, 'queue') });
  await tidyUp(parts);
  const fetcher = liveFetcher(parts);
  const visit = visitor(parts, fetcher);
  const { version } = defaultRules();
  const digest = await digestHandler(parts);
  const worker = await startWorker({
    queues,
    concurrency: parts.config.CRAWL_CONCURRENCY,
    log: parts.log,
    handlers: {
      due: async () => {
        await keepRegistry();
        if (await hasOutdated(parts.db, version)) await enqueueRetag(queues, version);
        await tidyUp(parts);
        return dueSources(parts.db);
      },
      retag: async signal => {
        const done = await reclassify(retagStore(parts.db, databaseClock(parts.db)), version, signal);
        parts.log.info({ ...done, version }, 'stored postings brought up to the rules');
      },
      visit: async (sourceId, signal) => {
        const report = await visit(sourceId, signal);
        if (report) parts.log.info(report, 'visit');
      },
      ...(digest && { digest }),
    },
  });
  return {
    queues,
    close: () =>
      closeAll(
        () => worker.close(),
        () => fetcher.close(),
        () => queues.close(),
      ),
  };
}
