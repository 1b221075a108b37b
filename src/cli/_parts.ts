import type { Kysely } from 'kysely';
import pino, { type Logger } from 'pino';
import { defaultRules } from '../classify/rules.ts';
import { triageTitle } from '../classify/triage-title.ts';
import { type Config, startedByNpm } from '../config.ts';
import type { Adapter } from '../crawlers/adapter.ts';
import { createEngine } from '../crawlers/engine.ts';
import type { Fetcher } from '../crawlers/fetching.ts';
import type { SourceRow } from '../crawlers/registry.ts';
import type { Triage } from '../crawlers/run.ts';
import { loadSystems } from '../crawlers/systems.ts';
import { OmbreError } from '../errors.ts';
import { type VisitReport, visitSource } from '../pipeline/visit-source.ts';
import { type Clock, correctedClock, databaseClock } from '../store/clock.ts';
import { openDatabase } from '../store/database.ts';
import { keptDatabase } from '../store/embedded/keeper.ts';
import { postgresHostLimiter } from '../store/hosts.ts';
import { migrate } from '../store/migrate.ts';
import { isDown, Outage } from '../store/outage.ts';
import { postgresRobots } from '../store/robots.ts';
import { announceVersion } from '../store/rules-versions.ts';
import { isDue } from '../store/schedule.ts';
import type { Database } from '../store/schema.ts';
import { sourceById } from '../store/sources.ts';
import { holdingSource } from '../store/visit-lock.ts';
import { openVisitStore } from '../store/visit-store.ts';
import { closeAll } from './_output.ts';
import { aloneIfSuspect } from './_suspects.ts';
import { type Patience, patiently } from './_waiting.ts';

/** What most commands run on: the database (its own Postgres started when none is set, migrated) and the board systems. */
export type Parts = {
  config: Config;
  log: Logger;
  url: string;
  db: Kysely<Database>;
  systems: ReadonlyMap<string, Adapter>;
  /** Aborts with E_DB_DOWN when the private Postgres died too often to be started once more. */
  lost: AbortSignal;
  /** Told when Postgres goes away and when it is back. */
  outage: Outage;
  close(): Promise<void>;
};

/** Logs go to stderr as JSON lines; stdout belongs to the output. */
export function logger(config: Config, level = config.LOG_LEVEL): Logger {
  return pino({ level, base: null }, pino.destination(2));
}

/** With `patience`, a database that is not there yet is waited for. */
export async function openParts(config: Config, log: Logger = logger(config), patience?: Patience): Promise<Parts> {
  const systems = await loadSystems();
  const postgres = await keptDatabase(config, log);
  const outage = new Outage('Postgres', log);
  // A visit keeps one connection, and needs another for turns and robots.txt.
  const db = openDatabase(postgres.url, { max: config.CRAWL_CONCURRENCY * 2 + 6, outage });
  const close = () =>
    closeAll(
      () => db.destroy(),
      () => postgres.stop(),
    );
  try {
    // On connections that do not tell of an outage: what waits for the first answer says so itself.
    const own = openDatabase(postgres.url, { max: 1 });
    await patiently('Postgres', patience, () => migrate(own)).finally(() => own.destroy());
  } catch (error) {
    await close();
    throw error;
  }
  return { config, log, url: postgres.url, db, systems, lost: postgres.lost, outage, close };
}

/** The engine on the live network: robots verdicts and host turns are shared over all processes through Postgres. */
export function liveFetcher(
  parts: Pick<Parts, 'config' | 'db' | 'log'>,
  record: { dir: string; sources: SourceRow[] } | null = null,
): Fetcher {
  return createEngine({
    config: parts.config,
    robots: postgresRobots(parts.db),
    hosts: postgresHostLimiter(parts.db),
    clock: correctedClock(parts.db),
    record,
    log: parts.log,
  });
}

/**
 * Makes the visit of one source. With `triage: false` every detail is read, whatever the title says.
 * Null when the source is not there any more or another process is visiting it right now; with `onlyDue`, also when its visit has been made
 * since it was asked for: a queue that went away delivers a job twice.
 * Rejects with the signal's reason when aborted, and with E_DB_DOWN when the database went away meanwhile: what was stored by then stays,
 * nothing is noted on the source, and the next run takes the same visit up.
 */
export function visitor(
  parts: Pick<Parts, 'db' | 'systems'> & { log?: Logger },
  fetcher: Fetcher,
  options: { clock?: Clock; triage?: boolean; onlyDue?: boolean } = {},
): (sourceId: number, signal: AbortSignal) => Promise<VisitReport | null> {
  const { clock = databaseClock(parts.db), triage = true, onlyDue = false } = options;
  const { version } = defaultRules();
  const decide = triage ? triageOf() : () => ({ keep: true, reason: 'triage is off', version });
  return async (sourceId, signal) => {
    const inForce = await announceVersion(parts.db, version);
    return holdingSource(parts.db, sourceId, signal, async (held, stop) => {
      const source = await sourceById(held, sourceId);
      if (!source || source.removed_at || (onlyDue && !(await isDue(held, sourceId)))) return null;
      const adapter = parts.systems.get(source.system);
      if (!adapter) throw new OmbreError('E_SOURCE', `${source.slug} wants the system ${source.system}, which is not here`);
      const target = adapter.target.safeParse(source.target);
      if (!target.success) throw new OmbreError('E_SOURCE', `the target of ${source.slug}: ${target.error.issues[0]?.message}`);
      const kindOf = (system: string) => parts.systems.get(system)?.kind ?? 'general';
      const store = await openVisitStore(held, source, kindOf, clock, parts.db);
      return aloneIfSuspect(parts.db, store, stop, alone =>
        visitSource(
          {
            slug: source.slug,
            name: source.name,
            system: source.system,
            target: target.data,
            domain: source.domain,
            heldKeys: source.held_keys,
          },
          adapter,
          {
            fetcher,
            store,
            triage: raw => decide(raw.title, raw.department ?? null),
            triageVersion: version,
            standing: inForce === version ? null : inForce,
            signal: alone,
            onError: error => parts.log?.error({ err: error, source: source.slug }, 'a visit broke off in a way nobody foresaw'),
          },
        ),
      );
    });
  };
}

/** Triage by title and department under the rules in force. */
export function triageOf(): (title: string, department: string | null) => Triage {
  const { version } = defaultRules();
  return (title, department) => ({ ...triageTitle(title, department), version });
}

/**
 * A signal that SIGINT and SIGTERM abort. The second one ends the process at once. Under `npm start` and npx, which end by a SIGTERM and do not
 * hand it on, the end of the parent is one too: or Ombre would run on, unseen, and keep its port.
 */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stopping.signal.aborted) process.exit(130);
      stopping.abort(new OmbreError('E_STOPPED', name));
    });
  }
  if (startedByNpm()) {
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      stopping.abort(new OmbreError('E_STOPPED', 'npm, which started it, has ended'));
    }, 1_000).unref();
  }
  return stopping.signal;
}

/** Resolves when the signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Resolves when the signal is aborted; rejects with the reason of `lost` when the database is given up before. */
export async function stopped(signal: AbortSignal, lost: AbortSignal): Promise<void> {
  await aborted(AbortSignal.any([signal, lost]));
  if (!signal.aborted) lost.throwIfAborted();
}

/** Runs a service. Told to stop while it still waits to begin, or while what it closes is down, it has done what it was told: no error. */
export async function unlessStopped(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!signal.aborted || !(error === signal.reason || isDown(error))) throw error;
  }
}
