import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { MemoryHostLimiter } from '../../../src/crawlers/engine/memory-hosts.ts';
import { closeAll, code, engine, hello, page, site, watched } from './support.ts';

afterEach(closeAll);

describe('a request', () => {
  it('says honestly who asks, and an adapter cannot change that', async () => {
    const there = await site(hello);
    await engine([there]).get(there.url, {
      headers: { 'User-Agent': 'Mozilla/5.0', From: 'x@y.example', Host: 'other.example', 'X-Own': '1' },
    });
    expect(there.headers[0]).toMatchObject({ host: `127.0.0.1:${there.port}`, 'x-own': '1' });
    expect(there.headers[0]?.['user-agent']).toMatch(/^OmbreBot\/\d+\.\d+\.\d+ \(\+https:\/\/ombre\.example\/bot\)$/);
    expect(there.headers[0]).not.toHaveProperty('from');
  });

  it('carries From when the contact is an e-mail address', async () => {
    const there = await site(hello);
    await engine([there], { env: { BOT_CONTACT: 'mailto:bot@ombre.example' } }).get(there.url);
    expect(there.headers[0]).toMatchObject({ from: 'bot@ombre.example', 'user-agent': expect.stringContaining('(+bot@ombre.example)') });
  });

  it('of a POST sends its body as JSON', async () => {
    const there = await site((request, response) => void request.pipe(response.writeHead(200, { 'content-type': 'application/json' })));
    const fetched = page(await engine([there]).get(`${there.url}/jobs`, { method: 'POST', body: '{"limit":20}' }));
    expect(fetched.body).toBe('{"limit":20}');
    expect(there.headers[0]).toMatchObject({ 'content-type': 'application/json', 'content-length': '12' });
  });

  it('gives the page with its request, address, lower-case headers and time', async () => {
    const there = await site(
      (_request, response) => void response.writeHead(200, { 'X-Total': '5', 'Content-Type': 'text/html' }).end('<p>'),
    );
    const before = new Date().toISOString();
    const fetched = await engine([there]).get(`${there.url}/a?b=1#c`, { note: { offset: 20 } });
    expect(fetched).toMatchObject({ kind: 'page', page: { url: `${there.url}/a?b=1`, status: 200, request: { note: { offset: 20 } } } });
    expect(page(fetched).headers).toMatchObject({ 'x-total': '5', 'content-type': 'text/html' });
    expect(page(fetched).fetchedAt >= before).toBe(true);
  });

  it('that asks with validators is told when nothing changed', async () => {
    const there = await site((request, response) => {
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304, { etag: '"v1"' }).end();
      else response.writeHead(200, { etag: '"v1"', 'content-type': 'text/plain' }).end('all');
    });
    const crawler = engine([there]);
    const first = page(await crawler.get(there.url));
    const validators = { etag: first.headers.etag ?? null, lastModified: 'Sat, 21 Nov 2026 10:00:00 GMT' };
    const second = await crawler.get(there.url, {}, { validators });
    expect(second).toMatchObject({ kind: 'not_modified', page: { status: 304, url: `${there.url}/` } });
    expect(there.headers[1]).toMatchObject({ 'if-none-match': '"v1"', 'if-modified-since': 'Sat, 21 Nov 2026 10:00:00 GMT' });
  });

  it('that asked for everything and is answered 304 has failed', async () => {
    const there = await site((_request, response) => void response.writeHead(304).end());
    expect(code(await engine([there]).get(there.url))).toBe('E_STATUS');
  });

  it('for a rendered page fails in an engine without a browser', async () => {
    const there = await site((_request, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'));
    expect(code(await engine([there], { browser: null }).get(there.url, { rendered: true }))).toBe('E_BROWSER');
  });
});

describe('a host', () => {
  it('has one request under way at a time, over two engines that share the limiter', async () => {
    const there = await site((request, response) => void setTimeout(() => hello(request, response), 3));
    const hosts = new MemoryHostLimiter();
    const [one, two] = [engine([there], { hosts }), engine([there], { hosts })];
    await Promise.all(Array.from({ length: 30 }, (_, i) => (i % 2 ? one : two).get(`${there.url}/${i}`)));
    expect(there.asked).toHaveLength(30);
    expect(there.peak).toBe(1);
  });

  it('does not hold up another one', async () => {
    const slow = await site(() => {});
    const quick = await site(hello);
    const crawler = engine([slow, quick]);
    const stop = new AbortController();
    const hanging = crawler.get(slow.url, {}, { signal: stop.signal });
    expect(page(await crawler.get(quick.url)).body).toBe('hello');
    stop.abort();
    await expect(hanging).rejects.toMatchObject({ code: 'E_STOPPED' });
  });

  it('is left alone for the spacing of the settings, with jitter on top', async () => {
    const there = await site(hello);
    const hosts = watched(new MemoryHostLimiter());
    await engine([there], { hosts, env: { CRAWL_DELAY_MS: '100' } }).get(there.url);
    expect(hosts.acquired).toEqual([
      { host: `127.0.0.1:${there.port}`, spacingMs: 100 },
      { host: `127.0.0.1:${there.port}`, spacingMs: 100 },
    ]);
    for (const pause of hosts.pauses) {
      expect(pause).toBeGreaterThan(80);
      expect(pause).toBeLessThanOrEqual(125);
    }
  });
});

describe('stopping', () => {
  it.each([
    ['before it began', (stop: AbortController) => stop.abort('enough')],
    ['while the answer is awaited', (stop: AbortController) => setTimeout(() => stop.abort('enough'), 20)],
  ])('ends a request %s with E_STOPPED', async (_when, abort) => {
    const there = await site(() => {});
    const stop = new AbortController();
    abort(stop);
    await expect(engine([there]).get(there.url, {}, { signal: stop.signal })).rejects.toMatchObject({ code: 'E_STOPPED', cause: 'enough' });
  });

  it('in the middle of a body closes the connection', async () => {
    let closed = false;
    const there = await site((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).write('begun');
      response.once('close', () => {
        closed = true;
      });
    });
    const stop = new AbortController();
    const fetched = engine([there]).get(there.url, {}, { signal: stop.signal });
    await expect.poll(() => there.asked.length).toBe(1);
    stop.abort();
    await expect(fetched).rejects.toMatchObject({ code: 'E_STOPPED' });
    await expect.poll(() => closed).toBe(true);
  });

  it('while waiting for the host gives the turn to the next', async () => {
    const there = await site(hello);
    const hosts = new MemoryHostLimiter();
    const held = await hosts.acquire(`127.0.0.1:${there.port}`, { spacingMs: 0, leaseMs: 60_000, signal: new AbortController().signal });
    const crawler = engine([there], { hosts });
    const stop = new AbortController();
    const waiting = crawler.get(there.url, {}, { signal: stop.signal });
    const next = crawler.get(there.url);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'E_STOPPED' });
    await held.release({ notBefore: null });
    expect(page(await next).body).toBe('hello');
  });

  it('leaves no listener on a signal that lives on', async () => {
    const there = await site(hello);
    const crawler = engine([there]);
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 50 }, (_, i) => crawler.get(`${there.url}/${i}`, {}, { signal })));
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('closes cleanly: what was under way is stopped, nothing more begins, and no signal handler stays', async () => {
    const there = await site((request, response) => (request.path === '/quick' ? hello(request, response) : undefined));
    const handlers = process.listeners('SIGINT').filter(({ name }) => name === 'sigintHandler').length;
    const crawler = engine([there]);
    await crawler.get(`${there.url}/quick`);
    expect(process.listeners('SIGINT').filter(({ name }) => name === 'sigintHandler')).toHaveLength(handlers);
    const hanging = expect(crawler.get(there.url)).rejects.toMatchObject({ code: 'E_STOPPED' });
    await expect.poll(() => there.asked.length).toBe(2);
    await crawler.close();
    await hanging;
    await expect(crawler.get(there.url)).rejects.toMatchObject({ code: 'E_STOPPED' });
  });

  it('an engine that was never used closes as well, and twice is not too often', async () => {
    const crawler = engine([]);
    await crawler.close();
    await crawler.close();
  });
});
