import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { messageOf } from '../../errors.ts';
import type { HealthChecks, HealthOutcome, HttpContext } from '../../http/context.ts';
import { databaseNow } from '../../store/clock.ts';
import { pendingMigrations } from '../../store/migrate.ts';

const PATIENCE_MS = 3000;

/**
 * `/healthz`: the process answers. `/readyz`: so do the database, its schema and what else was injected; 503 when one does not. Strangers
 * may ask, so it tells which part is unwell; why, with hosts and ports, stands in the log.
 */
export function healthRoutes(app: FastifyInstance, { db, health }: Pick<HttpContext, 'db' | 'health'>): void {
  const checks: HealthChecks = {
    database: async () => {
      await databaseNow(db);
      return { ok: true };
    },
    migrations: async () => {
      const pending = await pendingMigrations(db);
      return pending.length === 0 ? { ok: true } : { ok: false, message: `not applied yet: ${pending.join(', ')}; run ombre migrate` };
    },
    ...health,
  };
  const tell = changes(app.log);
  app.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').send({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const results = await Promise.all(Object.entries(checks).map(([name, check]) => outcome(name, check)));
    tell(results);
    const ok = results.every(result => result.ok);
    return reply
      .code(ok ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ok, checks: results.map(check => ({ ...check, message: check.ok ? check.message : UNWELL })) });
  });
}

type Result = { name: string; ok: boolean; message: string | null };

const UNWELL = 'unwell; the log says why';

/** Logs what has turned unwell or well again since the last time somebody asked, in one line each: an outage takes several checks along. */
function changes(log: FastifyBaseLogger): (results: readonly Result[]) => void {
  const unwell = new Set<string>();
  return results => {
    const worse = results.filter(({ name, ok }) => !ok && !unwell.has(name));
    const better = results.filter(({ name, ok }) => ok && unwell.has(name)).map(({ name }) => name);
    for (const { name } of worse) unwell.add(name);
    for (const name of better) unwell.delete(name);
    const why = worse.map(({ name, message }) => `${name}: ${message}`).join('; ');
    if (worse.length > 0) log.warn({ checks: worse.map(({ name }) => name) }, `readyz: unwell: ${why}`);
    if (better.length > 0) log.info({ checks: better }, `readyz: well again: ${better.join(', ')}`);
  };
}

async function outcome(name: string, check: () => Promise<HealthOutcome>): Promise<Result> {
  const patience = new AbortController();
  const late = sleep(PATIENCE_MS, { ok: false, message: `no answer within ${PATIENCE_MS / 1000} s` }, { signal: patience.signal });
  try {
    const { ok, message } = await Promise.race([check(), late]);
    return { name, ok, message: message ?? null };
  } catch (error) {
    return { name, ok: false, message: messageOf(error) };
  } finally {
    late.catch(() => undefined);
    patience.abort();
  }
}
