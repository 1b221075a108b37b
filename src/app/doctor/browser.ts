import type { Config } from '../../config.ts';
import { findBrowser } from '../../crawlers/engine/browser/find.ts';
import { readRegistry } from '../../crawlers/registry.ts';
import { loadSystems } from '../../crawlers/systems.ts';
import { bad, type Check, good, guarded } from './check.ts';

/** Whether there is a browser, and whether one is needed. */
export async function checkBrowser(config: Config): Promise<Check> {
  const remedy = 'install Chromium or Chrome, or set CHROMIUM_PATH';
  const found = await guarded('browser', remedy, () => findBrowser(config));
  if ('check' in found) return { ...found.check, down: false };
  if (found.value) return good('browser', `${found.value.path} (${found.value.from})`);
  const rendered = await renderedSources(config);
  if (rendered.length === 0)
    return good('browser', 'none found: sources with rendered pages cannot be crawled; no enabled source needs it');
  return bad('browser', `none found, but ${rendered.length} enabled sources need it: ${rendered.slice(0, 5).join(', ')}`, remedy);
}

/** Slugs of the enabled sources that only a browser can read. A registry that cannot be read is the sources check's to tell. */
async function renderedSources(config: Config): Promise<string[]> {
  const rows = await guarded('sources', '', async () => {
    const systems = await loadSystems();
    const registry = await readRegistry(config.SOURCES_DIR, systems);
    // A general reader needs a browser only where the row says so: its first requests tell.
    return registry.rows.filter(
      row =>
        row.enabled &&
        systems
          .get(row.system)
          ?.start(row.target)
          .some(request => request.rendered),
    );
  });
  return 'value' in rows ? rows.value.map(row => row.slug) : [];
}
