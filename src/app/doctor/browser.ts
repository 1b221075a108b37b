import type { Config } from '../../config.ts';
import { type Browser, type BrowserPlaces, browserVersion, findBrowser, GET_BROWSER } from '../../crawlers/engine/browser/find.ts';
import { readRegistry } from '../../crawlers/registry.ts';
import { loadSystems } from '../../crawlers/systems.ts';
import { bad, type Check, good, guarded } from './check.ts';

const REMEDY = `run \`${GET_BROWSER}\`, or set CHROMIUM_PATH`;

const LIBRARIES = 'npx playwright-core install-deps chromium';

const FROM: Record<Browser['from'], string> = {
  CHROMIUM_PATH: 'set by CHROMIUM_PATH',
  playwright: 'installed by Playwright',
  installed: 'of this system',
};

/** Which browser is used, its version and where it is from; or whether one is needed, and how to get it. */
export async function checkBrowser(config: Config, places?: BrowserPlaces): Promise<Check> {
  const found = await guarded('browser', REMEDY, () => findBrowser(config, places));
  if ('check' in found) return { ...found.check, down: false };
  if (found.value) return started(found.value);
  const rendered = await renderedSources(config);
  if (rendered.length === 0)
    return good(
      'browser',
      `none found, and no enabled source needs it; \`${GET_BROWSER}\` gets one for pages that only a browser can read`,
    );
  return bad('browser', `none found, but ${rendered.length} enabled sources need it: ${rendered.slice(0, 5).join(', ')}`, REMEDY);
}

/** A browser that is there may still lack a library of the system. */
async function started(browser: Browser): Promise<Check> {
  const version = await guarded('browser', `run \`${LIBRARIES}\`, or set CHROMIUM_PATH to another one`, () => browserVersion(browser));
  if ('check' in version) return { ...version.check, down: false };
  return good('browser', `${version.value}, ${browser.path} (${FROM[browser.from]})`);
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
