import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { refusedHost } from '../../../src/crawlers/engine/engine.ts';
import { checkAddress } from '../../../src/crawlers/engine/guard.ts';
import { isPublic } from '../../../src/crawlers/engine/public-address.ts';
import { liveTransport } from '../../../src/crawlers/engine/transport-live.ts';
import { closeAll, code, engine, hello, page, site } from './support.ts';

afterEach(closeAll);
const none = new Set<string>();

describe('an address a crawler may open', () => {
  it.each([
    ['ftp://careers.example/jobs', 'neither http nor https'],
    ['file:///etc/passwd', 'neither http nor https'],
    ['javascript:alert(1)', 'neither http nor https'],
    ['https://user:secret@careers.example/', 'user name'],
    ['https://careers.example:8443/', 'port 80 or 443'],
    ['http://careers.example:22/', 'port 80 or 443'],
    [`https://careers.example/${'a'.repeat(2100)}`, 'characters'],
    ['not an address', 'not an address'],
    ['', 'not an address'],
  ])('is not %s', (address, why) => {
    expect(() => checkAddress(address, none)).toThrow(why);
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:10.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[fc00::1]/',
    'http://[fe80::1]/',
    'http://[64:ff9b::a00:1]/',
    'http://[2002:a00:1::]/',
  ])('is not %s, a private address in any spelling', address => {
    expect(() => checkAddress(address, none)).toThrow('not a public address');
  });

  it('is any public one on port 80 or 443', () => {
    for (const address of [
      'https://careers.example/jobs?a=1',
      'http://careers.example:80/',
      'https://93.184.216.34/',
      'https://[2606:4700::1111]/',
    ]) {
      expect(checkAddress(address, none)).toBeInstanceOf(URL);
    }
  });

  it('is a private one only when the settings name its host and port', () => {
    const allowed = new Set(['127.0.0.1:8080']);
    expect(checkAddress('http://127.0.0.1:8080/', allowed).port).toBe('8080');
    expect(() => checkAddress('http://127.0.0.1:8081/', allowed)).toThrow();
    expect(() => checkAddress('http://127.0.0.2:8080/', allowed)).toThrow();
  });

  it('is never within 10/8, 172.16/12 or 192.168/16, mapped into IPv6 or not', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const inside = fc.oneof(
      fc.tuple(fc.constant(10), byte, byte, byte),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
      fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
    );
    fc.assert(
      fc.property(inside, parts => {
        const ip = parts.join('.');
        const decimal = parts.reduce((sum, part) => sum * 256 + part, 0);
        expect(isPublic(ip)).toBe(false);
        expect(isPublic(`::ffff:${ip}`)).toBe(false);
        expect(() => checkAddress(`http://${decimal}/`, none)).toThrow('not a public address');
      }),
    );
  });
});

describe('a site refused by name', () => {
  it.each([
    'indeed.com',
    'www.indeed.com',
    'uk.indeed.com',
    'indeed.co.uk',
    'WWW.LinkedIn.com',
    'www.linkedin.com.',
    'www.glassdoor.de',
    'm.facebook.com',
    'fb.me',
    'www.ziprecruiter.com',
    'www.vivian.com',
    'www.simplyhired.com',
    'www.monster.co.uk',
  ])('covers %s', host => {
    expect(refusedHost(host)).toMatch(/is never crawled: /);
  });

  it.each(['boards.greenhouse.io', 'indeed.example.com', 'notindeed.com', 'vivian.example', 'monsterenergy.com', '127.0.0.1', 'localhost'])(
    'leaves %s alone',
    host => {
      expect(refusedHost(host)).toBeNull();
    },
  );

  it('is answered with the reason and without a request', async () => {
    const fetched = await engine([]).get('https://www.indeed.com/jobs?q=cota');
    expect(fetched).toMatchObject({ kind: 'failed', code: 'E_BLOCKED', status: null });
    expect(fetched).toHaveProperty('message', expect.stringContaining('Indeed is never crawled'));
  });
});

describe('the socket', () => {
  const resolvingTo =
    (...addresses: { address: string; family: number }[]): LookupFunction =>
    (_hostname, _options, callback) =>
      callback(null, addresses);

  function over(lookup: LookupFunction, allowed: string[] = []) {
    const config = readConfig({ ALLOW_PRIVATE_HOSTS: allowed.join(',') });
    return engine(allowed, { transport: liveTransport(config, { lookup }) });
  }

  it.each([
    ['a loopback address', [{ address: '127.0.0.1', family: 4 }]],
    ['the cloud metadata address', [{ address: '169.254.169.254', family: 4 }]],
    ['a mapped private address', [{ address: '::ffff:10.0.0.1', family: 6 }]],
    [
      'one public and one private address',
      [
        { address: '93.184.216.34', family: 4 },
        { address: '10.0.0.1', family: 4 },
      ],
    ],
    ['nothing', []],
  ])('is not opened when the name resolves to %s', async (_what, addresses) => {
    const fetched = await over(resolvingTo(...addresses)).get('http://rebound.example/');
    expect(fetched).toMatchObject({ kind: 'failed', code: 'E_UNSAFE_URL', status: null });
  });

  it('is not opened to localhost by its name', async () => {
    expect(code(await over(lookup as LookupFunction).get('http://localhost/'))).toBe('E_UNSAFE_URL');
  });

  it('goes to the address that was checked, for a name the settings allow', async () => {
    const there = await site(hello);
    const fetched = await over(resolvingTo({ address: '127.0.0.1', family: 4 }), [`careers.example:${there.port}`]).get(
      `http://careers.example:${there.port}/jobs`,
    );
    expect(page(fetched).body).toBe('hello');
    expect(there.headers[0]?.host).toBe(`careers.example:${there.port}`);
  });

  it('is not opened to a private IP address even when nobody checked the address before', async () => {
    const there = await site(hello);
    const transport = liveTransport(readConfig({}));
    const sent = transport.send(
      { method: 'GET', url: new URL(there.url), headers: {}, body: null, source: 's' },
      new AbortController().signal,
    );
    await expect(sent).rejects.toMatchObject({ code: 'E_UNSAFE_URL' });
    await transport.close();
    expect(there.asked).toEqual([]);
  });

  it('is not opened to a loopback server whose port the settings do not name', async () => {
    const there = await site(hello);
    const fetched = await engine([]).get(there.url);
    expect(code(fetched)).toBe('E_UNSAFE_URL');
    expect(there.robotsAsked).toBe(0);
  });
});
