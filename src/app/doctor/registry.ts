import type { Config } from '../../config.ts';
import { readRegistry } from '../../crawlers/registry.ts';
import { loadSystems } from '../../crawlers/systems.ts';
import { MISSING_REMEDY, missingSentence, planRegistry, renamedSentence } from '../../pipeline/registry-sync.ts';
import { registeredSources } from '../../store/visit/retire.ts';
import { bad, type Check, good, guarded, onTables } from './check.ts';

const NO_FOLDER = 'set SOURCES_DIR to the folder of the registry';

const read = (config: Config) => guarded('sources', NO_FOLDER, async () => readRegistry(config.SOURCES_DIR, await loadSystems()));

/** Whether the registry of this machine can be read, holds rows and has no mistakes. */
export async function checkSources(config: Config): Promise<Check> {
  const found = await read(config);
  if ('check' in found) return { ...found.check, down: false };
  const { rows, problems } = found.value;
  const message = `${rows.filter(row => row.enabled).length} enabled of ${rows.length} in ${config.SOURCES_DIR}`;
  if (rows.length === 0 && problems.length === 0) return bad('sources', message, NO_FOLDER);
  if (problems.length === 0) return good('sources', message);
  return bad('sources', `${message}; ${problems.length} mistakes`, 'run `ombre sources check`');
}

/** Whether every stored source has its row in the registry of this machine. Nothing when that cannot be read, which `checkSources` tells. */
export async function checkRegistry(config: Config, url: string): Promise<Check[]> {
  return onTables(url, { name: 'registry', remedy: 'run `ombre sources check`' }, async db => {
    const found = await read(config);
    if ('check' in found) return [];
    const stored = await registeredSources(db);
    const plan = planRegistry(stored, found.value);
    const sentence = missingSentence(plan, stored.length, config.SOURCES_DIR);
    if (sentence === null) return [good('registry', `${stored.length} stored sources have their row`)];
    return [bad('registry', [sentence, ...plan.renamed.map(renamedSentence)].join('; '), MISSING_REMEDY)];
  });
}
