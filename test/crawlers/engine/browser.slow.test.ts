import { createSocket } from 'node:dgram';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostLimiter } from '../../../src/crawlers/engine/fetching.ts';
import { MemoryHostLimiter } from '../../../src/crawlers/engine/memory-hosts.ts';
import { readReplay, replayTransport } from '../../../src/crawlers/engine/replay.ts';
import { OmbreError } from '../../../src/errors.ts';
import { inLogContext, loggedContext, noteInLog } from '../../../src/telemetry/log-context.ts';
import { browser, chromiumChildren, html, pages } from './browser-support.ts';
import { closeAll, code, engine, hello, page, site, watched } from './support.ts';

afterEach(closeAll);

/** Fetches jobs and writes them into the page. */
const LIST = `fetch('/jobs.json').then(r => r.json()).then(jobs => {
  document.querySelector('main').innerHTML = jobs.map(job => '<p class="job">' + job + '</p>').join('');
});`;

describe.skipIf(!browser)('a rendered page', () => {
  it('is the document as its scripts left it, with status, address and type', async () => {
    const there = await site(pages({ '/careers': html(LIST), '/jobs.json': '["Utilization Reviewer","Care Coordinator"]' }));
    const fetched = page(await engine([there]).get(`${there.url}/careers#all`, { rendered: true }));
    expect(fetched).toMatchObject({ status: 200, url: `${there.url}/careers`, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(fetched.body).toContain('<p class="job">Utilization Reviewer</p><p class="job">Care Coordinator</p>');
    expect(there.asked).toEqual(['GET /careers', 'GET /jobs.json']);
  });

  it('says honestly who asks, for its parts and to its scripts too', async () => {
    const script = `document.querySelector('main').textContent = navigator.userAgent + ' ' + navigator.webdriver; fetch('/jobs.json');`;
    const there = await site(pages({ '/': html(script), '/jobs.json': '[]' }));
    const fetched = page(await engine([there]).get(there.url, { rendered: true }));
    expect(fetched.body).toMatch(/<main>OmbreBot\/\d+\.\d+\.\d+ \(\+https:\/\/ombre\.example\/bot\) true<\/main>/);
    expect(there.headers).toHaveLength(2);
    for (const headers of there.headers) {
      expect(headers['user-agent']).toMatch(/^OmbreBot\//);
      expect(Object.keys(headers).filter(name => name.startsWith('sec-'))).toEqual([]);
    }
  });

  it('asks for its parts as part of its own visit, though another one started the browser', async () => {
    const there = await site(pages({ '/': html(LIST), '/jobs.json': '[]' }));
    const seen: unknown[] = [];
    const crawler = engine([there], { onRequest: () => seen.push(loggedContext().source) });
    for (const source of ['first', 'second']) {
      await inLogContext(async () => {
        noteInLog({ source });
        await crawler.get(there.url, { rendered: true });
      });
    }
    expect(there.asked).toEqual(['GET /', 'GET /jobs.json', 'GET /', 'GET /jobs.json']);
    expect(seen.slice(-4)).toEqual(['first', 'first', 'second', 'second']);
  });

  it('waits for what the request names, and is done then although the page goes on asking', async () => {
    const script = `setTimeout(() => { document.querySelector('main').innerHTML = '<p class="job">Case Manager</p>'; }, 900);
      setInterval(() => fetch('/poll'), 100);`;
    const there = await site(pages({ '/': html(script), '/poll': hello }));
    const fetched = page(await engine([there]).get(there.url, { rendered: true, note: { wait: '.job' } }));
    expect(fetched.body).toContain('Case Manager');
  });

  it('follows where its scripts lead on the same host, and nowhere else', async () => {
    const there = await site(pages({ '/': html(`location.replace('/list')`), '/list': html('', '<p class="job">Reviewer</p>') }));
    const other = await site(pages({ '/': html('', 'elsewhere') }));
    const crawler = engine([there, other]);
    const moved = page(await crawler.get(there.url, { rendered: true, note: { wait: '.job' } }));
    expect(moved).toMatchObject({ url: `${there.url}/list`, body: expect.stringContaining('Reviewer') });
    const leaving = await site(pages({ '/': html(`location.replace('${other.url}')`) }));
    await engine([leaving, other]).get(leaving.url, { rendered: true });
    expect(other.asked).toEqual([]);
  });

  it('that is an error, a feed or JSON is handed over without a browser', async () => {
    const there = await site((request, response) => {
      if (request.path === '/gone') response.writeHead(410, { 'content-type': 'text/html' }).end('gone');
      else response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
    const crawler = engine([there], { browser: null });
    expect(page(await crawler.get(`${there.url}/gone`, { rendered: true }))).toMatchObject({ status: 410, body: 'gone' });
    expect(page(await crawler.get(`${there.url}/jobs`, { rendered: true }))).toMatchObject({ body: '{}' });
  });

  it('is never asked for with validators, nor gives any: its frame stays the same when its jobs change', async () => {
    const there = await site((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html', etag: '"frame"' }).end(html(''));
    });
    const validators = { etag: '"frame"', lastModified: null };
    const fetched = page(await engine([there]).get(there.url, { rendered: true }, { validators }));
    expect(there.headers[0]).not.toHaveProperty('if-none-match');
    expect(fetched.headers).not.toHaveProperty('etag');
  });

  it('is recorded as it was rendered, so that a replay needs no browser', async () => {
    const there = await site(pages({ '/careers': html(LIST), '/jobs.json': '["Utilization Reviewer"]' }));
    const dir = await mkdtemp(path.join(tmpdir(), 'ombre-rendered-'));
    const live = engine([there], { record: dir });
    const fetched = page(await live.get(`${there.url}/careers`, { rendered: true }));
    await live.close();
    const replay = engine([there], { transport: replayTransport(dir), browser: null });
    const again = page(await replay.get(`${there.url}/careers`, { rendered: true }));
    expect(again).toMatchObject({ url: fetched.url, status: 200, body: fetched.body });
    expect((await readReplay(dir)).length).toBe(1);
    await rm(dir, { recursive: true });
  });

  it('leaves pictures, fonts, films and styles unasked, and a script that waits for a style still runs', async () => {
    const script = `const style = document.createElement('link'); style.rel = 'stylesheet'; style.href = '/late.css';
      style.onload = () => { document.querySelector('main').textContent = 'styled'; }; document.head.append(style);
      navigator.sendBeacon('/beacon', 'x'); new EventSource('/events');`;
    const body = '<img src="/a.png"><video src="/a.mp4"></video><link rel="stylesheet" href="/a.css"><link rel="prefetch" href="/next">';
    const there = await site(pages({ '/': html(script, body) }));
    const fetched = page(await engine([there]).get(there.url, { rendered: true }));
    expect(fetched.body).toContain('<main>styled</main>');
    expect(there.asked).toEqual(['GET /']);
  });
});

describe.skipIf(!browser)('the parts of a rendered page', () => {
  it('never reach an address the guard refuses: not by fetch, script, frame, redirect, worker or socket', async () => {
    const inside = await site(pages({ '/': 'secret', '/x.js': 'document.title = "secret"' }));
    const sockets: string[] = [];
    const raw = createServer(socket => {
      sockets.push(socket.remoteAddress ?? '');
      socket.destroy();
    });
    await new Promise<void>(resolve => raw.listen(0, '127.0.0.1', resolve));
    const { port } = raw.address() as { port: number };
    const datagrams = createSocket('udp4').on('message', () => sockets.push('datagram'));
    await new Promise<void>(resolve => datagrams.bind(port, '127.0.0.1', resolve));
    const script = `const say = text => document.querySelector('main').append(text + ';');
      const tries = ['${inside.url}/', 'http://localhost:${inside.port}/', '/leads-inside', 'http://169.254.169.254/latest/', 'http://[::1]:${inside.port}/', 'file:///etc/passwd'];
      for (const url of tries) fetch(url, { mode: 'no-cors' }).then(() => say('READ'), () => say('refused'));
      new WebSocket('ws://127.0.0.1:${port}/').onerror = () => say('no socket');
      new Worker(URL.createObjectURL(new Blob(["fetch('${inside.url}/worker').catch(() => {})"])));
      new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${port}' }] }).createDataChannel('x');`;
    const body = `<iframe src="${inside.url}/frame"></iframe><script src="${inside.url}/x.js"></script><link rel="preconnect" href="http://127.0.0.1:${port}">`;
    const there = await site((request, response) => {
      if (request.path === '/leads-inside') response.writeHead(302, { location: `${inside.url}/` }).end();
      else response.writeHead(200, { 'content-type': 'text/html' }).end(html(script, body));
    });
    const fetched = page(await engine([there]).get(there.url, { rendered: true }));
    const said = /<main>(.*?)<\/main>/.exec(fetched.body)?.[1]?.split(';').filter(Boolean).sort();
    expect(said).toEqual(['no socket', ...Array.from({ length: 6 }, () => 'refused')]);
    expect({ inside: inside.asked, robots: inside.robotsAsked, sockets }).toEqual({ inside: [], robots: 0, sockets: [] });
    raw.close();
    datagrams.close();
  });

  it('obey the robots.txt of their own host', async () => {
    const there = await site(pages({ '/': html(LIST), '/jobs.json': '["Reviewer"]' }), 'User-agent: *\nDisallow: /jobs');
    const fetched = page(await engine([there]).get(there.url, { rendered: true }));
    expect(fetched.body).toContain('<main></main>');
    expect(there.asked).toEqual(['GET /']);
  });

  it('come one at a time from a host, which is then left alone as after any request', async () => {
    const scripts = Array.from({ length: 8 }, (_, n) => `<script async src="/s${n}.js"></script>`).join('');
    const there = await site((request, response) => {
      const type = request.path === '/' ? 'text/html' : 'text/javascript';
      setTimeout(() => response.writeHead(200, { 'content-type': type }).end(request.path === '/' ? html('', scripts) : '1'), 5);
    });
    const hosts = watched(new MemoryHostLimiter());
    await engine([there], { hosts, env: { CRAWL_DELAY_MS: '200' } }).get(there.url, { rendered: true });
    expect(there.asked).toHaveLength(9);
    expect(there.peak).toBe(1);
    // The first turn is that of robots.txt.
    const [, ...pauses] = hosts.pauses;
    expect(pauses.slice(0, -1)).toEqual(Array.from({ length: 9 }, () => null));
    expect(pauses.at(-1)).toBeGreaterThan(150);
  });

  it('are limited in number and in bytes', { timeout: 120_000 }, async () => {
    const script = `(async () => { let n = 0; try { for (;;) { await fetch('/part?' + n); n += 1; } } catch { document.title = 'stopped'; } })()`;
    const there = await site(pages({ '/': html(script), '/part': hello }));
    const fetched = page(await engine([there]).get(there.url, { rendered: true }));
    expect(fetched.body).toContain('<title>stopped</title>');
    expect(there.asked).toHaveLength(201);
    const large = await site(pages({ '/': html(script), '/part': (_request, response) => void response.end('x'.repeat(400_000)) }));
    await engine([large], { env: { MAX_BODY_MB: '1' } }).get(large.url, { rendered: true });
    expect(large.asked).toHaveLength(4);
  });
});

describe.skipIf(!browser)('a hostile page', () => {
  it('cannot hold the browser with dialogs, downloads, windows or service workers', async () => {
    const script = `alert('1'); confirm('2'); prompt('3'); window.open('/popup'); print();
      navigator.serviceWorker?.register('/sw.js').catch(() => {});
      const link = document.createElement('a'); link.href = '/file'; link.download = 'file.exe'; link.click();
      addEventListener('beforeunload', event => event.preventDefault());
      document.querySelector('main').textContent = 'went on';`;
    const file = (_request: unknown, response: import('node:http').ServerResponse) =>
      void response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment' }).end('MZ');
    const there = await site(pages({ '/': html(script), '/popup': html(''), '/sw.js': '1', '/file': file }));
    const fetched = page(await engine([there]).get(there.url, { rendered: true }));
    expect(fetched.body).toContain('<main>went on</main>');
    expect(there.asked).not.toContain('GET /sw.js');
    expect(there.asked).not.toContain('GET /popup');
  });

  it.each([
    ['asks for ever', `setInterval(() => fetch('/poll').catch(() => {}), 50)`],
    ['loops for ever', 'for (;;);'],
    ['shows dialogs for ever', `for (;;) alert('again')`],
  ])('that %s ends with E_TIMEOUT, and the next page is read', async (_what, script) => {
    const there = await site(pages({ '/': html(script), '/poll': hello, '/fine': html('', '<p>fine</p>') }));
    const crawler = engine([there], { env: { REQUEST_TIMEOUT_MS: '4000' } });
    expect(code(await crawler.get(there.url, { rendered: true }))).toBe('E_TIMEOUT');
    expect(page(await crawler.get(`${there.url}/fine`, { rendered: true })).body).toContain('<p>fine</p>');
  });

  it('whose answer to what it waits for never comes ends with E_TIMEOUT', async () => {
    const there = await site(pages({ '/': html('') }));
    const fetched = await engine([there], { env: { REQUEST_TIMEOUT_MS: '3000' } }).get(there.url, {
      rendered: true,
      note: { wait: '.job' },
    });
    expect(code(fetched)).toBe('E_TIMEOUT');
  });

  it('that grows past the limit ends with E_TOO_LARGE', async () => {
    const there = await site(pages({ '/': html(`document.querySelector('main').textContent = 'x'.repeat(2 * 1024 * 1024)`) }));
    const fetched = await engine([there], { env: { MAX_BODY_MB: '1' } }).get(there.url, { rendered: true });
    expect(code(fetched)).toBe('E_TOO_LARGE');
  });

  it('that takes the browser down ends with E_BROWSER, and the next page gets a new one', async () => {
    const there = await site(
      pages({ '/': html(`setInterval(() => fetch('/poll'), 100)`), '/poll': hello, '/fine': html('', '<p>fine</p>') }),
    );
    const crawler = engine([there]);
    const before = new Set(chromiumChildren());
    const fetched = crawler.get(there.url, { rendered: true });
    await expect.poll(() => there.asked.includes('GET /poll'), { timeout: 15_000 }).toBe(true);
    const own = chromiumChildren().filter(pid => !before.has(pid));
    expect(own).toHaveLength(1);
    for (const pid of own) process.kill(pid, 'SIGKILL');
    expect(code(await fetched)).toBe('E_BROWSER');
    expect(page(await crawler.get(`${there.url}/fine`, { rendered: true })).body).toContain('<p>fine</p>');
  });
});

describe.skipIf(!browser)('a page whose part cannot be asked for because a part of ours is down', () => {
  /** One turn for robots.txt, one for the page, none for its first part, and turns again afterwards. */
  function downAtThird(): HostLimiter {
    const memory = new MemoryHostLimiter();
    let turns = 0;
    return {
      acquire: async (host, options) => {
        turns += 1;
        if (turns === 3) throw new OmbreError('E_DB_DOWN', 'connect ECONNREFUSED');
        return memory.acquire(host, options);
      },
    };
  }

  it('is thrown on and not taken for what the page holds, whoever asks for the part', async () => {
    const parts: Record<string, string> = {
      script: html('', '<script src="/part.js"></script>'),
      data: html(`fetch('/part.js').catch(() => { document.querySelector('main').textContent = 'No jobs.'; });`),
      lead: html(`location.replace('/part.js')`),
    };
    for (const [kind, body] of Object.entries(parts)) {
      const there = await site(pages({ '/': body, '/part.js': '' }));
      const fetched = engine([there], { hosts: downAtThird() }).get(there.url, { rendered: true });
      await expect(fetched, kind).rejects.toMatchObject({ code: 'E_DB_DOWN' });
      expect(there.asked).toEqual(['GET /']);
    }
  });

  it('lets the browser go, and the next page is put together as ever', async () => {
    const there = await site(pages({ '/': html(LIST), '/jobs.json': '["Case Manager"]' }));
    const crawler = engine([there], { hosts: downAtThird() });
    await expect(crawler.get(there.url, { rendered: true })).rejects.toMatchObject({ code: 'E_DB_DOWN' });
    expect(page(await crawler.get(there.url, { rendered: true })).body).toContain('Case Manager');
  });
});

describe.skipIf(!browser)('the browser of an engine', () => {
  it('is one for many pages, each in a context of its own, and ends with the engine', async () => {
    const script = `document.querySelector('main').textContent = 'seen before: ' + localStorage.length; localStorage.setItem('a', '1');`;
    const there = await site(pages({ '/': html(script) }));
    const before = chromiumChildren().length;
    const crawler = engine([there]);
    expect(chromiumChildren()).toHaveLength(before);
    const fetched = await Promise.all(Array.from({ length: 6 }, (_, n) => crawler.get(`${there.url}/?${n}`, { rendered: true })));
    for (const one of fetched) expect(page(one).body).toContain('seen before: 0');
    expect(chromiumChildren()).toHaveLength(before + 1);
    await crawler.close();
    expect(chromiumChildren()).toHaveLength(before);
  });

  it('lets go of a page when its visit is stopped', async () => {
    const there = await site(pages({ '/': html(`setInterval(() => fetch('/poll'), 100)`), '/poll': hello }));
    const stop = new AbortController();
    const fetched = engine([there]).get(there.url, { rendered: true }, { signal: stop.signal });
    await expect.poll(() => there.asked.includes('GET /poll'), { timeout: 15_000 }).toBe(true);
    stop.abort('enough');
    await expect(fetched).rejects.toMatchObject({ code: 'E_STOPPED' });
  });
});

it('an engine whose browser does not start says so', async () => {
  const there = await site(pages({ '/': html('') }));
  const fetched = await engine([there], { browser: { path: '/bin/false', from: 'installed' } }).get(there.url, { rendered: true });
  expect(fetched).toMatchObject({ kind: 'failed', code: 'E_BROWSER', message: expect.stringContaining('/bin/false does not start') });
});
