import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets a stop wait for answers under way and for nothing else: neither for connections over which nothing was asked yet, as browsers open in advance
 * and Node takes for busy, nor for those that are kept open after their last answer.
 */
export function endConnectionsAtStop(app: FastifyInstance): void {
  const silent = new Set<Socket>();
  let stopping = false;
  app.server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  app.server.on('request', ({ socket }) => silent.delete(socket));
  app.addHook('preClose', async () => {
    stopping = true;
    for (const socket of silent) socket.destroy();
  });
  app.addHook('onResponse', async () => {
    // The connection is idle as soon as this answer is behind it.
    if (stopping) setImmediate(() => app.server.closeIdleConnections());
  });
}
