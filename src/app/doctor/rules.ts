import { defaultVersion } from '../../classify/compile/compile.ts';
import { messageOf } from '../../errors.ts';
import { asDatabaseError, openDatabase } from '../../store/database.ts';
import { pendingMigrations } from '../../store/migrate.ts';
import { type SeenVersion, seenVersions } from '../../store/tags/rules-versions.ts';
import type { Check } from './check.ts';

const LATELY_MS = 5 * 60_000;
const REMEDY = 'run every worker from one checkout; `ombre rules apply` puts the version it is run with in force';

/** Whether one version of rules and classifier runs, and whether it is this one. Nothing before the migrations are applied, or when none has run yet. */
export async function checkRulesVersions(url: string): Promise<Check[]> {
  const db = openDatabase(url, { max: 1 });
  try {
    if ((await pendingMigrations(db)).length > 0) return [];
    return judgeVersions(await seenVersions(db), defaultVersion());
  } catch (error) {
    // A server that does not answer is told of once, by the check of Postgres.
    if (asDatabaseError(error) !== error) return [];
    return [
      { name: 'rules', ok: false, message: messageOf(error), remedy: 'look at the error; docs/operating.md tells how versions work' },
    ];
  } finally {
    await db.destroy();
  }
}

/** What the seen versions mean for an installation whose own version is `own`. */
export function judgeVersions(seen: readonly SeenVersion[], own: string): Check[] {
  const current = seen.find(({ inForce }) => inForce);
  if (!current) return [];
  const others = seen.filter(({ inForce, unseenMs }) => !inForce && unseenMs < LATELY_MS);
  const inForce = `version ${current.version} is in force since ${current.since?.toISOString().slice(0, 16) ?? 'ever'}Z`;
  if (others.length > 0) {
    const named = others.map(({ version, unseenMs }) => `${version} (${Math.round(unseenMs / 1000)} s ago)`).join(', ');
    return [{ name: 'rules', ok: false, message: `${inForce}, but other versions have run lately: ${named}`, remedy: REMEDY }];
  }
  if (current.version !== own) {
    return [
      { name: 'rules', ok: false, message: `${inForce}; this program has ${own}, which has tagged nothing that stands`, remedy: REMEDY },
    ];
  }
  return [{ name: 'rules', ok: true, message: inForce, remedy: null }];
}
