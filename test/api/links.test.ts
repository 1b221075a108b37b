import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalQuery } from '../../src/feed/canonical.ts';
import { parseQuery } from '../../src/feed/filter.ts';
import { type TestApi, testApi } from '../support/api.ts';
import { insertPostings } from '../support/postings.ts';

const TRACKED = 'utm_source=newsletter&fbclid=IwAR0&_hsmi=1&mc_eid=x%2Fy&ref=share&_=1732800000';
const LISTS = ['/feed.rss', '/feed.atom', '/feed.json', '/feed.csv', '/api/v1/postings', '/api/v1/facets', '/api/v1/stats'];
const OTHERS = [
  '/api/v1/postings/p1',
  '/api/v1/paths',
  '/api/v1/paths/sales',
  '/api/v1/sources',
  '/api/v1/openapi.json',
  '/feeds.opml',
  '/api',
];

let api: TestApi;
beforeAll(async () => {
  api = await testApi({ PUBLIC_URL: 'https://ombre.example' });
  await insertPostings(api.db, [
    { id: 'p1', paths: ['sales'], work_mode: 'remote', verdicts: { OTA: 'named' } },
    { id: 'p2', paths: ['utilization-review'], work_mode: 'remote', verdicts: { OTA: 'named', OT: 'named' } },
    { id: 'shut', paths: ['sales'], verdicts: { OTA: 'named' }, title: 'Shut Job', closed_at: '2026-11-05T10:00:00Z' },
  ]);
});
afterAll(() => api.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${api.origin}${path}`, { method, redirect: 'manual', headers: { 'accept-encoding': 'identity', ...headers } });
const bodyOf = async (answer: Response) => await answer.text();

describe('a link with what others add to it', () => {
  it.each([...LISTS.map(path => `${path}?credential=OTA`), ...LISTS, ...OTHERS])('%s is the same address without it', async path => {
    const plain = await get(path);
    expect(plain.status).toBe(200);
    for (const tracked of [`${path}${path.includes('?') ? '&' : '?'}${TRACKED}`, path.replace(/\?|$/, `?${TRACKED}&`)]) {
      const answer = await get(tracked);
      expect(answer.status, tracked).toBe(200);
      for (const name of ['etag', 'last-modified', 'link', 'content-location']) {
        expect(answer.headers.get(name), `${name} of ${tracked}`).toBe(plain.headers.get(name));
      }
      if (path === OTHERS.at(-1)) continue;
      expect((await get(tracked, { 'if-none-match': plain.headers.get('etag')! })).status).toBe(304);
    }
    expect(await bodyOf(await get(path))).not.toContain('utm_source');
  });

  it('is still a mistake in feeds and API when it has a name nobody knows', async () => {
    for (const path of LISTS) expect((await get(`${path}?colour=red`)).status, path).toBe(400);
  });
});

describe('another spelling of a filter', () => {
  const readme = /feed\.rss\?([\w=&,-]+)/.exec(readFileSync(new URL('../../README.md', import.meta.url), 'utf8'))?.[1];
  const spellings = [
    'credential=PTA,OT',
    'credential=OT&credential=PTA&credential=OT',
    'credential=ota',
    'credential=COTA&state=Texas,ca',
    'path=&credential=OTA&q=',
    'work_mode=Remote&credential=OTA',
    'path=Utilization%20Review',
    'since=1W&limit=50',
    'path=utilization-review&credential=OTA&work_mode=remote',
    ...(readme ? [readme] : []),
  ];

  it.each(spellings)('%s is answered at once, and says its one address', async spelling => {
    const query = canonicalQuery(parseQuery(spelling));
    for (const path of LISTS) {
      const [answer, plain] = [await get(`${path}?${spelling}`), await get(`${path}?${query}`)];
      expect([answer.status, plain.status], path).toEqual([200, 200]);
      expect(answer.headers.get('etag'), path).toBe(plain.headers.get('etag'));
      expect(answer.headers.get('content-location'), path).toBe(`${path}${query && `?${query}`}`);
      expect(answer.headers.get('link'), path).toContain(`<https://ombre.example${path}${query && `?${query}`}>; rel="canonical"`);
    }
    expect(await bodyOf(await get(`/feed.rss?${spelling}`))).toBe(await bodyOf(await get(`/feed.rss?${query}`)));
  });

  it('names the parameters that only one endpoint knows in its one address too', async () => {
    const answer = await get('/api/v1/postings?fields=title,id&credential=COTA');
    expect(answer.headers.get('content-location')).toBe('/api/v1/postings?credential=OTA&fields=id,title');
  });

  it.each(['/feed.rss/', '/api/v1/postings/', '/api/v1/paths/sales/', '/feeds.opml/'])(
    '%s with a slash too many is the same',
    async path => {
      const [answer, plain] = [await get(`${path}?${TRACKED}`), await get(path.slice(0, -1))];
      expect([answer.status, answer.headers.get('etag')]).toEqual([200, plain.headers.get('etag')]);
    },
  );

  it('of a path in an address is understood, too', async () => {
    const answer = await get('/api/v1/paths/Utilization_Review');
    expect([answer.status, answer.headers.get('content-location')]).toEqual([200, '/api/v1/paths/utilization-review']);
  });
});

