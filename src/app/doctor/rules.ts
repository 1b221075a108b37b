import { defaultVersion } from '../../classify/compile/compile.ts';
import { type SeenVersion, seenVersions } from '../../store/tags/rules-versions.ts';
import { bad, type Check, good, onTables } from './check.ts';

const LATELY_MS = 5 * 60_000;
const REMEDY = 'run every worker from one checkout; `ombre rules apply` puts the version it is run with in force';
const BROKEN = { name: 'rules', remedy: 'look at the error; docs/operating.md tells how versions work' };

/** Whether one version of rules and classifier runs, and whether it is this one. Nothing when none has run yet. */
export async function checkRulesVersions(url: string): Promise<Check[]> {
  return onTables(url, BROKEN, async db => judgeVersions(await seenVersions(db), defaultVersion()));
}

/** What the seen versions mean for an installation whose own version is `own`. */
export function judgeVersions(seen: readonly SeenVersion[], own: string): Check[] {
  const current = seen.find(({ inForce }) => inForce);
  if (!current) return [];
  const others = seen.filter(({ inForce, unseenMs }) => !inForce && unseenMs < LATELY_MS);
  const inForce = `version ${current.version} is in force since ${current.since?.toISOString().slice(0, 16) ?? 'ever'}Z`;
  if (others.length > 0) {
    const named = others.map(({ version, unseenMs }) => `${version} (${Math.round(unseenMs / 1000)} s ago)`).join(', ');
    return [bad('rules', `${inForce}, but other versions have run lately: ${named}`, REMEDY)];
  }
  if (current.version !== own) {
    return [bad('rules', `${inForce}; this program has ${own}, which has tagged nothing that stands`, REMEDY)];
  }
  return [good('rules', inForce)];
}
