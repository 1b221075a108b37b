import { afterEach, describe, expect, it } from 'vitest';
import { MemoryHostLimiter } from '../../../src/crawlers/engine/memory-hosts.ts';
import { closeAll, engine, page, type Site, site, watched } from './support.ts';

afterEach(closeAll);

const JSON_ONLY = { headers: { accept: 'application/json' } };
const POST = { ...JSON_ONLY, method: 'POST' as const, body: '{"offset":0}', redirects: 'none' as const };
type Stand = { status?: number; location?: string; body?: string };

/** Answers so the first `times` times, then with JSON. */
function standsIn({ status = 200, location, body = '' }: Stand, times = Number.POSITIVE_INFINITY): Promise<Site> {
  let left = times;
  return site((_request, response) => {
    left -= 1;
    if (left < 0) response.writeHead(200, { 'content-type': 'application/json' }).end('{"jobs":[]}');
    else response.writeHead(status, { 'content-type': 'text/html', ...(location ? { location } : {}) }).end(body);
  });
}

const DOWN = '<!doctype html><html><head><title>Workday</title></head><body><h1>Workday is currently unavailable.</h1></body></html>';

describe('an answer that stands in for JSON', () => {
  it.each([
    ['a page of an outage', { body: DOWN }],
    ['a page of maintenance', { body: '<h1>We are down for scheduled maintenance</h1><script>var jobs = [];</script>' }],
    ['a 303 to anywhere', { status: 303, location: 'https://elsewhere.example/' }],
    ['a 302 to a maintenance page', { status: 302, location: 'https://community.workday.com/maintenance-page' }],
    ['a 301 to a maintenance page of the host itself', { status: 301, location: '/maintenance.html' }],
  ] as [string, Stand][])('is asked again, as after a 503: %s', async (_, stand) => {
    const there = await standsIn(stand, 2);
    const hosts = watched(new MemoryHostLimiter());
    expect(page(await engine([there], { hosts, backoffMs: 40 }).get(`${there.url}/jobs`, POST)).body).toBe('{"jobs":[]}');
    expect(there.asked).toEqual(['POST /jobs', 'POST /jobs', 'POST /jobs']);
    expect(hosts.pauses[1]).toBeGreaterThan(10);
  });

  it.each([
    ['a page of an outage', { body: DOWN }, 'answers with a maintenance page'],
    ['a redirect to its page', { status: 302, location: 'https://community.workday.com/maintenance-page' }, 'leads to a maintenance page'],
  ] as [string, Stand, string][])('three times fails and says that it is maintenance: %s', async (_, stand, words) => {
    const there = await standsIn(stand);
    const fetched = await engine([there]).get(`${there.url}/jobs`, POST);
    expect(fetched).toMatchObject({ kind: 'failed', code: 'E_STATUS', message: expect.stringContaining(words) });
    expect(there.asked).toHaveLength(3);
  });

  it('and leads elsewhere for now is handed over after three tries: its adapter may know what that means', async () => {
    const there = await standsIn({ status: 302, location: 'https://www.vendor.example/' });
    expect(page(await engine([there]).get(`${there.url}/jobs`, JSON_ONLY)).status).toBe(302);
    expect(there.asked).toHaveLength(3);
  });

  it('is followed where a redirect leads on within the host', async () => {
    const there = await site((request, response) => {
      if (request.path === '/from') response.writeHead(302, { location: '/to' }).end();
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    expect(page(await engine([there]).get(`${there.url}/from`, JSON_ONLY)).body).toBe('{}');
    expect(there.asked).toEqual(['GET /from', 'GET /to']);
  });
});

describe('no stand-in is', () => {
  it.each([
    ['JSON that speaks of maintenance', '{"title":"Undergoing scheduled maintenance training"}', JSON_ONLY],
    ['a page where HTML was asked for', DOWN, {}],
    ['another page', '<h1>Careers</h1><a href="/jobs/1">Maintenance Technician</a>', JSON_ONLY],
    ['a long page with such words', `${'<p>We care for people.</p>'.repeat(300)}<p>under scheduled maintenance</p>`, JSON_ONLY],
    ['a page whose scripts alone hold such words', '<div id="root"></div><script>t("We will be right back soon")</script>', JSON_ONLY],
  ])('%s', async (_, body, request) => {
    const there = await standsIn({ body });
    expect(page(await engine([there]).get(`${there.url}/jobs`, request)).body).toBe(body);
    expect(there.asked).toHaveLength(1);
  });
});
