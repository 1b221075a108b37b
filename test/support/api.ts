import type { FastifyInstance } from 'fastify';
import { createApi } from '../../src/api/server.ts';
import { openMetrics } from '../../src/app/metrics/open.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { type TestDatabase, testDatabase } from './database.ts';

export type TestApi = TestDatabase & { app: FastifyInstance; config: Config; origin: string; close(): Promise<void> };

/** The API on a database of its own, listening on a free loopback port. */
export async function testApi(env: Record<string, string> = {}, health: Parameters<typeof createApi>[0]['health'] = {}): Promise<TestApi> {
  const database = await testDatabase();
  const config = readConfig({ PORT: '0', FEED_DOMAIN: 'jobs.example', RATE_LIMIT: '0', ...env });
  const metrics = openMetrics({ role: 'api', rules: null, config, db: database.db });
  const app = createApi({ config, db: database.db, health, metrics });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const close = async () => {
    await app.close();
    await metrics.close();
    await database.drop();
  };
  return { ...database, app, config, origin, close };
}
