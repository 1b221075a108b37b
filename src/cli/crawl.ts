import path from 'node:path';
import type { Command } from 'commander';
import { closing } from '../app/closing.ts';
import { CrawlProgress } from '../app/crawl-progress.ts';
import { liveFetcher, replayFetcher } from '../app/fetchers.ts';
import { openParts, type Parts } from '../app/parts.ts';
import { kindsOf } from '../app/registry.ts';
import { inScratch, onOwnServer } from '../app/scratch.ts';
import { stopSignal } from '../app/stopping.ts';
import { logger } from '../app/stored.ts';
import { visitor } from '../app/visitor.ts';
import { patienceOf, patiently } from '../app/waiting.ts';
import { readConfig } from '../config.ts';
import type { Fetcher } from '../crawlers/engine/fetching.ts';
import { type ReplayBoard, readReplay } from '../crawlers/engine/replay.ts';
import { readRegistry, type SourceRow } from '../crawlers/registry.ts';
import { mistake } from '../errors.ts';
import type { VisitReport } from '../pipeline/visit-source.ts';
import { healFutureTimes } from '../store/clock.ts';
import { registerSources } from '../store/visit/retire.ts';
import type { Source } from '../store/visit/sources.ts';
import { putRecorded } from '../store/visit/sources.ts';
import { command } from './_commands.ts';
import { output, say, table } from './_output.ts';
import { jsonBeside, type Progress, progress } from './_progress.ts';
import { choose } from './_slugs.ts';

type Options = { replay?: string; intoLive?: boolean; record?: string; triage: boolean; json?: boolean };

export function register(program: Command): void {
  command(program, 'crawl')
    .argument('[source...]', 'slugs of the registry')
    .option('--replay <dir>', 'answer every request from a folder of recordings, into a scratch database; no network')
    .option('--into-live', 'with --replay: into the database of the other commands; never over a source of the registry')
    .option('--record <dir>', 'keep every answer in a folder that --replay understands')
    .option('--no-triage', 'read every detail, whatever its title says (a replay does so anyway: a recorded detail costs nothing)')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre crawl encompass-health --json')
    .action(async (slugs: string[], options: Options) => {
      if (options.replay && options.record) throw mistake('E_USAGE', '--record', options.record, 'not together with --replay');
      if (options.intoLive && !options.replay) throw mistake('E_USAGE', '--into-live', true, 'only together with --replay');
      const config = readConfig();
      const count = new CrawlProgress({ atATime: config.CRAWL_CONCURRENCY });
      const line = progress({ tell: () => count.told(), plain: jsonBeside(options) });
      const log = logger(config, undefined, line.log);
      const work = (parts: Parts) => crawl(parts, slugs, options, { count, line });
      try {
        // A recording may lack what the live board has, and must neither close nor disable anything of it.
        if (options.replay && !options.intoLive) return await inScratch(onOwnServer(config), 'ombre_replay', log, work);
        await closing(await openParts(config, log), async parts => {
          await healFutureTimes(parts.db);
          await work(parts);
        });
      } finally {
        line.done();
      }
    });
}

type Watched = { count: CrawlProgress; line: Progress };

/** Makes the visits and prints them: after a stop or a fault those that were made until then. */
async function crawl(parts: Parts, slugs: string[], options: Options, { count, line }: Watched): Promise<void> {
  const { sources, fetcher, isFine } = options.replay
    ? await replayJob(parts, slugs, path.resolve(options.replay), count)
    : await liveJob(parts, slugs, options.record, count);
  const visits: VisitReport[] = [];
  const visit = visitor(parts, fetcher, { triage: options.triage && !options.replay, watch: count });
  count.expect(sources.length);
  await closing(fetcher, () => visitAll(sources, parts, visit, visits, { count, line })).finally(() => {
    line.done();
    return output(options, { visits }, () => visitsTable(visits));
  });
  if (!visits.every(isFine)) process.exitCode = 1;
}

/** What a crawl visits, by which engine, and whether a visit ended as it may. */
type Job = { sources: Source[]; fetcher: Fetcher; isFine(visit: VisitReport): boolean };

