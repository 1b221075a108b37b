import { expect, test } from 'vitest';
import type { Fetched, Fetcher } from '../../../src/crawlers/engine/fetching.ts';
import { systemOf } from '../../../src/crawlers/systems.ts';
import { readListing } from '../../../src/crawlers/visit/listing.ts';
import { fixture } from '../adapters/_support.ts';

const REFUSED = 'robots.txt line 4: Disallow: /search-jobs/';

/** A listing on a host whose robots.txt refuses what `refuses` says; what it allows answers with `body`. */
async function listing(system: string, target: object, refuses: (path: string) => boolean, body: string) {
  const asked: string[] = [];
  const fetcher: Fetcher = {
    fetch: async (request): Promise<Fetched> => {
      const { pathname } = new URL(request.url);
      if (refuses(pathname)) return { kind: 'failed', code: 'E_ROBOTS', message: REFUSED, status: null, retryAt: null };
      asked.push(pathname);
      return { kind: 'page', page: { request, url: request.url, status: 200, headers: {}, body, fetchedAt: '2026-11-28T00:00:00Z' } };
    },
    close: async () => undefined,
  };
  const adapter = await systemOf(system);
  return { asked, read: await readListing({ adapter, target, slug: 'acme', fetcher, signal: new AbortController().signal }) };
}

const RADANCY = { host: 'careers.bluegrassbenefit.example', org: '40118' };

test('a list whose first address robots.txt refuses is read by the other way in, and the refusal counts as no request', async () => {
  const target = { host: 'acme.eightfold.ai', domain: 'acme.example' };
  const older = JSON.stringify({ domain: 'acme.example', count: 1, positions: [{ id: 7, name: 'Care Coordinator' }] });
  const { asked, read } = await listing('eightfold', target, path => path.startsWith('/api/pcsx'), older);
  expect(asked).toEqual(['/api/apply/v2/jobs']);
  expect(read).toMatchObject({ end: 'complete', requests: 1, total: 1 });
});

test('a list that robots.txt refuses in every way is blocked, with the line that refuses it', async () => {
  const { asked, read } = await listing('radancy', RADANCY, () => true, '');
  expect(asked).toEqual([]);
  expect(read).toMatchObject({ end: 'blocked', code: 'E_ROBOTS', reason: REFUSED, requests: 1 });
});

test.each([
  [303, 'E_STATUS'],
  [302, 'E_STATUS'],
  [301, null],
  [422, null],
])('a list that ends with %i has %s for its code: what leads elsewhere for now is the trouble of the host', async (status, code) => {
  const adapter = await systemOf('workday');
  const headers = { location: 'https://elsewhere.example/' };
  const fetcher: Fetcher = {
    fetch: async request => ({
      kind: 'page',
      page: { request, url: request.url, status, headers, body: '', fetchedAt: '2026-11-28T00:00:00Z' },
    }),
    close: async () => undefined,
  };
  const target = { host: 'acme.wd5.myworkdayjobs.com', tenant: 'acme', site: 'External' };
  const read = await readListing({ adapter, target, slug: 'acme', fetcher, signal: new AbortController().signal });
  expect(read).toMatchObject({ end: 'failed', code });
});

test('a list in HTML that is a maintenance page says so, and is the trouble of the host', async () => {
  const { read } = await listing(
    'icims',
    { host: 'careers-acme.icims.com' },
    () => false,
    '<html><h1>We are down for maintenance</h1></html>',
  );
  expect(read).toMatchObject({ end: 'failed', code: 'E_STATUS', reason: expect.stringContaining('a maintenance page') });
});

test.each([
  [null, 'failed'],
  [503, 'failed'],
  [401, 'blocked'],
  [429, 'blocked'],
] as const)('a robots.txt that cannot be read, with the status %s, ends the visit as %s', async (status, end) => {
  const fetcher: Fetcher = {
    fetch: async () => ({ kind: 'failed', code: 'E_ROBOTS_UNREADABLE', message: 'robots.txt could not be read', status, retryAt: null }),
    close: async () => undefined,
  };
  const adapter = await systemOf('lever');
  const read = await readListing({ adapter, target: { site: 'acme' }, slug: 'acme', fetcher, signal: new AbortController().signal });
  expect(read).toMatchObject({ end, code: 'E_ROBOTS_UNREADABLE' });
});

test('the other way in of a results page is the page that people see', async () => {
  const { asked } = await listing(
    'radancy',
    RADANCY,
    path => path.startsWith('/search-jobs/'),
    await fixture('radancy', 'search-jobs.html'),
  );
  expect(asked[0]).toBe('/search-jobs');
});
