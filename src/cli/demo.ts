import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { closeAll } from '../app/closing.ts';
import type { Parts } from '../app/parts.ts';
import { inScratch, onOwnServer } from '../app/scratch.ts';
import { serveApi } from '../app/serving.ts';
import { aborted, stopSignal } from '../app/stopping.ts';
import { logger } from '../app/stored.ts';
import { visitor } from '../app/visitor.ts';
import { readConfig } from '../config.ts';
import { createEngine } from '../crawlers/engine/engine.ts';
import { MemoryHostLimiter } from '../crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../crawlers/engine/memory-robots.ts';
import { readReplay, replayTransport } from '../crawlers/engine/replay.ts';
import type { VisitReport } from '../pipeline/visit-source.ts';
import { openQueues } from '../queue/connection.ts';
import { pingQueue } from '../queue/ping.ts';
import { enqueueVisit, waitIdle } from '../queue/visits.ts';
import { startWorker } from '../queue/worker.ts';
import { countPostings } from '../store/feed/counts.ts';
import { putSources } from '../store/visit/sources.ts';
import { idsPerSurface } from './_demo-feeds.ts';
import { print, printJson, say, table } from './_output.ts';
import { visitsTable } from './crawl.ts';

const BOARDS = fileURLToPath(new URL('../../demo/boards', import.meta.url));

export function register(program: Command): void {
  program
    .command('demo')
    .description(
      'crawl the bundled boards twice through the real queue and Postgres, and serve the feed; touches neither the network nor your data',
    )
    .option('--once', 'end after the second visit instead of serving until Ctrl-C')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre demo --once --json')
    .action(async (options: { once?: boolean; json?: boolean }) => {
      const signal = stopSignal();
      // A demo shows itself only: its own database, removed at the end, whatever the environment says.
      const config = onOwnServer(readConfig());
      await inScratch(config, 'ombre_demo', logger(config, 'error'), parts => run(parts, options, signal));
    });
}

async function run(parts: Parts, options: { once?: boolean; json?: boolean }, signal: AbortSignal): Promise<void> {
  const tell = options.json ? () => undefined : say;
  const { visits, queues } = await crawlTwice(parts, tell, signal);
  const api = await serveApi(options.once ? { ...parts.config, PORT: 0 } : parts.config, parts.url, () => pingQueue(queues)).catch(
    async error => {
      await queues.close();
      throw error;
    },
  );
  try {
    const { address } = api;
    const postings = await countPostings(parts.db);
    const feeds = await idsPerSurface(address, 'limit=100');
    if (options.json) await printJson({ visits, postings, feeds });
    else await print(summary(visits, postings, feeds));
    if (options.once) return;
    say(`\nThe feed is at ${address.replace('127.0.0.1', 'localhost')} until Ctrl-C.`);
    await aborted(signal);
  } finally {
    await closeAll(
      () => api.close(),
      () => queues.close(),
    );
  }
}

/** Both visits of every bundled board, through the queue and a worker as in real life; only the answers come from files. */
async function crawlTwice(parts: Parts, tell: (text: string) => void, signal: AbortSignal) {
  const boards = await readReplay(BOARDS);
  const sources = await putSources(
    parts.db,
    boards.map(({ source }) => ({ ...source, enabled: true, disabledReason: null, everyMinutes: 1440, pathHints: [], notes: null })),
  );
  let round = 1;
  const fetcher = createEngine({
    config: parts.config,
    robots: new MemoryRobots(),
    hosts: new MemoryHostLimiter(),
    transport: replayTransport(BOARDS, { visit: () => round }),
    spacingMs: 0,
    log: parts.log,
  });
  const queues = await openQueues(parts.config, parts.url);
  const visits: (VisitReport & { visit: number })[] = [];
  const visit = visitor(parts, fetcher);
  const worker = await startWorker({
    queues,
    concurrency: parts.config.CRAWL_CONCURRENCY,
    log: parts.log,
    handlers: {
      visit: async (sourceId, visitSignal) => {
        const report = await visit(sourceId, visitSignal);
        if (report) visits.push({ visit: round, ...report });
      },
    },
  });
  try {
    for (; round <= 2; round += 1) {
      tell(`Visit ${round} of ${sources.length} boards ...`);
      for (const source of sources) await enqueueVisit(queues, source.id);
      await waitIdle(queues, { signal, pollMs: 50 });
    }
  } finally {
    await closeAll(
      () => worker.close(),
      () => fetcher.close(),
    );
  }
  const order = new Map(sources.map((source, index) => [source.slug, index]));
  visits.sort((a, b) => a.visit - b.visit || (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0));
  return { visits, queues };
}

function summary(
  visits: (VisitReport & { visit: number })[],
  postings: Awaited<ReturnType<typeof countPostings>>,
  feeds: Record<string, string[]>,
): string {
  const [first, second] = [1, 2].map(round => visits.filter(visit => visit.visit === round));
  const paths = Object.entries(postings.per_path).sort((a, b) => b[1] - a[1]);
  return [
    '\nFirst visit\n',
    visitsTable(first ?? []),
    '\n\nSecond visit: one posting changed, one is new, one closed, and a truncated board closes nothing\n',
    visitsTable(second ?? []),
    '\n\nOpen non-clinical postings per path (a posting may be in several)\n',
    table(['path', 'open'], paths),
    `\n\n${postings.seen} postings seen, ${postings.nonclinical} of them open and non-clinical, ${postings.barred} more take none of the five, ${postings.closed} closed. `,
    `Every surface shows the same ${feeds.api?.length ?? 0}: ${Object.entries(feeds)
      .map(([name, ids]) => `${name} ${ids.length}`)
      .join(', ')}.\n`,
  ].join('\n');
}
