import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { messageOf } from '../../errors.ts';
import { pendingMigrations } from '../../store/migrate.ts';
import type { ApiContext, HealthChecks } from '../context.ts';

const PATIENCE_MS = 3000;

/** `/healthz`: the process answers. `/readyz`: so do the database, its schema and what else was injected; 503 when one does not. */
export function healthRoutes(app: FastifyInstance, { db, health }: ApiContext): void {
  const checks: HealthChecks = {
    database: () => sql`select 1`.execute(db),
    migrations: async () => {
      const pending = await pendingMigrations(db);
      if (pending.length) throw new Error(`not applied yet: ${pending.join(', ')}`);
    },
    ...health,
  };
  app.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').send({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const results = await Promise.all(Object.entries(checks).map(([name, check]) => outcome(name, check)));
    const ok = results.every(result => result.ok);
    return reply
      .code(ok ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ok, checks: results });
  });
}

async function outcome(name: string, check: () => Promise<unknown>): Promise<{ name: string; ok: boolean; message: string | null }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    await Promise.race([check(), late]);
    return { name, ok: true, message: null };
  } catch (error) {
    return { name, ok: false, message: messageOf(error) };
  } finally {
    clearTimeout(timer);
  }
}
