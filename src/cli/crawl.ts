import path from 'node:path';
import type { Command } from 'commander';
import { closeAll } from '../app/closing.ts';
import { liveFetcher } from '../app/fetchers.ts';
import { openParts, type Parts } from '../app/parts.ts';
import { kindsOf } from '../app/registry.ts';
import { inScratch, onOwnServer } from '../app/scratch.ts';
import { stopSignal } from '../app/stopping.ts';
import { logger } from '../app/stored.ts';
import { visitor } from '../app/visitor.ts';
import { patienceOf, patiently } from '../app/waiting.ts';
import { type Config, readConfig } from '../config.ts';
import { createEngine } from '../crawlers/engine/engine.ts';
import { MemoryHostLimiter } from '../crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../crawlers/engine/memory-robots.ts';
import { readReplay, replayTransport } from '../crawlers/engine/replay.ts';
import { readRegistry, type SourceRow } from '../crawlers/registry.ts';
import { mistake } from '../errors.ts';
import type { VisitReport } from '../pipeline/visit-source.ts';
import { healFutureTimes } from '../store/clock.ts';
import { putRecorded } from '../store/visit/recorded.ts';
import { registerSources } from '../store/visit/retire.ts';
import type { Source } from '../store/visit/sources.ts';
import { print, printJson, progress, say, table } from './_output.ts';

type Options = { replay?: string; intoLive?: boolean; record?: string; triage: boolean; json?: boolean };

export function register(program: Command): void {
  program
    .command('crawl')
    .description('visit sources now: those named, or all that are enabled')
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
      // A recording may lack what the live board has, and must neither close nor disable anything of it.
      if (options.replay && !options.intoLive) {
        await inScratch(onOwnServer(config), 'ombre_replay', logger(config), parts => crawl(parts, slugs, options));
        return;
      }
      const parts = await openParts(config);
      try {
        await healFutureTimes(parts.db);
        await crawl(parts, slugs, options);
      } finally {
        await parts.close();
      }
    });
}

/** Makes the visits and prints them: after a stop or a fault those that were made until then. */
async function crawl(parts: Parts, slugs: string[], options: Options): Promise<void> {
  const job = await prepareJob(parts, slugs, options);
  const visits: VisitReport[] = [];
  try {
    const visit = visitor(parts, job.fetcher, { triage: options.triage && !options.replay });
    await visitAll(job.sources, parts.config, visit, visits);
  } finally {
    await closeAll(
      () => job.fetcher.close(),
      () => (options.json ? printJson({ visits }) : print(`${visitsTable(visits)}\n`)),
    );
  }
  if (visits.some(visit => !job.fine(visit))) process.exitCode = 1;
}

type Job = { sources: Source[]; fetcher: ReturnType<typeof createEngine>; fine(visit: VisitReport): boolean };

/** Finds the sources and opens the engine. Every wrong slug is named before anything is written. */
async function prepareJob(parts: Parts, slugs: string[], options: Options): Promise<Job> {
  const { config } = parts;
  if (!options.replay) {
    const registry = await readRegistry(config.SOURCES_DIR, parts.systems);
    if (registry.problems.length > 0)
      say(`the registry has ${registry.problems.length} mistakes, what they are in is left out: ombre sources check`);
    if (registry.rows.length === 0) throw mistake('E_CONFIG', 'SOURCES_DIR', config.SOURCES_DIR, 'a folder that holds rows of sources');
    const rows = choose(registry.rows, slugs, row => row.enabled);
    for (const row of rows.filter(row => !row.enabled)) say(`${row.slug} is disabled: ${row.disabledReason}; visited because it was named`);
    const healthy = (visit: VisitReport) => visit.outcome === 'complete' || visit.outcome === 'partial';
    return {
      sources: (await registerSources(parts.db, rows, kindsOf(parts))).sources,
      fetcher: liveFetcher(parts, options.record ? { dir: path.resolve(options.record), sources: rows } : null),
      fine: healthy,
    };
  }
  const dir = path.resolve(options.replay);
  const boards = choose(
    (await readReplay(dir)).map(board => ({ ...board, slug: board.source.slug })),
    slugs,
    () => true,
  );
  const rows = boards.map(({ source }): SourceRow => {
    const adapter = parts.systems.get(source.system);
    if (!adapter) throw mistake('E_SOURCE', `system of ${source.slug}`, source.system, [...parts.systems.keys()].join(', '));
    const target = adapter.target.safeParse(source.target);
    if (!target.success) throw mistake('E_SOURCE', `target of ${source.slug}`, source.target, target.error.issues[0]?.message ?? '');
    return {
      ...source,
      target: target.data,
      enabled: false,
      disabledReason: 'from a recording',
      everyMinutes: 1440,
      pathHints: [],
      notes: null,
    };
  });
  const expected = new Map(boards.map(board => [board.source.slug, board.expect?.outcome]));
  return {
    sources: await putRecorded(parts.db, rows),
    fetcher: createEngine({
      config,
      robots: new MemoryRobots(),
      hosts: new MemoryHostLimiter(),
      transport: replayTransport(dir),
      spacingMs: 0,
      log: parts.log,
    }),
    // A recording may state how a visit of it ends; without that, the same visits are fine as on the live network.
    fine: visit => [expected.get(visit.source) ?? ['complete', 'partial']].flat().includes(visit.outcome),
  };
}

function choose<T extends { slug: string }>(rows: T[], slugs: string[], byDefault: (row: T) => boolean): T[] {
  if (slugs.length === 0) return rows.filter(byDefault);
  const bySlug = new Map(rows.map(row => [row.slug, row]));
  return slugs.map(slug => {
    const row = bySlug.get(slug);
    if (!row)
      throw mistake(
        'E_USAGE',
        'source',
        slug,
        near(
          slug,
          rows.map(other => other.slug),
        ),
      );
    return row;
  });
}

/** The slugs somebody may have meant: those that share a beginning, or simply the first few. */
export function near(slug: string, all: string[]): string {
  const alike = all.filter(other => other.startsWith(slug.slice(0, 3)));
  const shown = (alike.length > 0 ? alike : all).slice(0, 8);
  return `a slug of \`ombre sources list\`, such as ${shown.join(', ')}`;
}

/**
 * Visits the sources a few at a time, and puts the reports into `visits` in the order of the sources. A visit that an outage cut off is made
 * again. After a stop or a fault no further visit begins; then the first error is thrown, and `visits` holds those that were made.
 */
async function visitAll(
  sources: Source[],
  config: Config,
  visit: (sourceId: number, signal: AbortSignal) => Promise<VisitReport | null>,
  visits: VisitReport[],
): Promise<void> {
  const signal = stopSignal();
  // That Postgres is away is told once for all visits, by whoever opened it.
  const patience = patienceOf(config, { warn: () => undefined }, signal);
  const reports = new Map<string, VisitReport>();
  const errors: unknown[] = [];
  const line = progress();
  const waiting = [...sources];
  const work = async () => {
    for (let source = waiting.shift(); source && errors.length === 0; source = waiting.shift()) {
      line.show(`${reports.size} of ${sources.length} visited, now ${source.slug}`);
      const { id } = source;
      try {
        const report = await patiently('Postgres', patience, () => visit(id, signal));
        if (report) reports.set(source.slug, report);
        else say(`${source.slug} is being visited by another process; left to it`);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(config.CRAWL_CONCURRENCY, sources.length) }, work));
  line.done();
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
