import { defaultRules } from '../classify/rules.ts';
import { readRegistry } from '../crawlers/registry.ts';
import { reclassify } from '../pipeline/reclassify.ts';
import { openQueues, type Queues } from '../queue/connection.ts';
import { isQueueAway } from '../queue/outage.ts';
import { enqueueRetag } from '../queue/visits.ts';
import { startWorker } from '../queue/worker.ts';
import { hasOutdated, retagStore } from '../store/retag.ts';
import { dueSources, putSources, removeSourcesBut } from '../store/sources.ts';
import { digestHandler } from './_digest.ts';
import { closeAll } from './_output.ts';
import { liveFetcher, type Parts, visitor } from './_parts.ts';
import { type Patience, patiently } from './_waiting.ts';

/** Brings the sources table up to the registry files. Rows with mistakes are left as they are stored, and said. */
export async function syncRegistry(parts: Parts): Promise<void> {
  const registry = await readRegistry(parts.config.SOURCES_DIR, parts.systems);
  for (const { file, line, row, field, message } of registry.problems) parts.log.warn({ file, line, row, field }, `registry: ${message}`);
  await putSources(parts.db, registry.rows);
  if (registry.problems.length > 0) {
    parts.log.warn('registry: no source is removed while a row has a mistake');
    return;
  }
  const removed = await removeSourcesBut(
    parts.db,
    registry.rows.map(row => row.slug),
    new Date(),
  );
  if (removed.length > 0) parts.log.info({ removed }, 'registry: sources removed, their postings closed');
}

/** Opens the queue, and makes visits of due sources until it is closed. With `patience`, what is not there yet is waited for. */
export async function startCrawling(parts: Parts, patience?: Patience): Promise<{ queues: Queues; close(): Promise<void> }> {
  await patiently('Postgres', patience, () => syncRegistry(parts));
  return patiently('the queue', patience, () => crawl(parts));
}

async function crawl(parts: Parts): Promise<{ queues: Queues; close(): Promise<void> }> {
  // That the queue is away the worker tells.
  const onError = (error: Error) => isQueueAway(error) || parts.log.warn({ err: error }, 'queue');
  const queues = await openQueues(parts.config, parts.url, { onError });
  const fetcher = liveFetcher(parts);
  const visit = visitor(parts, fetcher, { onlyDue: true });
  const { version } = defaultRules();
  const digest = await digestHandler(parts);
  const worker = await startWorker({
    queues,
    concurrency: parts.config.CRAWL_CONCURRENCY,
    log: parts.log,
    handlers: {
      due: async () => {
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
  }).catch(async error => {
    await closeAll(
      () => fetcher.close(),
      () => queues.close(),
    );
    throw error;
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
