// Certificates of an authority made up for this file; their key protects nothing.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer as createPlain, type Server, type Socket } from 'node:net';
import tls from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { closeAll, code, engine, page } from './support.ts';

const pem = (name: string) => readFileSync(new URL(`../../fixtures/tls/${name}`, import.meta.url), 'utf8');
const key = pem('server.key');

const servers = new Set<Server>();
const sockets = new Set<Socket>();

beforeAll(() => {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), pem('ca.pem')]);
});

afterEach(async () => {
  await closeAll();
  for (const socket of sockets) socket.destroy();
  for (const server of servers) await new Promise(resolve => server.close(resolve));
  servers.clear();
  sockets.clear();
});

/** What listens on loopback, as `host:port`; `connections` counts who came. */
async function listening<S extends Server>(server: S): Promise<{ host: string; connections(): number }> {
  let came = 0;
  server.on('connection', (socket: Socket) => {
    came += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.add(server);
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => came };
}

function secure(options: tls.TlsOptions) {
  const server = tls.createServer({ key, ...options }, socket => {
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nhello');
  });
  server.on('tlsClientError', () => undefined);
  return listening(server);
}

const get = (host: string) => engine([host], { env: { REQUEST_TIMEOUT_MS: '300' } }).get(`https://${host}/`);

test('a site whose certificate is in order is read', async () => {
  const { host } = await secure({ cert: pem('good.pem') });
  expect(page(await get(host)).body).toBe('hello');
});

describe('a site whose certificate does not hold', () => {
  test.each([
    ['expired', 'expired.pem', 'CERT_HAS_EXPIRED'],
    ['not valid yet', 'early.pem', 'CERT_NOT_YET_VALID'],
    ['of another host', 'other-host.pem', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['signed by itself', 'self-signed.pem', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ])('%s is not read, and asked once', async (_what, cert, said) => {
    const { host, connections } = await secure({ cert: pem(cert) });
    const given = await get(host);
    // robots.txt is what is asked for first, and nothing after it.
    expect(code(given)).toBe('E_ROBOTS_UNREADABLE');
    expect(given).toMatchObject({ message: expect.stringContaining(said) });
    expect(connections()).toBe(1);
  });
});

describe('a handshake that comes to nothing', () => {
  test.each<[string, (socket: Socket) => void]>([
    ['never answered', () => undefined],
    [
      'answered a byte at a time',
      socket => {
        const drip = setInterval(() => socket.write(Buffer.from([0x16])), 20);
        socket.on('close', () => clearInterval(drip));
      },
    ],
    ['answered with plain HTTP', socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['answered with noise', socket => socket.write(Buffer.alloc(4000, 0xab))],
    ['cut', socket => socket.destroy()],
    ['answered with an alert', socket => socket.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))],
  ])('%s ends as a coded error that is no fault of ours', async (_what, answer) => {
    const { host, connections } = await listening(createPlain(answer));
    expect(code(await get(host))).toBe('E_ROBOTS_UNREADABLE');
    expect(connections()).toBeLessThanOrEqual(3);
  });

  test.each(['TLSv1', 'TLSv1.1'] as const)('%s alone is not spoken, and asked for once', async version => {
    const old = { minVersion: version, maxVersion: version, ciphers: 'ALL:@SECLEVEL=0' };
    const { host, connections } = await secure({ cert: pem('good.pem'), ...old });
    expect(await get(host)).toMatchObject({ code: 'E_ROBOTS_UNREADABLE', message: expect.stringContaining('PROTOCOL_VERSION') });
    expect(connections()).toBe(1);
  });
});
