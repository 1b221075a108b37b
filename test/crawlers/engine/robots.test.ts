import { afterEach, describe, expect, it } from 'vitest';
import { MemoryHostLimiter } from '../../../src/crawlers/engine/memory-hosts.ts';
import { MemoryRobots } from '../../../src/crawlers/engine/memory-robots.ts';
import { RobotsGate } from '../../../src/crawlers/engine/robots.ts';
import { closeAll, code, engine, type Handler, hello, page, site, watched } from './support.ts';

afterEach(closeAll);
const answering = (status: number, headers: Record<string, string> = {}, body = ''): Handler => {
  return (_request, response) => void response.writeHead(status, headers).end(body);
};

describe('robots.txt', () => {
  it('is read once per host, before the first page, with the crawler saying who it is', async () => {
    const agents: (string | undefined)[] = [];
    const there = await site(hello, (request, response) => {
      agents.push(request.headers['user-agent']);
      response.end('User-agent: *\nDisallow: /private\n');
    });
    const crawler = engine([there]);
    await Promise.all([crawler.get(`${there.url}/a`), crawler.get(`${there.url}/b`), crawler.get(`${there.url}/c`)]);
    expect(agents).toEqual([expect.stringMatching(/^OmbreBot\/\d+\.\d+\.\d+ \(\+https:\/\/ombre\.example\/bot\)$/)]);
    expect(there.asked).toHaveLength(3);
  });

  it('forbids with the line that does it, and the page is not asked for', async () => {
    const there = await site(hello, 'User-agent: *\nDisallow: /private\n');
    const fetched = await engine([there]).get(`${there.url}/private/jobs`);
    expect(fetched).toMatchObject({ kind: 'failed', code: 'E_ROBOTS', message: expect.stringContaining('line 2') });
    expect(fetched).toMatchObject({ message: expect.stringContaining('/robots.txt forbids /private/jobs ("Disallow: /private")') });
    expect(there.asked).toEqual([]);
  });

  it.each([
    ['a group for OmbreBot wins over the one for all', 'User-agent: *\nAllow: /\n\nUser-agent: ombrebot\nDisallow: /\n', false],
    ['a group for another crawler is not ours', 'User-agent: OtherBot\nDisallow: /\n', true],
    [
      'a group for us does not inherit what is forbidden to all',
      'User-agent: *\nDisallow: /\n\nUser-agent: OmbreBot\nDisallow: /x\n',
      true,
    ],
    ['two groups for us are one', 'User-agent: OmbreBot\nDisallow: /a\n\nUser-agent: OmbreBot\nDisallow: /jobs\n', false],
    ['the longest rule wins', 'User-agent: *\nDisallow: /\nAllow: /jobs\n', true],
    ['a tie allows', 'User-agent: *\nDisallow: /jobs\nAllow: /jobs\n', true],
    ['wildcards and the end mark hold', 'User-agent: *\nDisallow: /*/1$\n', false],
    ['an encoded letter is that letter', 'User-agent: *\nDisallow: /%6Aobs\n', false],
    ['a Sitemap line does not end the user agents', 'User-agent: *\nSitemap: /s.xml\nUser-agent: OtherBot\nDisallow: /\n', false],
    ['an empty Disallow allows', 'User-agent: *\nDisallow:\n', true],
    ['a page of HTML instead forbids nothing', '<!doctype html><title>Careers</title>', true],
    ['an empty file forbids nothing', '', true],
  ])('%s', async (_what, robots, allowed) => {
    const there = await site(hello, robots);
    const fetched = await engine([there]).get(`${there.url}/jobs/1`);
    expect(fetched.kind === 'page').toBe(allowed);
    if (!allowed) expect(code(fetched)).toBe('E_ROBOTS');
  });

  it.each([400, 404, 410, 451])('that answers %i forbids nothing', async status => {
    const there = await site(hello, answering(status));
    expect(page(await engine([there]).get(there.url)).body).toBe('hello');
  });

  it.each([401, 403, 429, 500, 502, 503, 304])('that answers %i closes the host until it can be read', async status => {
    const there = await site(hello, answering(status));
    const robots = new MemoryRobots();
    const crawler = engine([there], { robots });
    const fetched = await crawler.get(there.url);
    expect(fetched).toMatchObject({ kind: 'failed', code: 'E_ROBOTS_UNREADABLE', status, retryAt: expect.any(String) });
    const asked = there.robotsAsked;
    expect(code(await crawler.get(`${there.url}/again`))).toBe('E_ROBOTS_UNREADABLE');
    expect(there.asked).toEqual([]);
    expect(there.robotsAsked).toBe(asked);
    const record = await robots.get(there.url);
    expect(record).toMatchObject({ verdict: 'unreadable', status });
    expect(record!.expiresAt.getTime() - record!.fetchedAt.getTime()).toBeLessThan(24 * 3600_000);
  });

  it('of a host that drops the connection closes the host', async () => {
    const there = await site(hello, request => void request.socket.destroy());
    expect(code(await engine([there]).get(there.url))).toBe('E_ROBOTS_UNREADABLE');
    expect(there.asked).toEqual([]);
  });

  it('that does not come in time closes the host', async () => {
    const there = await site(hello, () => {});
    expect(code(await engine([there], { env: { REQUEST_TIMEOUT_MS: '100' } }).get(there.url))).toBe('E_ROBOTS_UNREADABLE');
  });

  it('is kept for a day, and asked for again when that is over', async () => {
    const there = await site(hello, 'User-agent: *\nDisallow: /x\n');
    const robots = new MemoryRobots();
    await engine([there], { robots }).get(there.url);
    const record = (await robots.get(there.url))!;
    expect(record.expiresAt.getTime() - record.fetchedAt.getTime()).toBe(24 * 3600_000);
    await engine([there], { robots }).get(there.url);
    expect(there.robotsAsked).toBe(1);
    await robots.put({ ...record, expiresAt: new Date(Date.now() - 1) });
    await engine([there], { robots }).get(there.url);
    expect(there.robotsAsked).toBe(2);
  });

  it('may be redirected five times, to another host too, and its rules are those of the host first asked', async () => {
    const rules = await site(answering(200, {}, 'User-agent: *\nDisallow: /jobs\n'));
    const there = await site(hello, answering(301, { location: `${rules.url}/rules.txt` }));
    const crawler = engine([there, rules]);
    expect(code(await crawler.get(`${there.url}/jobs`))).toBe('E_ROBOTS');
    expect(page(await crawler.get(`${there.url}/about`)).body).toBe('hello');
  });

  it('that redirects for ever, or to where no crawler may go, closes the host', async () => {
    const loop = await site(hello, answering(302, { location: '/robots.txt' }));
    expect(code(await engine([loop]).get(loop.url))).toBe('E_ROBOTS_UNREADABLE');
    expect(loop.robotsAsked).toBe(6);
    const inward = await site(hello, answering(302, { location: 'http://169.254.169.254/robots.txt' }));
    expect(code(await engine([inward]).get(inward.url))).toBe('E_ROBOTS_UNREADABLE');
  });

  it('of more than 500 KiB is cut there, not refused', async () => {
    const filler = '# filler\n'.repeat(80_000);
    const there = await site(hello, `User-agent: *\nDisallow: /early\n${filler}Disallow: /late\n`);
    const robots = new MemoryRobots();
    const crawler = engine([there], { robots });
    expect(code(await crawler.get(`${there.url}/early`))).toBe('E_ROBOTS');
    expect(page(await crawler.get(`${there.url}/late`)).body).toBe('hello');
    expect((await robots.get(there.url))!.body).toHaveLength(500 * 1024);
  });

  it.each([
    ['3', 3000],
    ['0.5', 500],
    ['86400', 60_000],
    ['-1', 100],
    ['soon', 100],
  ])('with Crawl-delay %s spaces requests by that, at least as the settings say and at most a minute', async (seconds, ms) => {
    const there = await site(hello, `User-agent: *\nCrawl-delay: ${seconds}\n`);
    const hosts = watched(new MemoryHostLimiter());
    await engine([there], { hosts, spacingMs: 100 }).get(there.url);
    expect(hosts.acquired.at(-1)).toEqual({ host: `127.0.0.1:${there.port}`, spacingMs: ms });
    expect(hosts.pauses.at(-1)).toBeGreaterThan(ms * 0.8);
  });

  it('is asked for per port, not per name', async () => {
    const one = await site(hello, 'User-agent: *\nDisallow: /\n');
    const other = await site(hello);
    const crawler = engine([one, other]);
    expect(code(await crawler.get(one.url))).toBe('E_ROBOTS');
    expect(page(await crawler.get(other.url)).status).toBe(200);
  });

  it('being read for one visit that is stopped does not stop another one that waits for it', async () => {
    let answer = () => {};
    const there = await site(hello, (_request, response) => {
      answer = () => void response.writeHead(404).end();
      if (there.robotsAsked > 1) answer();
    });
    const crawler = engine([there]);
    const stop = new AbortController();
    const first = crawler.get(there.url, {}, { signal: stop.signal });
    const second = crawler.get(there.url);
    await expect.poll(() => there.robotsAsked).toBe(1);
    stop.abort();
    await expect(first).rejects.toMatchObject({ code: 'E_STOPPED' });
    expect(page(await second).body).toBe('hello');
  });

  it('gives the verdict on an address once: asked again it costs nothing, until robots.txt is read anew', async () => {
    const robots = new MemoryRobots();
    const body = `User-agent: *\n${Array.from({ length: 9_000 }, (_, n) => `Disallow: /*a${n}b`).join('\n')}`;
    const record = {
      origin: 'http://a.example',
      expiresAt: new Date(Date.now() + 3600_000),
      status: 200,
      verdict: 'rules',
      reason: '',
    } as const;
    await robots.put({ ...record, fetchedAt: new Date(1), body });
    const gate = new RobotsGate(robots, () => Promise.reject(new Error('not asked')));
    const check = async () => (await gate.check(new URL(`http://a.example/${'x'.repeat(500)}`), 's', new AbortController().signal)).allowed;
    expect(await check()).toBe(true);
    const before = process.cpuUsage();
    for (let n = 0; n < 500; n += 1) await check();
    // Deciding anew takes more than 5 ms each time.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1_000);
    await robots.put({ ...record, fetchedAt: new Date(2), body: 'User-agent: *\nDisallow: /x' });
    expect(await check()).toBe(false);
  });
});
