import { createServer, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client } from '../../src/postgres/client.ts';

// A server that lets a client in and dies in the same breath, as a Postgres does whose postmaster was killed.

let port: number;
const server = createServer(socket => {
  socket.once('data', () => socket.write(Buffer.concat([LET_IN, READY, DYING]), () => hangUp(socket)));
  socket.on('error', () => undefined);
});
const message = (kind: string, body: Buffer) => {
  const head = Buffer.alloc(5);
  head.write(kind);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const LET_IN = message('R', Buffer.alloc(4));
const READY = message('Z', Buffer.from('I'));
const DYING = message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0'));
const hangUp = (socket: Socket) => setTimeout(() => socket.destroy(), 50);

beforeAll(async () => {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as { port: number }).port;
});
afterAll(() => new Promise<void>(resolve => void server.close(() => resolve())));

test.each([
  ['made here', () => new Client({ host: '127.0.0.1', port, ssl: false })],
  ['made by a library', () => new pg.Client({ host: '127.0.0.1', port, ssl: false })],
])('a connection %s that is lost as soon as it stands does not end the process', async (_, made) => {
  const client = made();
  const lost = new Promise<void>(resolve => client.once('end', () => resolve()));
  await client.connect();
  await lost;
  await expect(client.query('select 1')).rejects.toThrow();
});

test('a library that takes all listeners away before it closes a connection does not end the process either', async () => {
  const client = new pg.Client({ host: '127.0.0.1', port, ssl: false });
  const connecting = client.connect();
  client.removeAllListeners();
  await connecting;
  await new Promise(resolve => setTimeout(resolve, 100));
});
