import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { MemoryHostLimiter } from '../../../src/crawlers/engine/memory-hosts.ts';
import { retryAfterMs } from '../../../src/crawlers/engine/retry.ts';
import { closeAll, code, engine, hello, page, site, watched } from './support.ts';

afterEach(closeAll);

/** Answers with these statuses one after the other, then hello. */
function statuses(given: (number | 'drop')[], headers: Record<string, string> = {}) {
  const left = [...given];
  return site((request, response) => {
    const next = left.shift();
    if (next === 'drop') request.socket.destroy();
    else if (next === undefined) hello(request, response);
    else response.writeHead(next, headers).end('later');
  });
}

describe('a request that fails in passing', () => {
  it.each([[[408]], [[425]], [[429]], [[500, 502]], [[503]], [['drop', 504]]] as (number | 'drop')[][][])(
    'with %j is tried again',
    async given => {
      const there = await statuses(given);
      expect(page(await engine([there]).get(there.url)).body).toBe('hello');
      expect(there.asked).toHaveLength(given.length + 1);
    },
  );

  it.each([
    [500, 'E_STATUS'],
    [503, 'E_STATUS'],
    [408, 'E_STATUS'],
    [429, 'E_THROTTLED'],
  ])('with %i three times ends as %s', async (status, expected) => {
    const there = await statuses([status, status, status, status]);
    expect(await engine([there]).get(there.url)).toMatchObject({ kind: 'failed', code: expected, status });
    expect(there.asked).toHaveLength(3);
  });

  it('by a dropped connection three times ends as E_NETWORK without a status', async () => {
    const there = await statuses(['drop', 'drop', 'drop', 'drop']);
    expect(await engine([there]).get(there.url)).toMatchObject({ kind: 'failed', code: 'E_NETWORK', status: null });
    expect(there.asked).toHaveLength(3);
  });

  it('has three tries in all, over its redirects as well', async () => {
    const there = await site((request, response) => {
      if (request.path === '/from' && there.asked.length > 1) response.writeHead(302, { location: '/to' }).end();
      else response.writeHead(500).end();
    });
    expect(code(await engine([there]).get(`${there.url}/from`))).toBe('E_STATUS');
    expect(there.asked).toEqual(['GET /from', 'GET /from', 'GET /to', 'GET /to']);
  });

  it('waits between tries by leaving the host alone, longer each time', async () => {
    const there = await statuses([500, 500]);
    const hosts = watched(new MemoryHostLimiter());
    await engine([there], { hosts, backoffMs: 40 }).get(there.url);
    const [, first, second, last] = hosts.pauses;
    expect(first).toBeGreaterThan(10);
    expect(second).toBeGreaterThan(30);
    expect(last).toBeNull();
  });

  it.each([400, 401, 403, 404, 409, 410, 418, 451])('with %i is no such failure: the page is handed over', async status => {
    const there = await statuses([status]);
    expect(page(await engine([there]).get(there.url)).status).toBe(status);
    expect(there.asked).toHaveLength(1);
  });

  it('at a closed port or an unknown name ends as E_NETWORK', async () => {
    const there = await site(hello);
    await there.close();
    // Without a server there is no robots.txt either, and that is what is said.
    expect(await engine([there]).get(there.url)).toMatchObject({
      code: 'E_ROBOTS_UNREADABLE',
      message: expect.stringContaining('ECONNREFUSED'),
    });
    expect(await engine([]).get('http://no-such-name.invalid/')).toMatchObject({ code: 'E_ROBOTS_UNREADABLE' });
  });

  it('because the other side speaks no TLS is not tried again', async () => {
    const there = await site(hello);
    const hosts = watched(new MemoryHostLimiter());
    const crawler = engine([there], { hosts });
    expect(await crawler.get(there.url.replace('http:', 'https:'))).toMatchObject({
      code: 'E_ROBOTS_UNREADABLE',
      message: expect.stringContaining('SSL'),
    });
    expect(hosts.acquired).toHaveLength(1);
  });
});

describe('Retry-After', () => {
  it('of a second is waited for by everybody who wants that host', async () => {
    const there = await statuses([429], { 'retry-after': '1' });
    const hosts = watched(new MemoryHostLimiter());
    expect(page(await engine([there], { hosts }).get(there.url)).body).toBe('hello');
    expect(hosts.pauses[1]).toBeGreaterThan(900);
  });

  it.each([
    ['3600', 429],
    ['3600', 503],
  ])('of %s with %i is not waited for: the request fails with the time to come back, and so do all others there', async (value, status) => {
    const there = await statuses([status, status], { 'retry-after': value });
    const hosts = watched(new MemoryHostLimiter());
    const crawler = engine([there], { hosts });
    const before = Date.now();
    const fetched = await crawler.get(there.url);
    expect(fetched).toMatchObject({ kind: 'failed', code: 'E_THROTTLED', status });
    const retryAt = fetched.kind === 'failed' ? Date.parse(fetched.retryAt ?? '') : 0;
    expect(retryAt - before).toBeGreaterThanOrEqual(3_599_000);
    expect(hosts.pauses.at(-1)).toBeGreaterThan(3_590_000);
    expect(await crawler.get(`${there.url}/other`)).toMatchObject({
      code: 'E_THROTTLED',
      status: null,
      retryAt: new Date(retryAt).toISOString(),
    });
    expect(there.asked).toHaveLength(1);
  });

  it('as a date holds too', async () => {
    const there = await statuses([503], { 'retry-after': new Date(Date.now() + 7_200_000).toUTCString() });
    expect(code(await engine([there]).get(there.url))).toBe('E_THROTTLED');
  });

  it('of robots.txt keeps the host closed that long', async () => {
    const there = await site(hello, (_request, response) => void response.writeHead(503, { 'retry-after': '7200' }).end());
    const fetched = await engine([there]).get(there.url);
    expect(code(fetched)).toBe('E_ROBOTS_UNREADABLE');
    expect(fetched.kind === 'failed' && Date.parse(fetched.retryAt!) - Date.now()).toBeGreaterThan(7_100_000);
  });

  it('is read as seconds or an HTTP date and never means more than a day or less than nothing', () => {
    const now = Date.UTC(2026, 10, 22, 12);
    expect(retryAfterMs('120', now)).toBe(120_000);
    expect(retryAfterMs(' 5 ', now)).toBe(5000);
    expect(retryAfterMs('Sun, 22 Nov 2026 12:01:00 GMT', now)).toBe(60_000);
    expect(retryAfterMs('Sun, 22 Nov 2020 12:01:00 GMT', now)).toBe(0);
    expect(retryAfterMs('99999999', now)).toBe(24 * 3600_000);
    for (const nonsense of [undefined, '', 'soon', '-5', '1.5', '2026-11-23']) expect(retryAfterMs(nonsense, now)).toBeNull();
    fc.assert(
      fc.property(fc.string(), text => {
        const ms = retryAfterMs(text, now);
        expect(ms === null || (ms >= 0 && ms <= 24 * 3600_000)).toBe(true);
      }),
    );
  });
});
