import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApi, testApi } from '../support/api.ts';
import { insertPostings } from '../support/postings.ts';

const PATHS = ['/feed.rss', '/feed.atom', '/feed.json', '/feed.csv', '/api/v1/postings'];
let api: TestApi;
let n = 0;
beforeAll(async () => {
  api = await testApi();
  await insertPostings(
    api.db,
    Array.from({ length: 12 }, (_, i) => ({ id: `p${i}`, paths: ['sales'], verdicts: { OTA: 'named' }, text: 'words '.repeat(100) })),
  );
});
afterAll(() => api.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${api.origin}${path}`, { method, redirect: 'manual', headers: { 'accept-encoding': 'identity', ...headers } });

async function somethingNew(): Promise<void> {
  await insertPostings(api.db, [
    { id: `new${n++}`, first_seen: '2026-11-09T00:00:00Z', updated_at: new Date(Date.UTC(2026, 11, 1) + n * 1000).toISOString() },
  ]);
}

describe.each(PATHS)('conditional requests of %s', path => {
  it('answers 304 without a body to its own tag, to its own date, and to a star', async () => {
    const first = await get(path);
    expect(first.status).toBe(200);
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^"[\w-]+"$/);
    const modified = first.headers.get('last-modified')!;
    const known: Record<string, string>[] = [
      { 'if-none-match': etag },
      { 'if-none-match': `"x", W/${etag}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': modified },
    ];
    for (const headers of known) {
      const again = await get(path, headers);
      expect(again.status, JSON.stringify(headers)).toBe(304);
      expect(await again.text()).toBe('');
      expect(again.headers.get('etag')).toBe(etag);
      expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'));
      expect(again.headers.get('vary')).toContain('Accept-Encoding');
    }
  });

  it('answers 200 with another tag once something shown has changed, also when only a date is sent', async () => {
    const first = await get(path);
    await somethingNew();
    const again = await get(path, { 'if-none-match': first.headers.get('etag')! });
    expect(again.status).toBe(200);
    expect(again.headers.get('etag')).not.toBe(first.headers.get('etag'));
    expect((await get(path, { 'if-modified-since': first.headers.get('last-modified')! })).status).toBe(200);
    // A tag is worth more than a date.
    expect((await get(path, { 'if-none-match': '"other"', 'if-modified-since': again.headers.get('last-modified')! })).status).toBe(200);
  });

  it('sends the same bytes under the same tag, and another tag for each encoding', async () => {
    const [one, two] = [await get(path), await get(path)];
    expect(await one.text()).toBe(await two.text());
    const plain = one.headers.get('etag')!;
    for (const encoding of ['br', 'gzip']) {
      const packed = await get(path, { 'accept-encoding': encoding });
      expect(packed.headers.get('content-encoding')).toBe(encoding);
      const etag = packed.headers.get('etag')!;
      expect(etag).not.toBe(plain);
      const again = await get(path, { 'accept-encoding': encoding, 'if-none-match': etag });
      expect([again.status, again.headers.get('etag')]).toEqual([304, etag]);
      expect(await packed.text()).toBe(await (await get(path)).text());
    }
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    const [head, full] = [await get(path, {}, 'HEAD'), await get(path)];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    for (const name of ['content-type', 'etag', 'last-modified', 'content-length', 'cache-control', 'link']) {
      expect(head.headers.get(name), name).toBe(full.headers.get(name));
    }
  });

  it('lets pages of any origin read it, and asks nothing else of them', async () => {
    expect((await get(path)).headers.get('access-control-allow-origin')).toBe('*');
    const asked = await get(
      path,
      { origin: 'https://reader.example', 'access-control-request-method': 'GET', 'access-control-request-headers': 'if-none-match' },
      'OPTIONS',
    );
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('if-none-match');
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('tells a mistake as a problem with field, value and what is allowed', async () => {
    const answer = await get(`${path}?credential=RN`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toMatchObject({
      status: 400,
      code: 'E_FILTER',
      field: 'credential',
      value: 'RN',
      allowed: 'OT, OTA, PT, PTA, SLP',
    });
  });
});

describe('the address of a feed', () => {
  it('is the canonical one, also in what another spelling is answered with', async () => {
    const answer = await get('/feed.rss?path=sales,writing&limit=&credential=OTA');
    expect([answer.status, answer.headers.get('content-location')]).toEqual([200, '/feed.rss?credential=OTA&path=writing,sales']);
    const port = new URL(api.origin).port;
    expect(await answer.text()).toContain(
      `rel="self" type="application/rss+xml" href="http://localhost:${port}/feed.rss?credential=OTA&#x26;path=writing,sales"`,
    );
  });

  it('is taken in whichever way a client escapes it', async () => {
    for (const query of ['q=a%20b', 'q=a+b', 'credential=OT%2COTA', 'company=o%27brien'])
      expect((await get(`/feed.atom?${query}`)).status, query).toBe(200);
  });

  it('leads to the next page until all is told', async () => {
    let path = '/feed.json?limit=5';
    const ids: string[] = [];
    for (let pages = 0; pages < 10; pages++) {
      const feed = (await (await get(path)).json()) as { items: { id: string }[]; next_url?: string; feed_url: string };
      expect(feed.feed_url).toContain(path);
      ids.push(...feed.items.map(item => item.id));
      if (!feed.next_url) break;
      const next = new URL(feed.next_url);
      path = next.pathname + next.search;
    }
    const all = (await (await get('/feed.json?limit=100')).json()) as { items: { id: string }[] };
    expect(ids).toEqual(all.items.map(item => item.id));
  });

  it('does not believe the Host header', async () => {
    const answer = await api.app.inject({ url: '/feed.rss', headers: { host: 'evil.example' } });
    expect(answer.body).not.toContain('evil.example');
  });
});

describe('a reader that polls', () => {
  it('is told 304 only for the bytes it has, whatever happens in between', async () => {
    const kept = new Map<string, { etag: string; body: string }>();
    let told304 = 0;
    const poll = async () => {
      for (const path of PATHS) {
        const known = kept.get(path);
        const answer = await get(path, known ? { 'if-none-match': known.etag } : {});
        const now = await (await get(path)).text();
        if (answer.status === 304) {
          told304++;
          expect(now, path).toBe(known!.body);
        } else kept.set(path, { etag: answer.headers.get('etag')!, body: now });
      }
    };
    const rows = api.db.updateTable('postings').where('id', '=', 'p3');
    const at = (minute: number) => new Date(Date.UTC(2026, 11, 2, 0, minute)).toISOString();
    const happenings: (() => Promise<unknown>)[] = [
      async () => undefined,
      () => rows.set({ last_seen: at(1) }).execute(),
      () => rows.set({ title: 'Another title', updated_at: at(2) }).execute(),
      () => insertPostings(api.db, [{ id: 'far', first_seen: '2020-01-01T00:00:00Z', relevance: 'other' }]),
      () => somethingNew(),
      () => rows.set({ closed_at: at(3), updated_at: at(3) }).execute(),
      () => rows.set({ closed_at: null, reopened_at: at(4), updated_at: at(4) }).execute(),
      // A transaction that began earlier and ends later than others: its times are older than what was already served.
      () => rows.set({ title: 'A late one', updated_at: '2026-11-01T00:00:01Z' }).execute(),
    ];
    for (const happening of happenings) {
      await happening();
      await poll();
    }
    expect(told304).toBeGreaterThanOrEqual(PATHS.length * 2);
  });
});
