import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { endConnectionsAtStop } from '../../src/http/stop-connections.ts';

it('a stop does not wait for connections over which nothing was asked, and does for answers under way', async () => {
  const app = Fastify({ forceCloseConnections: 'idle' });
  endConnectionsAtStop(app);
  const asked = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  app.get('/', async () => {
    asked.resolve();
    await gate.promise;
    return 'whole';
  });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const silent = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  const ended = once(silent, 'close');
  await once(silent, 'connect');
  const answer = fetch(origin);
  await asked.promise;
  const closed = app.close();
  await ended;
  gate.resolve();
  expect(await (await answer).text()).toBe('whole');
  await closed;
});