describe('the names under which others look for a feed', () => {
  it.each([
    ['/feed', '/feed.rss'],
    ['/feed/', '/feed.rss'],
    ['/feed.xml', '/feed.rss'],
    ['/rss', '/feed.rss'],
    ['/rss.xml', '/feed.rss'],
    ['/atom', '/feed.atom'],
    ['/atom.xml', '/feed.atom'],
  ])('%s leads to %s and keeps the filter', async (from, to) => {
    const bare = await get(from);
    expect([bare.status, bare.headers.get('location')]).toEqual([301, to]);
    const filtered = await get(`${from}?credential=cota&utm_source=x`);
    expect([filtered.status, filtered.headers.get('location')]).toEqual([301, `${to}?credential=cota`]);
  });
});

describe('a feed', () => {
  it('leads to the page of its own filter', async () => {
    const page = 'https://ombre.example/jobs?credential=OTA';
    expect(await bodyOf(await get('/feed.rss?credential=OTA&limit=50'))).toContain(`<link>${page}</link>`);
    expect(await bodyOf(await get('/feed.atom?credential=OTA'))).toContain(`rel="alternate" type="text/html" href="${page}"`);
    expect(await (await get('/feed.json?credential=OTA')).json()).toMatchObject({ home_page_url: page });
    expect(await (await get('/feed.json')).json()).toMatchObject({ home_page_url: 'https://ombre.example/' });
  });

  it('marks what is closed, in the title and in the first line', async () => {
    const feed = (await (await get('/feed.json?include=closed')).json()) as { items: { title: string; summary: string; id: string }[] };
    const shut = feed.items.find(item => item.id.endsWith('shut'))!;
    expect(shut.title).toBe('Closed: Shut Job (Example Health)');
    expect(shut.summary).toMatch(/^Closed on 2026-11-05\b/);
    expect(feed.items.filter(item => item.title.startsWith('Closed: '))).toHaveLength(1);
    for (const path of ['/feed.rss', '/feed.atom']) {
      const text = await bodyOf(await get(`${path}?include=closed`));
      expect(text, path).toContain('<title>Closed: Shut Job (Example Health)</title>');
      // In its summary and in its content.
      expect(text.match(/Closed on 2026-11-05/g), path).toHaveLength(2);
    }
  });
});

describe('a method that an address does not take', () => {
  it.each(['/feed.rss', '/api/v1/postings', '/api/v1/postings/p1', '/feeds.opml', '/api', '/healthz'])(
    'is 405 at %s, with what it takes',
    async path => {
      for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
        const answer = await get(path, { 'content-type': 'text/odd' }, method);
        expect([answer.status, answer.headers.get('allow')], method).toEqual([405, 'GET, HEAD']);
        expect(answer.headers.get('content-type')).toContain('application/problem+json');
      }
    },
  );

  it('is 404 where nothing is', async () => {
    expect((await get('/api/v1/nothing', {}, 'POST')).status).toBe(404);
  });
});

describe('a page of another origin', () => {
  it('may send the headers that usual fetch wrappers send', async () => {
    const asked = await get(
      '/feed.json',
      {
        origin: 'https://reader.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'content-type,x-requested-with',
      },
      'OPTIONS',
    );
    const allowed = asked.headers.get('access-control-allow-headers')?.toLowerCase();
    expect(allowed).toContain('content-type');
    expect(allowed).toContain('x-requested-with');
  });

  it('is known by its tag also without the quotes', async () => {
    const etag = (await get('/feed.rss')).headers.get('etag')!;
    expect((await get('/feed.rss', { 'if-none-match': etag.replaceAll('"', '') })).status).toBe(304);
  });
});
