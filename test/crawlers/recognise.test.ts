import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseUrl } from '../../src/crawlers/discover.ts';
import { refusedHost } from '../../src/crawlers/engine/engine.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { ADDRESSES } from './cases.ts';
import { NO_BOARDS } from './no-boards.ts';

const systems = await loadSystems();

describe('the board behind an address', () => {
  it.each(ADDRESSES)('$url is one of $system', ({ url, system, target }) => {
    expect(recogniseUrl(new URL(url), systems)).toEqual({ system, target });
    expect(systems.get(system)?.target.safeParse(target)).toEqual({ success: true, data: target });
  });

  it.each(NO_BOARDS)('%s is none', url => {
    expect(recogniseUrl(new URL(url), systems)).toBeNull();
  });

  it('stays the same when the address is written in capitals, with a port or a trail', () => {
    for (const { url: address, system, target } of ADDRESSES) {
      const url = new URL(address);
      if (url.hash) continue;
      url.hash = 'content';
      url.searchParams.append('utm_source', 'mail');
      const found = recogniseUrl(url, systems);
      // A feed or a sitemap is its whole address.
      if (system === 'feed' || system === 'jsonld') expect(found?.system).toBe(system);
      else expect(found, address).toEqual({ system, target });
    }
  });

  it('leads back to itself by the page that people open', () => {
    for (const { url: address, system, target } of ADDRESSES) {
      const home = systems.get(system)?.home(target) ?? '';
      const found = recogniseUrl(new URL(home), systems);
      // The start pages of some boards on the employers' own hosts say nothing of their system; none may be taken for another one.
      if (found) expect(found.system, `${address} → ${home}`).toBe(system);
    }
  });

  it('is told of any address without an error, and with a target that fits the system', () => {
    const hosts = ADDRESSES.map(({ url }) => new URL(url).host);
    const address = fc
      .tuple(
        fc.constantFrom(...hosts),
        fc.array(fc.oneof(fc.string(), fc.constantFrom('jobs', 'api', 'v1', 'boards', 'embed', '%zz', 'en-US'))),
        fc.string(),
      )
      .map(([host, path, query]) => URL.parse(`https://${host}/${path.join('/')}?${query}`))
      .filter(url => url !== null);
    fc.assert(
      fc.property(address, url => {
        const found = recogniseUrl(url, systems);
        if (found) expect(systems.get(found.system)?.target.safeParse(found.target).success, url.href).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

it('sites that are never crawled are refused by name', () => {
  const refused = NO_BOARDS.filter(url => refusedHost(new URL(url).hostname) !== null);
  expect(refused).toHaveLength(8);
  for (const url of refused) expect(refusedHost(new URL(url).hostname)).toMatch(/is never crawled: /);
});
