import type { Logger } from 'pino';
import { defaultRules } from '../classify/compile/compile.ts';
import type { ListedTitle } from '../classify/relevance/title.ts';
import { triageTitle } from '../classify/triage-title.ts';
import { type Config, readConfig } from '../config.ts';
import type { Fetcher } from '../crawlers/engine/fetching.ts';
import type { VisitStep } from '../crawlers/visit/board.ts';
import { limitsOf } from '../crawlers/visit/limits.ts';
import type { Triage } from '../crawlers/visit/plan.ts';
import { OmbreError } from '../errors.ts';
import { type VisitReport, visitSource } from '../pipeline/visit-source.ts';
import { type Clock, databaseClock } from '../store/clock.ts';
import { announceVersion } from '../store/tags/rules-versions.ts';
import { holdingSource } from '../store/visit/lock.ts';
import { isDue } from '../store/visit/schedule.ts';
import { sourceById } from '../store/visit/sources.ts';
import { openVisitStore } from '../store/visit/visit-store.ts';
import { inLogContext, noteInLog } from '../telemetry/log-context.ts';
import { during } from '../telemetry/operations.ts';
import type { Parts } from './parts.ts';
import { kindsOf } from './registry.ts';
import { aloneIfSuspect } from './suspects.ts';

/**
 * Makes the visit of one source. With `triage: false` every detail is read, whatever the title says.
 * Null when the source is not there any more or another process is visiting it right now; with `onlyDue`, also when its visit has been made
 * since it was asked for: a queue that went away delivers a job twice. One that has to be made alone, and is not alone, is null too, or rejects
 * with what `later` gives.
 * With `outOfMemory`, a visit that is stopped after that signal counts as one whose process died.
 * Rejects with the signal's reason when aborted, and with E_DB_DOWN when the database went away meanwhile: what was stored by then stays,
 * nothing is noted on the source, and the next run takes the same visit up.
 */
export function visitor(
  parts: Pick<Parts, 'db' | 'systems'> & { log?: Logger; config?: Config },
  fetcher: Fetcher,
  options: {
    clock?: Clock;
    triage?: boolean;
    onlyDue?: boolean;
    watch?: VisitWatch;
    later?: () => Error;
    outOfMemory?: AbortSignal;
  } = {},
): (sourceId: number, signal: AbortSignal) => Promise<VisitReport | null> {
  const { clock = databaseClock(parts.db), triage = true, onlyDue = false, watch, later, outOfMemory } = options;
  const { version } = defaultRules();
  const limits = limitsOf(parts.config ?? readConfig({}));
  const decide = triage ? triageOf() : () => ({ keep: true, reason: 'triage is off', version });
  const visit = async (sourceId: number, signal: AbortSignal) => {
    const inForce = await announceVersion(parts.db, version);
    return holdingSource(parts.db, sourceId, signal, async (held, stop) => {
      const source = await sourceById(held, sourceId);
      if (source) noteInLog({ source: source.slug });
      if (!source || source.removed_at || (onlyDue && !(await isDue(held, sourceId)))) return null;
      const adapter = parts.systems.get(source.system);
      if (!adapter) throw new OmbreError('E_SOURCE', `${source.slug} wants the system ${source.system}, which is not here`);
      const target = adapter.target.safeParse(source.target);
      if (!target.success) throw new OmbreError('E_SOURCE', `the target of ${source.slug}: ${target.error.issues[0]?.message}`);
      const store = await openVisitStore(held, source, { kindOf: kindsOf(parts), clock, pool: parts.db });
      noteInLog({ visit: store.id });
      const make = (alone: AbortSignal) =>
        visitSource(
          {
            slug: source.slug,
            name: source.name,
            system: source.system,
            target: target.data,
            domain: source.domain,
            country: source.country,
            heldKeys: source.held_keys,
            keptKeys: source.kept_keys,
          },
          adapter,
          {
            fetcher,
            limits,
            store,
            triage: ({ title, department, company }) =>
              decide({ title, department, company: company ?? source.name, domain: source.domain }),
            triageVersion: version,
            standing: inForce === version ? null : inForce,
            signal: alone,
            onStep: step => watch?.step(source.slug, step),
            onError: error => parts.log?.error({ err: error, source: source.slug }, 'a visit met an error nobody foresaw'),
          },
        );
      const facts = { visit: store.id, source: source.slug, system: source.system };
      const told = observed(facts, alone => watched(watch, source.slug, () => make(alone)));
      const report = await aloneIfSuspect(parts.db, store, stop, told, () => outOfMemory?.aborted === true);
      if (report === null && later) throw later();
      return report;
    });
  };
  return (sourceId, signal) => inLogContext(() => visit(sourceId, signal));
}

/** Has the visit told as an operation, with what came of it. */
function observed(
  facts: { visit: string; source: string; system: string },
  visit: (stop: AbortSignal) => Promise<VisitReport>,
): (stop: AbortSignal) => Promise<VisitReport> {
  return stop =>
    during('visit', facts, async told => {
      const report = await visit(stop);
      const { new: added, changed, closed } = report.postings;
      Object.assign(told, { outcome: report.outcome, new: added, changed, closed });
      return report;
    });
}

/** Who is told of the visits under way, by the slugs of their sources. `listed` is null when the visit broke off. */
export type VisitWatch = {
  begin(source: string): void;
  step(source: string, step: VisitStep): void;
  end(source: string, listed: number | null): void;
};

/** Has a visit watched from its beginning to its end. */
async function watched(watch: VisitWatch | undefined, slug: string, visit: () => Promise<VisitReport>): Promise<VisitReport> {
  let listed: number | null = null;
  watch?.begin(slug);
  try {
    const report = await visit();
    listed = report.postings.listed;
    return report;
  } finally {
    watch?.end(slug, listed);
  }
}

/** Triage by title, department and employer under the rules in force. */
export function triageOf(): (listed: ListedTitle) => Triage {
  const { version } = defaultRules();
  return listed => ({ ...triageTitle(listed), version });
}