/** Rows of the registry on the live network. Every wrong slug is named before anything is written. */
async function liveJob(parts: Parts, slugs: string[], record: string | undefined, count: CrawlProgress): Promise<Job> {
  const { SOURCES_DIR } = parts.config;
  const registry = await readRegistry(SOURCES_DIR, parts.systems);
  if (registry.problems.length > 0)
    say(`the registry has ${registry.problems.length} mistakes, what they are in is left out: ombre sources check`);
  if (registry.rows.length === 0) throw mistake('E_CONFIG', 'SOURCES_DIR', SOURCES_DIR, 'a folder that holds rows of sources');
  const rows = choose(registry.rows, slugs, row => row.enabled);
  for (const row of rows.filter(row => !row.enabled)) say(`${row.slug} is disabled: ${row.disabledReason}; visited because it was named`);
  return {
    sources: (await registerSources(parts.db, rows, kindsOf(parts))).sources,
    fetcher: liveFetcher(parts, { record: record ? { dir: path.resolve(record), sources: rows } : null, onRequest: count.asked }),
    isFine: visit => FINE.includes(visit.outcome),
  };
}

/** Boards of a folder of recordings. A recording may state how a visit of it ends; without that, the same visits are fine as on the network. */
async function replayJob(parts: Parts, slugs: string[], dir: string, count: CrawlProgress): Promise<Job> {
  const recorded = (await readReplay(dir)).map(board => ({ ...board, slug: board.source.slug }));
  const boards = choose(recorded, slugs, () => true);
  const expected = new Map(boards.map(({ slug, expect }) => [slug, expect?.outcome]));
  return {
    sources: await putRecorded(
      parts.db,
      boards.map(({ source }) => recordedRow(source, parts.systems)),
    ),
    fetcher: replayFetcher(parts, dir, { onRequest: count.asked }),
    isFine: visit => [expected.get(visit.source) ?? FINE].flat().includes(visit.outcome),
  };
}

const FINE: readonly VisitReport['outcome'][] = ['complete', 'partial'];

function recordedRow(source: ReplayBoard['source'], systems: Parts['systems']): SourceRow {
  const adapter = systems.get(source.system);
  if (!adapter) throw mistake('E_SOURCE', `system of ${source.slug}`, source.system, [...systems.keys()].join(', '));
  const target = adapter.target.safeParse(source.target);
  if (!target.success) throw mistake('E_SOURCE', `target of ${source.slug}`, source.target, target.error.issues[0]?.message ?? '');
  return {
    ...source,
    target: target.data,
    enabled: false,
    disabledReason: 'from a recording',
    everyMinutes: 1440,
    notes: null,
  };
}

/**
 * Visits the sources a few at a time, and puts the reports into `visits` in the order of the sources. A visit that an outage cut off is made
 * again. After a stop or a fault no further visit begins; then the first error is thrown, and `visits` holds those that were made.
 */
async function visitAll(
  sources: Source[],
  { config, lost }: Parts,
  visit: (sourceId: number, signal: AbortSignal) => Promise<VisitReport | null>,
  visits: VisitReport[],
  { count, line }: Watched,
): Promise<void> {
  const signal = AbortSignal.any([stopSignal(), lost]);
  // That Postgres is away is told once for all visits, by whoever opened it.
  const patience = patienceOf(config, { warn: () => undefined }, signal);
  const reports = new Map<string, VisitReport>();
  const errors: unknown[] = [];
  const waiting = [...sources];
  const work = async () => {
    for (let source = waiting.shift(); source && errors.length === 0; source = waiting.shift()) {
      const { id } = source;
      try {
        const report = await patiently('Postgres', patience, () => visit(id, signal));
        if (report) reports.set(source.slug, report);
        else {
          count.skip();
          line.say(`${source.slug} is being visited by another process; left to it`);
        }
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(config.CRAWL_CONCURRENCY, sources.length) }, work));
  visits.push(...sources.flatMap(source => reports.get(source.slug) ?? []));
  if (errors.length > 0) throw signal.aborted ? signal.reason : errors[0];
}

/** Visits as people read them. */
export function visitsTable(visits: VisitReport[]): string {
  return table(
    ['source', 'system', 'outcome', 'requests', 'listed', 'new', 'changed', 'same', 'closed', 'held', 'why'],
    visits.map(({ source, system, outcome, requests, postings, reason }) => [
      source,
      system,
      outcome,
      requests,
      postings.listed,
      postings.new,
      postings.changed,
      postings.unchanged,
      postings.closed,
      postings.held,
      reason,
    ]),
  );
}
