import { readRegistry } from '../crawlers/registry.ts';
import { missingSentence, planRegistry, type RegistryPlan, renamedSentence } from '../pipeline/registry-sync.ts';
import type { KindOf } from '../store/visit/duplicates.ts';
import { markMissing, registeredSources, registerSources, retireSource, sourcesToRetire, unmarkMissing } from '../store/visit/retire.ts';
import type { Parts } from './parts.ts';

/** What a source is, by its board system. */
export function kindsOf({ systems }: Pick<Parts, 'systems'>): KindOf {
  return system => systems.get(system)?.kind ?? 'general';
}

/**
 * Brings the sources table up to the registry files. Rows with mistakes are left as they are stored, and said; sources without a row are
 * marked as missing, and close nothing now. Returns what a worker does about the registry every minute, see `keepRegistry`.
 */
export async function syncRegistry(parts: Pick<Parts, 'config' | 'db' | 'log' | 'systems'>): Promise<() => Promise<void>> {
  const { config, db, log } = parts;
  const registry = await readRegistry(config.SOURCES_DIR, parts.systems);
  for (const { file, line, row, field, message } of registry.problems)
    log.warn({ file, line, row, field }, `registry: ${file}${line ? ` line ${line}` : ''}: ${message}`);
  if (registry.rows.length === 0) log.error(`registry: ${config.SOURCES_DIR} holds no good row of a source`);
  const stored = await registeredSources(db);
  const plan = planRegistry(stored, registry);
  const { returned } = await registerSources(db, registry.rows, kindsOf(parts));
  await markMissing(db, plan.missing, plan.held !== null);
  if (returned.length > 0) log.info({ returned }, 'registry: removed sources are back, what only their removal had closed is open again');
  tell(parts, plan, stored.length);
  const named = [...registry.rows, ...registry.problems.map(({ row }) => ({ slug: row }))].map(row => row.slug);
  return () => keepRegistry(parts, named);
}

function tell({ config, log }: Pick<Parts, 'config' | 'log'>, plan: RegistryPlan, stored: number): void {
  for (const renamed of plan.renamed) log.warn(`registry: ${renamedSentence(renamed)}`);
  const sentence = missingSentence(plan, stored, config.SOURCES_DIR);
  if (sentence) log[plan.held === null ? 'warn' : 'error']({ missing: plan.missing }, `registry: ${sentence}`);
}

/**
 * First says that the rows this process knows are there: a process with another checkout, which marks them as missing when it starts, does
 * not retire what a running one still reads. Then retires the sources whose grace has run out.
 */
async function keepRegistry(parts: Pick<Parts, 'db' | 'log' | 'systems'>, named: readonly string[]): Promise<void> {
  const { db, log } = parts;
  const found = await unmarkMissing(db, named);
  if (found.length > 0) log.info({ found }, 'registry: these rows are here, though a process with another registry lacks them');
  for (const slug of await sourcesToRetire(db)) {
    try {
      const closed = await retireSource(db, slug, kindsOf(parts));
      log.warn({ source: slug, closed }, 'registry: a source without a row is removed, its postings are closed');
    } catch (err) {
      // The visits of all others go on.
      log.error({ err, source: slug }, 'registry: a source could not be removed, the next minute tries again');
    }
  }
}
