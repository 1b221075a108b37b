import type { LookupFunction } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { MemoryHostLimiter } from '../../../src/crawlers/engine/memory-hosts.ts';
import { liveTransport } from '../../../src/crawlers/engine/transport-live.ts';
import { closeAll, code, engine, type Handler, page, type Site, site, watched } from './support.ts';

afterEach(closeAll);
const toLoopback: LookupFunction = (_hostname, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]);

/** Leads from /from to the address, with the status; tells its method and body elsewhere. */
function leading(to: (there: Site) => string, status = 302): Promise<Site> {
  const handler: Handler = (request, response) => {
    if (request.path === '/from') return void response.writeHead(status, { location: to(there) }).end('moved');
    let body = '';
    request.on('data', chunk => {
      body += chunk;
    });
    request.on('end', () => response.writeHead(200, { 'content-type': 'text/plain' }).end(`${request.method} ${body}`));
  };
  let there!: Site;
  return site(handler).then(made => {
    there = made;
    return made;
  });
}

/** An engine for which the names lead to the loopback server. */
function named(there: Site, ...names: string[]) {
  const allowed = names.map(name => `${name}:${there.port}`);
  return engine(allowed, { transport: liveTransport(readConfig({ ALLOW_PRIVATE_HOSTS: allowed.join(',') }), { lookup: toLoopback }) });
}

describe('a redirect', () => {
  it('on the same host is followed, and the page tells the address that answered', async () => {
    const there = await leading(() => '/to?a=1#part');
    const fetched = page(await engine([there]).get(`${there.url}/from`));
    expect(fetched).toMatchObject({ status: 200, url: `${there.url}/to?a=1`, body: 'GET ' });
  });

  it('is handed over as the page when the request wants none', async () => {
    const there = await leading(() => '/to');
    const fetched = page(await engine([there]).get(`${there.url}/from`, { redirects: 'none' }));
    expect(fetched).toMatchObject({ status: 302, url: `${there.url}/from` });
    expect(fetched.headers.location).toBe('/to');
    expect(there.asked).toEqual(['GET /from']);
  });

  it('to another host or port is handed over as the page, unopened', async () => {
    const other = await leading(() => '/');
    const there = await leading(() => `${other.url}/to`);
    expect(page(await engine([there, other]).get(`${there.url}/from`)).status).toBe(302);
    expect(other.asked).toEqual([]);
    expect(other.robotsAsked).toBe(0);
  });

  it('to another host of the same site is followed when the request allows the site, and that host is asked for its robots.txt', async () => {
    const there = await leading(made => `http://jobs.employer.example:${made.port}/to`);
    const crawler = named(there, 'www.employer.example', 'jobs.employer.example');
    const from = `http://www.employer.example:${there.port}/from`;
    expect(page(await crawler.get(from)).status).toBe(302);
    expect(page(await crawler.get(from, { redirects: 'site' })).url).toBe(`http://jobs.employer.example:${there.port}/to`);
    expect(there.robotsAsked).toBe(2);
  });

  it('to another site is handed over even then, and so is one between two tenants of a hosting platform', async () => {
    const away = await leading(made => `http://jobs.other.example:${made.port}/to`);
    const crawler = named(away, 'www.employer.example', 'jobs.other.example');
    expect(page(await crawler.get(`http://www.employer.example:${away.port}/from`, { redirects: 'site' })).status).toBe(302);
    const tenants = await leading(made => `http://two.github.io:${made.port}/to`);
    const platform = named(tenants, 'one.github.io', 'two.github.io');
    expect(page(await platform.get(`http://one.github.io:${tenants.port}/from`, { redirects: 'site' })).status).toBe(302);
  });

  it('within the site to an address no crawler may open fails', async () => {
    const there = await leading(() => 'http://jobs.employer.example:8443/to');
    const fetched = await named(there, 'www.employer.example').get(`http://www.employer.example:${there.port}/from`, { redirects: 'site' });
    expect(code(fetched)).toBe('E_UNSAFE_URL');
  });

  it('to what robots.txt forbids is not followed', async () => {
    const there = await site(
      (_request, response) => void response.writeHead(301, { location: '/private' }).end(),
      'User-agent: *\nDisallow: /private\n',
    );
    expect(code(await engine([there]).get(`${there.url}/from`))).toBe('E_ROBOTS');
    expect(there.asked).toEqual(['GET /from']);
  });

  it('in a circle fails after five', async () => {
    const there = await leading(() => '/from');
    expect(code(await engine([there]).get(`${there.url}/from`))).toBe('E_REDIRECT');
    expect(there.asked).toHaveLength(6);
  });

  it("takes the host's turn again", async () => {
    const there = await leading(() => '/to');
    const hosts = watched(new MemoryHostLimiter());
    await engine([there], { hosts }).get(`${there.url}/from`);
    expect(hosts.acquired).toHaveLength(3);
  });

  it.each([
    [301, 'GET '],
    [302, 'GET '],
    [303, 'GET '],
    [307, 'POST {"offset":0}'],
    [308, 'POST {"offset":0}'],
  ])('of a POST with %i goes on as %s', async (status, told) => {
    const there = await leading(() => '/to', status);
    expect(page(await engine([there]).get(`${there.url}/from`, { method: 'POST', body: '{"offset":0}' })).body).toBe(told);
  });

  it('leaves credentials behind when it leaves the origin, and keeps them when it does not', async () => {
    const headers = { Authorization: 'Bearer x', 'X-Api-Key': 'y', Cookie: 'z=1', Accept: 'application/json' };
    const there = await leading(made => `http://jobs.employer.example:${made.port}/to`);
    const crawler = named(there, 'www.employer.example', 'jobs.employer.example');
    await crawler.get(`http://www.employer.example:${there.port}/from`, { redirects: 'site', headers });
    expect(there.headers[0]).toMatchObject({ authorization: 'Bearer x', 'x-api-key': 'y', cookie: 'z=1' });
    expect(there.headers[1]).not.toHaveProperty('authorization');
    expect(there.headers[1]).not.toHaveProperty('x-api-key');
    expect(there.headers[1]).not.toHaveProperty('cookie');
    expect(there.headers[1]).toMatchObject({ accept: 'application/json', 'user-agent': expect.stringMatching(/^OmbreBot\//) });
    const same = await leading(() => '/to');
    await engine([same]).get(`${same.url}/from`, { headers });
    expect(same.headers[1]).toMatchObject({ authorization: 'Bearer x', 'x-api-key': 'y' });
  });

  it('without a readable Location is the page', async () => {
    const there = await site((_request, response) => void response.writeHead(302).end());
    expect(page(await engine([there]).get(there.url)).status).toBe(302);
  });
});
