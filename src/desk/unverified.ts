import type { Kysely } from 'kysely';
import type { Config } from '../config.ts';
import { type Registry, readRegistry } from '../crawlers/registry.ts';
import { loadSystems } from '../crawlers/systems.ts';
import { OmbreError } from '../errors.ts';
import { databaseNow } from '../store/clock.ts';
import type { Database } from '../store/schema.ts';
import { keptContacts } from '../store/visit/first-contacts.ts';
import { healthRows, watchedSources } from '../store/visit/source-health.ts';

/** An enabled source that no visit has read whole yet, and what is known of it all the same. */
export type Unverified = {
  slug: string;
  name: string;
  system: string;
  /** Where its board was read to be the employer's, and the file of its row; null where this process has no such row. */
  evidence: string | null;
  file: string | null;
  /** What `sources verify --apply` found last; null when it was not asked. */
  contact: { at: Date; result: string; why: string; listed: number; total: number | null; todo: string } | null;
  /** Its last visit; null when none was made. */
  visit: { at: Date; outcome: string; reason: string | null } | null;
};

/** `without`: why the registry could not be read here, as a clause; null when it could. */
export async function unverifiedSources(
  db: Kysely<Database>,
  { SOURCES_DIR }: Pick<Config, 'SOURCES_DIR'>,
): Promise<{ sources: Unverified[]; without: string | null }> {
  const [watched, contacts, registry] = await Promise.all([watchedSources(db), keptContacts(db), registryOf(SOURCES_DIR)]);
  const health = healthRows(watched, await databaseNow(db));
  const rows = new Map(registry.rows.map(row => [row.slug, row]));
  const sources = watched.flatMap(({ source: { slug, name, system }, visits }, i) => {
    const { state, verified } = health[i]!;
    if (verified || state === 'disabled') return [];
    const [row, contact, last] = [rows.get(slug), contacts.get(slug), visits[0]];
    return [
      {
        slug,
        name,
        system,
        evidence: row?.evidence ?? null,
        file: row?.file ?? null,
        // One of another system was of the board before.
        contact: contact && contact.system === system ? contact : null,
        visit: last ? { at: last.startedAt, outcome: last.outcome, reason: last.reason } : null,
      },
    ];
  });
  return { sources, without: registry.without };
}

/** A process that only serves may have no registry. */
async function registryOf(folder: string): Promise<{ rows: Registry['rows']; without: string | null }> {
  try {
    return { rows: (await readRegistry(folder, await loadSystems())).rows, without: null };
  } catch (error) {
    if (!(error instanceof OmbreError && error.code === 'E_CONFIG')) throw error;
    return { rows: [], without: error.message };
  }
}
