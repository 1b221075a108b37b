import { boardOf } from '../crawlers/registry.ts';
import { type Health, healthOf } from '../pipeline/source-health.ts';
import type { WatchedRow } from '../store/visit/source-health.ts';

/** How each source is, in the order of the rows. They must be all there are: one that is missing may be read under another slug. */
export function healthOfSources(watched: readonly WatchedRow[], now: Date): Health[] {
  const boards = new Map(watched.flatMap(({ source }) => (source.missing_since ? [] : [[boardOf(source), source.slug]])));
  return watched.map(({ source, visits }) => {
    const missing = source.missing_since && {
      since: source.missing_since,
      closesAt: source.retire_at,
      readAs: boards.get(boardOf(source)) ?? null,
    };
    const facts = {
      enabled: source.enabled,
      disabledReason: source.disabled_reason,
      everyMinutes: source.every_minutes,
      createdAt: source.created_at,
      coolingUntil: source.cooling_until,
      lastComplete: source.last_complete_at,
      missing,
    };
    return healthOf(facts, visits, now);
  });
}
