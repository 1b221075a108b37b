import { defaultRules } from '../classify/rules.ts';
import { markOfKeys, openKeyring } from '../digest/keys.ts';
import { openQueues, type Queues } from '../queue/connection.ts';
import { startWorker } from '../queue/worker.ts';
import { dueSources } from '../store/schedule.ts';
import { digestHandler } from './_digest.ts';
import { startHeartbeat } from './_heartbeat.ts';
import { closeAll } from './_output.ts';
import { liveFetcher, type Parts, visitor } from './_parts.ts';
import { syncRegistry } from './_registry.ts';
import { followRules, retag } from './_rules-version.ts';
import { tidyUp } from './_tidy.ts';

/** Opens the queue, and makes visits of due sources until it is closed. */
export async function startCrawling(parts: Parts): Promise<{ queues: Queues; close(): Promise<void> }> {
  const keepRegistry = await syncRegistry(parts);
  const queues = await openQueues(parts.config, parts.url, {
    rulesVersion: defaultRules().version,
    onError: error => parts.log.warn({ err: error }, 'queue'),
  });
  await tidyUp(parts);
  const fetcher = liveFetcher(parts);
  const visit = visitor(parts, fetcher);
  const digest = await digestHandler(parts);
  const worker = await startWorker({
    queues,
    concurrency: parts.config.CRAWL_CONCURRENCY,
    log: parts.log,
    handlers: {
      due: async () => {
        await keepRegistry();
        await tidyUp(parts);
        return dueSources(parts.db);
      },
      retag: signal => retag(parts, signal),
      visit: async (sourceId, signal) => {
        const report = await visit(sourceId, signal);
        if (report) parts.log.info(report, 'visit');
      },
      ...(digest && { digest }),
    },
  });
  const rules = followRules(parts, queues);
  const digestKey = digest ? markOfKeys(await openKeyring(parts.config)) : null;
  const heartbeat = startHeartbeat(parts, { queues, worker, digestKey });
  return {
    queues,
    close: () =>
      closeAll(
        () => Promise.all([heartbeat.close(), worker.close()]),
        () => rules.close(),
        () => fetcher.close(),
        () => queues.close(),
      ),
  };
}
