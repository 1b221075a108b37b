import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { readBody } from '../../../src/crawlers/engine/body.ts';
import { decodeText } from '../../../src/crawlers/engine/charset.ts';
import { closeAll, code, engine, hello, page, site } from './support.ts';

afterEach(closeAll);
const TEXT = 'Ergotherapeutin (m/w/d) für Wohnraumanpassung — remote';

function sending(body: Uint8Array | string, headers: Record<string, string>, status = 200) {
  return site((_request, response) => void response.writeHead(status, headers).end(body));
}

async function bodyOf(body: Uint8Array | string, headers: Record<string, string>): Promise<string> {
  const there = await sending(body, headers);
  return page(await engine([there]).get(there.url)).body;
}

async function failureOf(body: Uint8Array | string, headers: Record<string, string>, env: Record<string, string> = {}): Promise<string> {
  const there = await sending(body, headers);
  return code(await engine([there], { env }).get(there.url));
}

describe('content coding', () => {
  it.each([
    ['gzip', gzipSync(TEXT)],
    ['x-gzip', gzipSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
    ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
    ['identity', Buffer.from(TEXT)],
  ])('%s is undone', async (coding, bytes) => {
    expect(await bodyOf(bytes, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': coding })).toBe(TEXT);
  });

  it('that nobody asked for is refused', async () => {
    expect(await failureOf('x', { 'content-type': 'text/html', 'content-encoding': 'zstd' })).toBe('E_CONTENT');
  });

  it('of an empty answer is nothing', async () => {
    expect(await bodyOf('', { 'content-type': 'text/html', 'content-encoding': 'gzip' })).toBe('');
  });

  it('that ends too early, or is broken, is a failure of the network and tried again', async () => {
    for (const bytes of [gzipSync(TEXT.repeat(100)).subarray(0, 60), Buffer.from('not gzip at all')]) {
      const there = await sending(bytes, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
      expect(code(await engine([there]).get(there.url))).toBe('E_NETWORK');
      expect(there.asked).toHaveLength(3);
    }
  });

  it('gives back any text however it was packed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.constantFrom('gzip', 'br', 'deflate', ''), async (text, coding) => {
        const plain = Buffer.from(text.toWellFormed());
        const pack = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync, '': (bytes: Buffer) => bytes }[coding as 'gzip'];
        async function* body() {
          yield pack(plain);
        }
        // Text that begins with gzip's magic number is gzip by definition here.
        fc.pre(plain[0] !== 0x1f);
        const answer = { status: 200, headers: { 'content-encoding': coding }, body: body(), discard() {} };
        expect(Buffer.from(await readBody(answer, { maxBytes: 1e6 }))).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the size of an answer', () => {
  const html = { 'content-type': 'text/html' };

  it('is limited after decompression: a small bomb is refused before it unfolds', async () => {
    const bomb = gzipSync(Buffer.alloc(60 * 1024 * 1024), { level: 9 });
    expect(bomb.byteLength).toBeLessThan(100_000);
    expect(await failureOf(bomb, { ...html, 'content-encoding': 'gzip' })).toBe('E_TOO_LARGE');
    expect(await failureOf(brotliCompressSync(Buffer.alloc(60 * 1024 * 1024)), { ...html, 'content-encoding': 'br' })).toBe('E_TOO_LARGE');
  });

  it('is limited in a gzip file as well, and in a gzip file that was packed twice', async () => {
    const bomb = gzipSync(Buffer.alloc(60 * 1024 * 1024));
    expect(await failureOf(bomb, { 'content-type': 'application/gzip' })).toBe('E_TOO_LARGE');
    expect(await failureOf(gzipSync(bomb), { 'content-type': 'application/gzip', 'content-encoding': 'gzip' })).toBe('E_TOO_LARGE');
  });

  it('is limited for plain bytes, announced or not', async () => {
    const large = 'x'.repeat(1024 * 1024 + 1);
    expect(await failureOf(large, { ...html, 'content-length': String(large.length) }, { MAX_BODY_MB: '1' })).toBe('E_TOO_LARGE');
    expect(await failureOf(large, html, { MAX_BODY_MB: '1' })).toBe('E_TOO_LARGE');
    expect((await bodyOf(large, html)).length).toBe(large.length);
  });

  it('may shrink a hundredfold only while it is small', async () => {
    expect((await bodyOf(gzipSync('y'.repeat(900_000)), { ...html, 'content-encoding': 'gzip' })).length).toBe(900_000);
    expect(await failureOf(gzipSync('y'.repeat(3_000_000)), { ...html, 'content-encoding': 'gzip' })).toBe('E_TOO_LARGE');
  });

  it('that never ends is a timeout, however steadily it drips', async () => {
    const drip = (response: ServerResponse) => {
      const timer = setInterval(() => response.write('.'), 10);
      response.once('close', () => clearInterval(timer));
    };
    const there = await site((_request, response) => drip(response.writeHead(200, html)));
    const fetched = await engine([there], { env: { REQUEST_TIMEOUT_MS: '700' } }).get(there.url);
    expect(fetched).toMatchObject({ kind: 'failed', code: 'E_TIMEOUT' });
    expect(there.asked).toHaveLength(3);
  });
});

describe('the type of an answer', () => {
  it.each(['image/png', 'application/pdf', 'video/mp4', 'application/zip', 'application/msword'])('%s is refused', async type => {
    expect(await failureOf('whatever', { 'content-type': type })).toBe('E_CONTENT');
  });

  it.each([
    'text/html',
    'application/json',
    'application/ld+json',
    'application/vnd.api+json',
    'application/rss+xml',
    'text/xml',
    'application/xhtml+xml',
  ])('%s is read', async type => {
    expect(await bodyOf('x', { 'content-type': type })).toBe('x');
  });

  it('that says nothing is decided by a zero byte', async () => {
    expect(await bodyOf('plain', { 'content-type': 'application/octet-stream' })).toBe('plain');
    expect(await bodyOf('plain', {})).toBe('plain');
    expect(await failureOf(Buffer.from([1, 0, 2]), {})).toBe('E_CONTENT');
  });

  it('of a gzip file is that of its content', async () => {
    expect(await bodyOf(gzipSync('<urlset/>'), { 'content-type': 'application/octet-stream' })).toBe('<urlset/>');
  });

  it('does not matter when the answer is no success', async () => {
    const there = await sending('gone', { 'content-type': 'image/png' }, 404);
    expect(page(await engine([there]).get(there.url)).status).toBe(404);
  });

  it('an answer after a refused one is read as ever', async () => {
    const there = await site((request, response) => {
      if (request.path === '/pdf') response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF');
      else hello(request, response);
    });
    const crawler = engine([there]);
    expect(code(await crawler.get(`${there.url}/pdf`))).toBe('E_CONTENT');
    expect(page(await crawler.get(there.url)).body).toBe('hello');
  });
});

describe('the charset', () => {
  const latin1 = Buffer.from('für Ärzte', 'latin1');
  it.each([
    ['of the header', latin1, 'text/html; charset=ISO-8859-1'],
    ['of the header, quoted', latin1, 'text/html; charset="windows-1252"'],
    ['of a meta charset', Buffer.concat([Buffer.from('<meta charset="iso-8859-1">'), latin1]), 'text/html'],
    [
      'of a meta http-equiv',
      Buffer.concat([Buffer.from('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'), latin1]),
      'text/html',
    ],
    ['of an XML declaration', Buffer.concat([Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?>'), latin1]), 'text/xml'],
    ['of a byte order mark, which outranks the header', Buffer.from('\uFEFFfür Ärzte'), 'text/html; charset=iso-8859-1'],
    ['of a UTF-16 byte order mark', Buffer.from('\uFEFFfür Ärzte', 'utf16le'), 'text/html'],
    ['UTF-8 when nobody says', Buffer.from('für Ärzte'), 'application/json'],
    ['windows-1252 for bytes that are no UTF-8, where nothing is declared', latin1, 'text/html'],
    [
      'either where a page declares UTF-8 and mixes them',
      Buffer.concat([Buffer.from('für '), Buffer.from('Ärzte', 'latin1')]),
      'text/xml; charset=utf-8',
    ],
    ['UTF-8 when the label is unknown', Buffer.from('für Ärzte'), 'text/html; charset=klingon'],
    ['UTF-8 when a readable page claims UTF-16', Buffer.from('<meta charset="utf-16">für Ärzte'), 'text/html'],
  ])('is that %s', (_what, bytes, type) => {
    expect(decodeText(bytes, type)).toMatch(/(^|>)für Ärzte$/);
  });

  it('keeps every character of UTF-8 among bytes that are none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), words => {
        const bytes = Buffer.concat([Buffer.from(words.toWellFormed()), Buffer.from(' \xe4 \x93\xc3 \xed\xa0\x80', 'latin1')]);
        return decodeText(bytes, 'application/json') === `${words.toWellFormed().replace(/^\uFEFF/, '')} ä “Ã í\u00a0€`;
      }),
    );
  });

  it('never makes decoding fail', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2000 }), fc.string(), (bytes, type) => typeof decodeText(bytes, type) === 'string'));
  });
});
