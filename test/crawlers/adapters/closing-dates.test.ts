import { expect, test } from 'vitest';
import type { PageRequest } from '../../../src/crawlers/adapter.ts';
import { loadSystems } from '../../../src/crawlers/systems.ts';
import { hasPassed } from '../../../src/pipeline/expiry.ts';
import { normalise } from '../../../src/pipeline/normalise.ts';
import { PAGES } from '../cases.ts';
import { answer, FETCHED_AT, fixture } from './_support.ts';

const systems = await loadSystems();
const HOUR = 3_600_000;

/** Every closing date in the pages of the fixtures, as the board wrote it and as it is read. */
async function closingDates() {
  const found: { system: string; said: string | number; day: string | null; read: string | null }[] = [];
  for (const { system, target, list, detail } of PAGES) {
    const adapter = systems.get(system);
    const [first] = adapter?.start(target) ?? [];
    if (!adapter || !first) continue;
    const pages: [PageRequest, string][] = [[first, list]];
    if (detail) pages.push([{ kind: 'detail', url: `${adapter.home(target)}#detail` }, detail]);
    for (const [request, file] of pages) {
      for (const raw of adapter.read(answer(request, await fixture(system, file)), target).postings) {
        if (!raw.closes) continue;
        const { closesAt } = normalise({ ...raw, posted: null }, { fetchedAt: FETCHED_AT, company: null, system });
        const said = raw.closes.value;
        found.push({ system, said, day: /^\d{4}-\d\d-\d\d/.exec(String(said))?.[0] ?? null, read: closesAt?.value ?? null });
      }
    }
  }
  return found;
}

test('every closing date that an adapter gives is read, and none passes before its day has ended everywhere on earth', async () => {
  const dates = await closingDates();
  expect(new Set(dates.map(({ system }) => system)).size).toBeGreaterThan(10);
  // The year 2099 is how a system says never.
  expect(dates.filter(({ read, said }) => read === null && !String(said).includes('2099'))).toEqual([]);
  for (const { system, said, day, read } of dates) {
    // The last zone to leave a day is twelve hours behind.
    const end = day ? Date.parse(`${day}T00:00:00Z`) + 36 * HOUR : null;
    if (end === null || read === null) continue;
    expect(hasPassed(read, new Date(end)), `${system}: ${said}`).toBe(false);
    expect(hasPassed(read, new Date(end + 48 * HOUR)), `${system}: ${said}`).toBe(true);
  }
});

test.each([
  '2026-11-08',
  '2026-11-08T00:00:00-05:00',
  '2026-11-08T23:59:59',
  '2026-11-08T23:59:59-10:00',
  '2026-11-08T00:00:00+13:00',
  'Sun, 08 Nov 2026 23:59:00',
  '11/08/2026',
  'November 8, 2026',
])('the 8th of November, written %s, has not passed anywhere while it lasts, and has three days later', said => {
  const raw = { key: '1', title: 'Writer', places: [], url: 'https://acme.example/1', closes: { value: said, from: 'validThrough' } };
  const { closesAt } = normalise(raw, { fetchedAt: '2026-11-01T00:00:00Z', company: null, system: 'jsonld' });
  expect(closesAt).not.toBeNull();
  expect(hasPassed(closesAt?.value, new Date('2026-11-09T12:00:00Z'))).toBe(false);
  expect(hasPassed(closesAt?.value, new Date('2026-11-12T12:00:00Z'))).toBe(true);
});
