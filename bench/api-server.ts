import { parentPort, workerData } from 'node:worker_threads';
import Fastify from 'fastify';
import { createApi } from '../src/api/server.ts';
import { readConfig } from '../src/config.ts';
import { SLOW_MS } from '../src/http/revisions.ts';
import { openDatabase } from '../src/store/database.ts';
import { webPages } from '../src/web/mount.ts';

// The API on a thread of its own, so that the one who asks does not slow down the one who answers, and beside it a bare
// route that sends given bytes.
const { url } = workerData as { url: string };
const db = openDatabase(url, { readOnly: true, statementTimeoutMs: 60_000 });
const api = createApi({
  config: readConfig({ RATE_LIMIT: '0', PUBLIC_URL: 'https://ombre.example' }),
  db,
  slowMs: SLOW_MS,
  web: webPages({ databaseUrl: url }),
});
const bare = Fastify();
let bytes = Buffer.alloc(0);
bare.get('/bytes', async (_request, reply) => reply.header('content-type', 'application/json').send(bytes));
bare.get('/304', async (_request, reply) => reply.code(304).header('etag', '"tag"').send());
const addresses = { api: await api.listen({ port: 0, host: '127.0.0.1' }), bare: await bare.listen({ port: 0, host: '127.0.0.1' }) };
parentPort?.on('message', async (message: Uint8Array | 'close') => {
  if (message !== 'close') bytes = Buffer.from(message);
  else {
    await Promise.all([api.close(), bare.close()]);
    await db.destroy();
    process.exit(0);
  }
  parentPort?.postMessage('done');
});
parentPort?.postMessage(addresses);
