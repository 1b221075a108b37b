import { defaultRules } from '../classify/rules.ts';
import { reclassify } from '../pipeline/reclassify.ts';
import { openQueues, type Queues } from '../queue/connection.ts';
import { enqueueRetag } from '../queue/visits.ts';
import { startWorker } from '../queue/worker.ts';
import { hasOutdated, retagStore } from '../store/retag.ts';
import { dueSources } from '../store/sources.ts';
import { digestHandler } from './_digest.ts';
import { closeAll } from './_output.ts';
import { liveFetcher, type Parts, visitor } from './_parts.ts';
import { syncRegistry } from './_registry.ts';

/** Opens the queue, and makes visits of due sources until it is closed. */
export async function startCrawling(parts: Parts): Promise<{ queues: Queues; close(): Promise<void> }> {
  const keepRegistry = await syncRegistry(parts);
  const queues = await openQueues(parts.config, parts.url, { onError: error => parts.log.warn({ err: error }, 'queue') });
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
        return dueSources(parts.db, new Date());
      },
      retag: async signal => {
        const done = await reclassify(
          retagStore(parts.db, () => new Date()),
          version,
          signal,
        );
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
