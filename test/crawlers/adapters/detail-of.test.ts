import { describe, expect, test } from 'vitest';
import { loadSystems } from '../../../src/crawlers/systems.ts';
import { normalise } from '../../../src/pipeline/normalise.ts';
import { PAGES } from '../cases.ts';
import { answer, FETCHED_AT, fixture } from './_support.ts';

const systems = await loadSystems();
const asked = PAGES.filter(({ system }) => systems.get(system)?.detailOf !== undefined);

describe('what is asked about a posting that the list did not show', () => {
  test.each(asked.map(row => [row.system, row.list, row] as const))(
    '%s is the detail that the list asked for: %s',
    async (_, list, row) => {
      const adapter = systems.get(row.system);
      const [first] = adapter?.start(row.target) ?? [];
      if (!adapter || !first) throw new Error(`${row.system} starts with no request`);
      const { postings } = adapter.read(answer(first, await fixture(row.system, list)), row.target);
      const stubs = postings.filter(({ detail }) => detail !== undefined);
      expect(stubs.length).toBeGreaterThan(0);
      for (const raw of stubs) {
        // The key and the address as they are stored.
        const { key, url } = normalise(raw, { fetchedAt: FETCHED_AT, company: null, system: row.system });
        const request = adapter.detailOf?.({ key, url }, row.target);
        const { url: address = '', headers } = raw.detail ?? {};
        expect(request).toMatchObject({ kind: 'detail', key, ...(headers ? { headers } : {}) });
        expect(new URL(request?.url ?? '').href).toBe(new URL(address).href);
      }
    },
  );

  test('is the own interface of every system that has one', () => {
    expect([...new Set(asked.map(({ system }) => system))]).toEqual(
      expect.arrayContaining([
        'adp',
        'bamboohr',
        'greenhouse',
        'icims',
        'infor',
        'oracle',
        'rippling',
        'smartrecruiters',
        'ukgready',
        'workday',
      ]),
    );
  });
});
