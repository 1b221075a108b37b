import type { Config } from '../../config.ts';
import { readRegistry } from '../../crawlers/registry.ts';
import { loadSystems } from '../../crawlers/systems.ts';
import { messageOf, OmbreError } from '../../errors.ts';
import { MISSING_REMEDY, missingSentence, planRegistry, renamedSentence } from '../../pipeline/registry-sync.ts';
import { asDatabaseError, openDatabase } from '../../store/database.ts';
import { pendingMigrations } from '../../store/migrate.ts';
import { registeredSources } from '../../store/visit/retire.ts';
import type { Check } from './check.ts';

/**
 * Whether every stored source has its row in the registry of this machine. Nothing before the migrations are applied, or when the check of
 * the folder or of Postgres tells why it cannot be seen.
 */
export async function checkRegistry(config: Config, url: string): Promise<Check[]> {
  const db = openDatabase(url, { max: 1 });
  try {
    if ((await pendingMigrations(db)).length > 0) return [];
    const registry = await readRegistry(config.SOURCES_DIR, await loadSystems());
    const stored = await registeredSources(db);
    const plan = planRegistry(stored, registry);
    const sentence = missingSentence(plan, stored.length, config.SOURCES_DIR);
    if (sentence === null) return [{ name: 'registry', ok: true, message: `${stored.length} stored sources have their row`, remedy: null }];
    return [{ name: 'registry', ok: false, message: [sentence, ...plan.renamed.map(renamedSentence)].join('; '), remedy: MISSING_REMEDY }];
  } catch (error) {
    const told = asDatabaseError(error) !== error || (error instanceof OmbreError && error.action === 'user');
    return told ? [] : [{ name: 'registry', ok: false, message: messageOf(error), remedy: 'run `ombre sources check`' }];
  } finally {
    await db.destroy();
  }
}
