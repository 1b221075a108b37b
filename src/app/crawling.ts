import { defaultRules } from '../classify/compile/compile.ts';
import { markOfKeys, openKeyring } from '../digest/keys.ts';
import { openQueues, type Queues } from '../queue/connection.ts';
import { VisitLater } from '../queue/handlers.ts';
import { isQueueAway } from '../queue/outage.ts';
import { startWorker } from '../queue/worker.ts';
import { dueSources } from '../store/visit/schedule.ts';
import { closeAll } from './closing.ts';
import type { CrawlProgress } from './crawl-progress.ts';
import { digestHandler } from './digest.ts';
import { liveFetcher } from './fetchers.ts';
import { startHeartbeat } from './heartbeat.ts';
import { watchMemory } from './memory.ts';
import type { Parts } from './parts.ts';
import { syncRegistry } from './registry.ts';
import { followRules, retag } from './rules-version.ts';
import { tidyUp } from './tidy.ts';
import { visitor } from './visitor.ts';
import { type Patience, patiently } from './waiting.ts';

/** `isTaking`: whether its worker takes jobs of every kind it serves. `outOfMemory` aborts with E_MEMORY when the process is to end for that. */
type Crawling = { queues: Queues; isTaking(): boolean; outOfMemory: AbortSignal; close(): Promise<void> };

/** Without it such a visit would wait for the next tick, and one a minute would be made of those that several deaths left. */
const later = () => new VisitLater('its process died twice, so it is made alone, and another such visit runs');

type CrawlOptions = {
  /** What is not there yet is waited for. */
  patience?: Patience;
  /** Keeps count. */
  progress?: CrawlProgress;
  /**
   * Without a schedule it visits and re-tags only: it reads no registry, asks for no due source and sends no mail, so that its machine needs
   * neither the registry nor the keys of the mails. Another worker must keep the schedule then.
   */
  schedule?: boolean;
};

/** Opens the queue, and makes visits of due sources until it is closed. */
export async function startCrawling(parts: Parts, options: CrawlOptions = {}): Promise<Crawling> {
  const { patience, schedule = true } = options;
  const keepRegistry = schedule ? await patiently('Postgres', patience, () => syncRegistry(parts)) : null;
  return patiently('the queue', patience, () => crawl(parts, keepRegistry, options));
}

async function crawl(parts: Parts, keepRegistry: (() => Promise<void>) | null, { progress }: CrawlOptions): Promise<Crawling> {
  const { config, db, log } = parts;
  const queues = await openQueues(config, parts.url, {
    rulesVersion: defaultRules().version,
    // That the queue is away the worker tells.
    onError: error => isQueueAway(error) || log.warn({ err: error }, 'queue'),
  });
  // What was opened last closes first.
  const opened: { close(): Promise<unknown> }[] = [queues];
  const close = () => closeAll(...opened.toReversed().map(part => () => part.close()));
  const memory = watchMemory(parts);
  opened.push(memory);
  try {
    if (keepRegistry) await tidyUp(parts);
    const fetcher = liveFetcher(parts, { onRequest: progress?.asked });
    opened.push(fetcher);
    const visit = visitor(parts, fetcher, { onlyDue: true, watch: progress, later, outOfMemory: memory.over });
    const digest = keepRegistry ? await digestHandler(parts) : undefined;
    const due = async (keep: () => Promise<void>) => {
      await keep();
      await tidyUp(parts);
      const ids = await dueSources(db);
      progress?.expect(ids.length);
      return ids;
    };
    const worker = await startWorker({
      queues,
      concurrency: config.CRAWL_CONCURRENCY,
      log,
      handlers: {
        ...(keepRegistry && { due: () => due(keepRegistry) }),
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
    return { queues, isTaking: () => worker.isTaking(), outOfMemory: memory.over, close };
  } catch (error) {
    await close();
    throw error;
  }
}
