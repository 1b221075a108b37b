import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../src/api/server.ts';
import { readConfig } from '../../src/config.ts';
import { networkOf } from '../../src/http/logged-request.ts';
import type { UntrustedProxy } from '../../src/http/proxies.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let t: TestDatabase;
const open: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());
afterEach(async () => {
  while (open.length > 0) await open.pop()?.();
});

/** The API as it stands behind a proxy of one's own, which adds the visitor's address to `header` as nginx and Caddy do. */
async function behindProxy(env: Record<string, string>, header = 'x-forwarded-for') {
  const logged: { level: number; msg: string; req?: { from: string } }[] = [];
  const seen: UntrustedProxy[] = [];
  const app = createApi({
    config: readConfig({ FEED_DOMAIN: 'jobs.example', RATE_LIMIT: '2', ...env }),
    db: t.db,
    logger: pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) }),
    onUntrustedProxy: sighting => void seen.push(sighting),
  });
  const api = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
  const proxy = createServer((asked, answer) => {
    // The test says whom the proxy takes the visitor for; what the visitor sent himself stands before it, as in real proxies.
    const { visitor, ...headers } = asked.headers;
    const given = [headers[header], visitor].filter(Boolean).join(', ');
    send({ port: api.port, path: asked.url, headers: { ...headers, [header]: given } }, got => {
      answer.writeHead(got.statusCode ?? 500, got.headers);
      got.pipe(answer);
    }).end();
  });
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
  open.push(
    () => app.close(),
    () => new Promise(resolve => proxy.close(resolve).closeAllConnections()),
  );
  const { port } = proxy.address() as AddressInfo;
  const ask = async (visitor: string, more: Record<string, string> = {}) =>
    (await fetch(`http://127.0.0.1:${port}/feed.rss`, { headers: { visitor, ...more } })).status;
  return { ask, logged, seen, warnings: () => logged.filter(({ level }) => level === 40) };
}

describe('behind a proxy', () => {
  it.each(['127.0.0.1', 'loopback', '10.0.0.0/8, 127.0.0.0/8'])(
    'named by TRUST_PROXY (%s) each visitor has limits of his own',
    async TRUST_PROXY => {
      const { ask, warnings, seen } = await behindProxy({ TRUST_PROXY });
      for (const visitor of ['192.0.2.1', '192.0.2.2'])
        expect([await ask(visitor), await ask(visitor), await ask(visitor)]).toEqual([200, 200, 429]);
      // Who invents addresses gains nothing: the one that the proxy saw counts.
      expect(await ask('192.0.2.1', { 'x-forwarded-for': '198.51.100.7' })).toBe(429);
      expect([warnings(), seen]).toEqual([[], []]);
    },
  );

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip'])(
    'that it does not name all visitors are one, and the log says so once (%s)',
    async header => {
      const { ask, warnings, seen } = await behindProxy({ TRUST_PROXY: '10.0.0.0/8' }, header);
      expect([await ask('192.0.2.1'), await ask('192.0.2.2'), await ask('192.0.2.3')]).toEqual([200, 200, 429]);
      expect(warnings().map(({ msg }) => msg)).toEqual([expect.stringMatching(/^127\.0\.0\.1 sends .*TRUST_PROXY/)]);
      expect(seen).toEqual([{ peer: '127.0.0.1', header, near: true }]);
    },
  );

  it('nothing is said of visitors who come without one', async () => {
    const app = createApi({ config: readConfig({}), db: t.db, onUntrustedProxy: () => expect.fail('nobody forwarded anything') });
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    await app.close();
  });
});

describe('the log of requests', () => {
  it('keeps the network of a visitor and not the address', async () => {
    const { ask, logged } = await behindProxy({ TRUST_PROXY: 'loopback' });
    await ask('192.0.2.77');
    expect(logged.flatMap(({ req }) => req ?? [])).toMatchObject([{ from: '192.0.2.0/24', url: '/feed.rss' }]);
    expect(JSON.stringify(logged)).not.toContain('192.0.2.77');
  });

  it('does so, too, where a far visitor sends what only proxies send', async () => {
    const logged: string[] = [];
    const logger = pino({}, { write: (line: string) => void logged.push(line) });
    const app = createApi({ config: readConfig({}), db: t.db, logger });
    await app.inject({ url: '/healthz', remoteAddress: '203.0.113.9', headers: { 'x-forwarded-for': '198.51.100.7' } });
    await app.close();
    expect(logged.join('')).toContain('203.0.113.0/24 sends x-forwarded-for');
    expect(logged.join('')).not.toMatch(/203\.0\.113\.9|198\.51\.100\.7/);
  });

  it.each([
    ['203.0.113.9', '203.0.113.0/24'],
    ['::ffff:203.0.113.9', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['unknown', ''],
  ])('%s is in %j', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
