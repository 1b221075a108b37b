import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { replayFetcher } from '../app/fetchers.ts';
import type { Parts } from '../app/parts.ts';
import { inScratch, onOwnServer } from '../app/scratch.ts';
import { serveApi } from '../app/serving.ts';
import { stopSignal } from '../app/stopping.ts';
import { logger } from '../app/stored.ts';
import { visitor } from '../app/visitor.ts';
import { readConfig } from '../config.ts';
import { readReplay } from '../crawlers/engine/replay.ts';
import type { VisitReport } from '../pipeline/visit-source.ts';
import { openQueues, type Queues } from '../queue/connection.ts';
import type { Handlers } from '../queue/handlers.ts';
import { pingQueue } from '../queue/ping.ts';
import { enqueueVisit, waitIdle } from '../queue/visits.ts';
import { startWorker } from '../queue/worker.ts';
import { countPostings } from '../store/feed/counts.ts';
import { putSources } from '../store/visit/sources.ts';
import { MAILBOX } from '../web/subscribe/mailbox.ts';
import { command } from './_commands.ts';
import { idsPerSurface } from './_demo-feeds.ts';
import { demoMailing, demoMails } from './_demo-mail.ts';
import { output, say, table } from './_output.ts';
import { visitsTable } from './crawl.ts';

const BOARDS = fileURLToPath(new URL('../../demo/boards', import.meta.url));

export function register(program: Command): void {
  command(program, 'demo')
    .option('--once', 'end after the second visit instead of serving until Ctrl-C')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre demo --once --json')
    .action(async (options: { once?: boolean; json?: boolean }) => {
      const signal = stopSignal();
      // A demo shows itself only: its own database, removed at the end, whatever the environment says.
      const config = onOwnServer(readConfig());
      await inScratch(config, 'ombre_demo', logger(config, 'error'), parts => run(parts, options, AbortSignal.any([signal, parts.lost])));
    });
}

async function run(parts: Parts, options: { once?: boolean; json?: boolean }, signal: AbortSignal): Promise<void> {
  await closing(await openQueues(parts.config, parts.url), async queues => {
    const visits = await crawlTwice(parts, queues, options.json ? () => undefined : say, signal);
    await closing(await demoMailing(options.once ? { ...parts.config, PORT: 0 } : parts.config), async ({ config }) => {
      const mails = { subscriptions: true, mailbox: true };
      await closing(await serveApi(config, parts.url, () => pingQueue(queues), mails), async ({ address }) => {
        const postings = await countPostings(parts.db);
        const feeds = await idsPerSurface(address, 'limit=100');
        await output(options, { visits, postings, feeds }, () => summary(visits, postings, feeds));
        if (options.once) return;
        const site = address.replace('127.0.0.1', 'localhost');
        say(
          `\nThe feed is at ${site} until Ctrl-C. Subscribe there with any address: nothing is sent, the mails are at ${site}${MAILBOX}.`,
        );
        await demoMails(config, parts, address, signal);
      });
    });
  });
}

type NumberedVisit = VisitReport & { visit: number };

/** Both visits of every bundled board, through the queue and a worker as in real life; only the answers come from files. */
async function crawlTwice(parts: Parts, queues: Queues, tell: (text: string) => void, signal: AbortSignal): Promise<NumberedVisit[]> {
  const boards = await readReplay(BOARDS);
  const sources = await putSources(
    parts.db,
    boards.map(({ source }) => ({ ...source, enabled: true, disabledReason: null, everyMinutes: 1440, notes: null })),
  );
  let round = 1;
  const visits: NumberedVisit[] = [];
  await closing(replayFetcher(parts, BOARDS, { visit: () => round }), async fetcher => {
    const visit = visitor(parts, fetcher);
    const handlers: Handlers = {
      visit: async (sourceId, visitSignal) => {
        const report = await visit(sourceId, visitSignal);
        if (report) visits.push({ visit: round, ...report });
      },
    };
    const worker = await startWorker({ queues, concurrency: parts.config.CRAWL_CONCURRENCY, log: parts.log, handlers });
    await closing(worker, async () => {
      for (; round <= 2; round += 1) {
        tell(`Visit ${round} of ${sources.length} boards ...`);
        for (const source of sources) await enqueueVisit(queues, source.id);
        await waitIdle(queues, { signal, pollMs: 50 });
      }
    });
  });
  const order = new Map(sources.map((source, index) => [source.slug, index]));
  return visits.sort((a, b) => a.visit - b.visit || (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0));
}

function summary(visits: NumberedVisit[], postings: Awaited<ReturnType<typeof countPostings>>, feeds: Record<string, string[]>): string {
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
      .join(', ')}.`,
  ].join('\n');
}
