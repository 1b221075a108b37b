import path from 'node:path';
import type { Command } from 'commander';
import { type Config, readConfig } from '../config.ts';
import { MemoryHostLimiter } from '../crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../crawlers/engine/memory-robots.ts';
import { readReplay, replayTransport } from '../crawlers/engine/replay.ts';
import { createEngine } from '../crawlers/engine.ts';
import { readRegistry, type SourceRow } from '../crawlers/registry.ts';
import { mistake } from '../errors.ts';
import type { VisitReport } from '../pipeline/visit-source.ts';
import { putSources, RECORDED, type Source } from '../store/sources.ts';
import { closeAll, print, printJson, progress, say, table } from './_output.ts';
import { liveFetcher, openParts, type Parts, stopSignal, visitor } from './_parts.ts';
import { patienceOf, patiently } from './_waiting.ts';

type Options = { replay?: string; record?: string; triage: boolean; json?: boolean };

export function register(program: Command): void {
  program
    .command('crawl')
    .description('visit sources now: those named, or all that are enabled')
    .argument('[source...]', 'slugs of the registry')
    .option('--replay <dir>', 'answer every request from a folder of recordings; no network')
    .option('--record <dir>', 'keep every answer in a folder that --replay understands')
    .option('--no-triage', 'read every detail, whatever its title says (a replay does so anyway: a recorded detail costs nothing)')
    .option('--json', 'one JSON document')
    .addHelpText('after', '\nExample:\n  $ ombre crawl encompass-health --json')
    .action(async (slugs: string[], options: Options) => {
      if (options.replay && options.record) throw mistake('E_USAGE', '--record', options.record, 'not together with --replay');
      const config = readConfig();
      const parts = await openParts(config);
      const job = await prepareJob(parts, config, slugs, options).catch(async error => {
        await parts.close();
        throw error;
      });
      const visits: VisitReport[] = [];
      try {
        visits.push(...(await visitAll(job.sources, config, visitor(parts, job.fetcher, { triage: options.triage && !options.replay }))));
      } finally {
        await closeAll(
          () => job.fetcher.close(),
          () => parts.close(),
        );
      }
      if (options.json) await printJson({ visits });
      else await print(`${visitsTable(visits)}\n`);
      if (visits.some(visit => !job.fine(visit))) process.exitCode = 1;
    });
}

type Job = { sources: Source[]; fetcher: ReturnType<typeof createEngine>; fine(visit: VisitReport): boolean };

/** Finds the sources and opens the engine. Every wrong slug is named before anything is written. */
async function prepareJob(parts: Parts, config: Config, slugs: string[], options: Options): Promise<Job> {
  if (!options.replay) {
    const registry = await readRegistry(config.SOURCES_DIR, parts.systems);
    const rows = choose(registry.rows, slugs, row => row.enabled);
    for (const row of rows.filter(row => !row.enabled)) say(`${row.slug} is disabled: ${row.disabledReason}; visited because it was named`);
    const healthy = (visit: VisitReport) => visit.outcome === 'complete' || visit.outcome === 'partial';
    return {
      sources: await putSources(parts.db, rows),
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
    return { ...source, target: target.data, enabled: false, disabledReason: RECORDED, everyMinutes: 1440, pathHints: [], notes: RECORDED };
  });
  const expected = new Map(boards.map(board => [board.source.slug, board.expect?.outcome]));
  return {
    sources: await putSources(parts.db, rows),
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
function near(slug: string, all: string[]): string {
  const alike = all.filter(other => other.startsWith(slug.slice(0, 3)));
  const shown = (alike.length > 0 ? alike : all).slice(0, 8);
  return `a slug of \`ombre sources list\`, such as ${shown.join(', ')}`;
}

/** Visits the sources a few at a time, and returns the reports in the order of the sources. A visit that an outage cut off is made again. */
async function visitAll(
  sources: Source[],
  config: Config,
  visit: (sourceId: number, signal: AbortSignal) => Promise<VisitReport | null>,
): Promise<VisitReport[]> {
  const signal = stopSignal();
  // That Postgres is away is told once for all visits, by whoever opened it.
  const patience = patienceOf(config, { warn: () => undefined }, signal);
  const reports = new Map<string, VisitReport>();
  const line = progress();
  const waiting = [...sources];
  const work = async () => {
    for (let source = waiting.shift(); source; source = waiting.shift()) {
      line.show(`${reports.size} of ${sources.length} visited, now ${source.slug}`);
      const { id } = source;
      const report = await patiently('Postgres', patience, () => visit(id, signal));
      if (report) reports.set(source.slug, report);
      else say(`${source.slug} is being visited by another process; left to it`);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(config.CRAWL_CONCURRENCY, sources.length) }, work));
  } finally {
    line.done();
  }
  return sources.flatMap(source => reports.get(source.slug) ?? []);
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
