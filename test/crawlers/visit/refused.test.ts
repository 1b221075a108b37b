import { expect, test } from 'vitest';
import type { Fetched, Fetcher } from '../../../src/crawlers/engine/fetching.ts';
import { systemOf } from '../../../src/crawlers/systems.ts';
import { readListing } from '../../../src/crawlers/visit/listing.ts';
import { readDetail } from '../../../src/crawlers/visit/visit-board.ts';
import { fixture } from '../adapters/_support.ts';

const REFUSED = 'robots.txt line 4: Disallow: /search-jobs/';

/** A listing on a host whose robots.txt refuses what `refuses` says; what it allows answers with `body`. */
async function listing(
  system: string,
  target: object,
  refuses: (path: string, host: string) => boolean,
  body: string | ((path: string) => string),
) {
  const asked: string[] = [];
  const fetcher: Fetcher = {
    fetch: async (request): Promise<Fetched> => {
      const { pathname, host, search } = new URL(request.url);
      const message = host.startsWith('careers.blue')
        ? REFUSED
        : `line 2 of https://${host}/robots.txt forbids ${pathname} ("Disallow: /")`;
      if (refuses(pathname, host)) return { kind: 'failed', code: 'E_ROBOTS', message, status: null, retryAt: null };
      asked.push(pathname);
      const text = typeof body === 'string' ? body : body(pathname + search);
      return { kind: 'page', page: { request, url: request.url, status: 200, headers: {}, body: text, fetchedAt: '2026-11-28T00:00:00Z' } };
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

const CLOSED = { kind: 'failed', code: 'E_ROBOTS', message: REFUSED, status: null, retryAt: null } as const;

test.each([
  ['is not there, is blocked and not gone', '', { end: 'blocked', code: 'E_ROBOTS', reason: `${REFUSED}; /sitemap.xml is not there` }],
  [
    'is away for maintenance, has failed for now',
    '<html><h1>Down for scheduled maintenance</h1></html>',
    { end: 'failed', code: 'E_STATUS' },
  ],
])('a list that robots.txt refuses, and whose other way in %s', async (_what, body, expected) => {
  const fetcher: Fetcher = {
    fetch: async request =>
      request.url.includes('sitemap')
        ? { kind: 'page', page: { request, url: request.url, status: 404, headers: {}, body, fetchedAt: '2026-11-28T00:00:00Z' } }
        : CLOSED,
    close: async () => undefined,
  };
  const adapter = await systemOf('icims');
  const target = { host: 'careers-acme.icims.com' };
  const read = await readListing({ adapter, target, slug: 'acme', fetcher, signal: new AbortController().signal });
  expect(read).toMatchObject(expected);
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

test('SmartRecruiters is read by its careers pages where the interface is closed, and is whole when the groups are', async () => {
  const pages = new Map<string, string>();
  for (const [path, file] of [
    ['/willowbend', 'careers.html'],
    ['/willowbend/api/groups?page=1', 'groups-1.html'],
    ['/willowbend/api/more?page=0', 'more-0.html'],
  ] as const)
    pages.set(path, await fixture('smartrecruiters', file));
  const closed = (_path: string, host: string) => host === 'api.smartrecruiters.com';
  const { asked, read } = await listing('smartrecruiters', { company: 'willowbend' }, closed, path => pages.get(path) ?? '<p></p>');
  expect(asked).toEqual(['/willowbend', '/willowbend/api/groups', '/willowbend/api/more', '/willowbend/api/more']);
  expect(read).toMatchObject({ end: 'complete', requests: 4, total: 5, rows: 5 });
  expect([...read.postings.keys()].map(key => key.slice(-1))).toEqual(['1', '2', '3', '4', '5']);
});

test('the flat list that ends before the sum of the groups leaves the board partial', async () => {
  const [careers, groups, more] = await Promise.all(
    ['careers.html', 'groups-1.html', 'more-0.html'].map(file => fixture('smartrecruiters', file)),
  );
  const body = (path: string) =>
    path.endsWith('/willowbend')
      ? careers
      : path.includes('groups')
        ? groups
        : path.endsWith('more?page=0')
          ? more?.split('\n')[1]
          : '<p></p>';
  const closed = (_path: string, host: string) => host === 'api.smartrecruiters.com';
  const { read } = await listing('smartrecruiters', { company: 'willowbend' }, closed, path => body(path) ?? '');
  expect(read).toMatchObject({ end: 'partial', reason: 'the system counts 5, 4 were listed' });
});

test.each([
  ['smartrecruiters', { company: 'willowbend' }, /api\.smartrecruiters\.com.*; .*careers\.smartrecruiters\.com.*"Disallow: \/"/],
  ['personio', { host: 'gangwerk.jobs.personio.de' }, /forbids \/xml \("Disallow: \/"\); .* forbids \/ \(/],
  ['icims', { host: 'careers-harborcare.icims.com' }, /forbids \/jobs\/search .*; .* forbids \/sitemap\.xml/],
  ['eightfold', { host: 'acme.eightfold.ai' }, /\/api\/pcsx\/search.*; .*\/api\/apply\/v2\/jobs/],
])('a board of %s that is closed in every way is blocked, and says which line closes each', async (system, target, reason) => {
  const { asked, read } = await listing(system, target, () => true, '');
  expect(asked).toEqual([]);
  expect(read).toMatchObject({ end: 'blocked', code: 'E_ROBOTS', reason: expect.stringMatching(reason), postings: new Map() });
});

test.each([
  ['personio', { host: 'gangwerk.jobs.personio.de' }, '/xml', '/', 'careers.html', 'partial', 2],
  ['icims', { host: 'careers-harborcare.icims.com' }, '/jobs/search', '/sitemap.xml', 'sitemap.xml', 'complete', 2],
] as const)(
  'a board of %s is read by its second way in where the first is closed',
  async (system, target, closed, open, file, end, size) => {
    const { asked, read } = await listing(system, target, path => path === closed, await fixture(system, file));
    expect(asked).toEqual([open]);
    expect({ end: read.end, size: read.postings.size }).toEqual({ end, size });
  },
);

test('a posting whose first address is closed is read by its second one', async () => {
  const adapter = await systemOf('smartrecruiters');
  const target = { company: 'willowbend' };
  const url = 'https://jobs.smartrecruiters.com/WillowBend/743999000000001-rehab-liaison-';
  const text = await fixture('smartrecruiters', 'posting.html');
  const fetcher: Fetcher = {
    fetch: async (request): Promise<Fetched> =>
      request.url.includes('//api.')
        ? { kind: 'failed', code: 'E_ROBOTS', message: 'closed', status: null, retryAt: null }
        : { kind: 'page', page: { request, url: request.url, status: 200, headers: {}, body: text, fetchedAt: '2026-11-28T00:00:00Z' } },
    close: async () => undefined,
  };
  const detail = adapter.detailOf?.({ key: '743999000000001', url }, target) ?? undefined;
  const stub = { key: '743999000000001', title: 'Rehab Liaison', places: [], url, ...(detail ? { detail } : {}) };
  const read = await readDetail({ adapter, target, slug: 'acme', fetcher, signal: new AbortController().signal }, stub);
  expect(read).toMatchObject({ kind: 'read', postings: [{ key: '743999000000001', company: 'Willow Bend Rehabilitation' }] });
});
