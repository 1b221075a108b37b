import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryHostLimiter } from '../../../src/crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../../../src/crawlers/engine/memory-robots.ts';
import { readReplay, replayTransport } from '../../../src/crawlers/engine/replay.ts';
import { closeAll, code, engine, page, watched } from './support.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'ombre-replay-'));
});
afterEach(async () => {
  await closeAll();
  await rm(dir, { recursive: true });
});

const source = { slug: 'a-source', name: 'A Source', system: 'lever', target: { site: 'a' } };
const JOBS = 'https://api.board.example/v0/postings/a';

async function manifest(content: unknown): Promise<void> {
  await writeFile(path.join(dir, 'replay.json'), JSON.stringify(content));
}

async function replaying(responses: object[], options: { visit?: () => number } = {}) {
  await manifest([{ source, responses }]);
  return engine([], { transport: replayTransport(dir, options) });
}

describe('a replay', () => {
  it('lists its boards with what a visit of each ends with', async () => {
    await manifest([
      { source, responses: [], expect: { outcome: 'partial', postings: 2 } },
      { source: { slug: 'bare', system: 'ashby', target: {} }, responses: [] },
    ]);
    expect(await readReplay(dir)).toEqual([
      { source, expect: { outcome: 'partial', postings: 2 } },
      { source: { slug: 'bare', name: 'bare', system: 'ashby', target: {} }, expect: null },
    ]);
  });

  it('answers a method and address whatever the query is, from a file or from the manifest', async () => {
    await writeFile(path.join(dir, 'jobs.json'), '[{"id":1}]');
    const crawler = await replaying([
      { method: 'GET', url: JOBS, status: 200, content_type: 'application/json', file: 'jobs.json' },
      { method: 'GET', url: `${JOBS}/1`, status: 404, content_type: 'text/plain', body: 'gone', headers: { 'X-Any': '1' } },
    ]);
    expect(page(await crawler.get(JOBS))).toMatchObject({
      status: 200,
      url: JOBS,
      body: '[{"id":1}]',
      headers: { 'content-type': 'application/json' },
    });
    expect(page(await crawler.get(`${JOBS}?skip=100&mode=json`)).body).toBe('[{"id":1}]');
    expect(page(await crawler.get(`${JOBS}/1`))).toMatchObject({ status: 404, body: 'gone', headers: { 'x-any': '1' } });
  });

  it.each([
    ['another address', 'https://api.board.example/v0/postings/b', {}],
    ['another method', JOBS, { method: 'POST' as const, body: '{}' }],
    ['another host', 'https://other.example/v0/postings/a', {}],
  ])('tells that %s was not recorded, without trying again', async (_what, url, request) => {
    const crawler = await replaying([{ url: JOBS, body: '[]' }]);
    expect(await crawler.get(url, request)).toMatchObject({
      kind: 'failed',
      code: 'E_NOT_RECORDED',
      status: null,
      message: expect.stringContaining(url),
    });
  });

  it('gives the first page to the named parameter values only, and what comes after to the rest', async () => {
    const crawler = await replaying([{ url: JOBS, body: 'first', first_page: { param: 'skip', values: [null, '0'] }, after: '[]' }]);
    expect(page(await crawler.get(JOBS)).body).toBe('first');
    expect(page(await crawler.get(`${JOBS}?skip=0`)).body).toBe('first');
    expect(page(await crawler.get(`${JOBS}?skip=100`)).body).toBe('[]');
  });

  it('gives the first page to the named values of a field of the body', async () => {
    const crawler = await replaying([
      { method: 'POST', url: JOBS, body: 'first', first_page: { body_field: 'offset', values: [0, null] }, after: '{"total":0}' },
    ]);
    const ask = async (body: string) => page(await crawler.get(JOBS, { method: 'POST', body })).body;
    expect(await ask('{"limit":20,"offset":0}')).toBe('first');
    expect(await ask('{"limit":20}')).toBe('first');
    expect(await ask('{"limit":20,"offset":20}')).toBe('{"total":0}');
  });

  it('answers an exact query or body before any, in any order and spelling', async () => {
    const crawler = await replaying([
      { url: JOBS, body: 'any' },
      { url: JOBS, query: 'a=1&b=2', body: 'both' },
      { url: `${JOBS}?c=3`, body: 'of the address' },
      { url: JOBS, query: '', body: 'none' },
      { method: 'POST', url: JOBS, request_body: '{"a":1,"b":{"c":2,"d":3}}', body: 'posted' },
    ]);
    expect(page(await crawler.get(`${JOBS}?b=2&a=1`)).body).toBe('both');
    expect(page(await crawler.get(`${JOBS}?c=3`)).body).toBe('of the address');
    expect(page(await crawler.get(JOBS)).body).toBe('none');
    expect(page(await crawler.get(`${JOBS}?z=9`)).body).toBe('any');
    expect(page(await crawler.get(JOBS, { method: 'POST', body: '{ "b": {"d":3, "c":2}, "a": 1 }' })).body).toBe('posted');
    expect(code(await crawler.get(JOBS, { method: 'POST', body: '{"a":2}' }))).toBe('E_NOT_RECORDED');
  });

  it('answers differently from visit to visit', async () => {
    let visit = 1;
    const crawler = await replaying(
      [
        { url: JOBS, visits: [2], body: 'second' },
        { url: JOBS, body: 'every other' },
        { url: `${JOBS}/new`, visits: [2, 3], body: 'new' },
      ],
      { visit: () => visit },
    );
    expect(page(await crawler.get(JOBS)).body).toBe('every other');
    expect(code(await crawler.get(`${JOBS}/new`))).toBe('E_NOT_RECORDED');
    visit = 2;
    expect(page(await crawler.get(JOBS)).body).toBe('second');
    expect(page(await crawler.get(`${JOBS}/new`)).body).toBe('new');
  });

  it('prefers the answers of the source that asks, and falls back on those of others', async () => {
    await manifest([
      {
        source: { ...source, slug: 'other' },
        responses: [
          { url: JOBS, body: 'of the other' },
          { url: `${JOBS}/1`, body: 'shared' },
        ],
      },
      { source, responses: [{ url: JOBS, body: 'of this one' }] },
    ]);
    const crawler = engine([], { transport: replayTransport(dir) });
    expect(page(await crawler.get(JOBS)).body).toBe('of this one');
    expect(page(await crawler.get(`${JOBS}/1`)).body).toBe('shared');
  });

  it('goes through robots.txt, which is 404 unless it was recorded', async () => {
    const crawler = await replaying([
      { url: 'https://api.board.example/robots.txt', content_type: 'text/plain', body: 'User-agent: *\nDisallow: /v0\n' },
      { url: JOBS, body: '[]' },
      { url: 'https://free.example/', body: 'free' },
    ]);
    expect(code(await crawler.get(JOBS))).toBe('E_ROBOTS');
    expect(page(await crawler.get('https://free.example/')).body).toBe('free');
  });

  it('goes through the guard, the refused names, the redirect rules, the caps and the passing failures as the network does', async () => {
    await writeFile(path.join(dir, 'large.json'), `"${'x'.repeat(1024 * 1024)}"`);
    await manifest([
      {
        source,
        responses: [
          { url: `${JOBS}/moved`, status: 302, headers: { location: '/v0/postings/a' } },
          { url: JOBS, body: 'arrived' },
          { url: `${JOBS}/large`, file: 'large.json' },
          { url: `${JOBS}/sick`, status: 503 },
          { url: `${JOBS}/busy`, status: 429, headers: { 'retry-after': '3600' } },
          { url: `${JOBS}/picture`, content_type: 'image/png', body: 'x' },
        ],
      },
    ]);
    const crawler = engine([], { transport: replayTransport(dir), env: { MAX_BODY_MB: '1' } });
    expect(code(await crawler.get('http://192.168.0.1/'))).toBe('E_UNSAFE_URL');
    expect(code(await crawler.get('https://www.linkedin.com/jobs'))).toBe('E_BLOCKED');
    expect(page(await crawler.get(`${JOBS}/moved`))).toMatchObject({ url: JOBS, body: 'arrived' });
    expect(code(await crawler.get(`${JOBS}/large`))).toBe('E_TOO_LARGE');
    expect(code(await crawler.get(`${JOBS}/sick`))).toBe('E_STATUS');
    expect(code(await crawler.get(`${JOBS}/picture`))).toBe('E_CONTENT');
    expect(code(await crawler.get(`${JOBS}/busy`))).toBe('E_THROTTLED');
  });

  it('leaves the shared robots memory and host turns alone, whatever the spacing', async () => {
    await manifest([{ source, responses: [{ url: JOBS, body: '[]' }] }]);
    const robots = new MemoryRobots();
    const hosts = watched(new MemoryHostLimiter());
    const crawler = engine([], { transport: replayTransport(dir), robots, hosts, spacingMs: 3600_000 });
    await crawler.get(JOBS);
    expect(page(await crawler.get(JOBS)).body).toBe('[]');
    expect(await robots.get('https://api.board.example')).toBeNull();
    expect(hosts.acquired).toEqual([]);
  });

  it('answers 304 to the validators it gave out', async () => {
    const crawler = await replaying([{ url: JOBS, body: '[]', headers: { ETag: '"v1"' } }]);
    expect(page(await crawler.get(JOBS)).headers.etag).toBe('"v1"');
    expect((await crawler.get(JOBS, {}, { validators: { etag: '"v1"', lastModified: null } })).kind).toBe('not_modified');
    expect((await crawler.get(JOBS, {}, { validators: { etag: '"v0"', lastModified: null } })).kind).toBe('page');
  });

  it('dates a page by when it was recorded, if the manifest says so', async () => {
    const crawler = await replaying([{ url: JOBS, body: '[]', recorded_at: '2026-01-02T03:04:05.000Z' }]);
    expect(page(await crawler.get(JOBS)).fetchedAt).toBe('2026-01-02T03:04:05.000Z');
  });

  it.each([
    ['no manifest', null, 'replay.json'],
    ['a manifest that is no JSON', '{', 'replay.json'],
    ['a manifest of another shape', '{"source":{}}', 'replay.json'],
    ['an address that is none', JSON.stringify([{ source, responses: [{ url: 'jobs' }] }]), '0.responses.0.url'],
    ['a page named by nothing', JSON.stringify([{ source, responses: [{ url: JOBS, first_page: { values: [1] } }] }]), 'first_page'],
  ])("with %s is refused as the user's mistake, naming the row", async (_what, text, named) => {
    if (text !== null) await writeFile(path.join(dir, 'replay.json'), text);
    expect(() => replayTransport(dir)).toThrow(expect.objectContaining({ code: 'E_INPUT', message: expect.stringContaining(named) }));
    await expect(readReplay(dir)).rejects.toMatchObject({ code: 'E_INPUT' });
  });

  it('reads no file outside its folder', async () => {
    const crawler = await replaying([{ url: JOBS, file: '../../../../etc/passwd' }]);
    expect(code(await crawler.get(JOBS))).toBe('E_INPUT');
  });
});
