import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { openQueues } from '../../src/queue/connection.ts';
import { enqueueVisit } from '../../src/queue/visits.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { serve, workdayBoard } from '../support/boards.ts';
import { testDatabase } from '../support/database.ts';

const SCRIPT = fileURLToPath(new URL('./crawl-main.ts', import.meta.url));
let child: ChildProcess | null = null;
afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

test('a board that takes down every worker that reads it is left alone after three of them', { timeout: 120_000 }, async () => {
  const database = await testDatabase();
  const { db } = database;
  const board = workdayBoard(
    () => [1, 2],
    n => `Utilization Review Therapist ${n}`,
  );
  // The answer that nobody survives.
  const server = await serve((method, url, body) => {
    if (url.pathname.endsWith('/jobs')) child?.kill('SIGKILL');
    return board(method, url, body);
  });
  const queues = await openQueues({ REDIS_URL: null }, database.url);
  const target = { host: 'acme.wd5.myworkdayjobs.com', tenant: 'acme', site: 'External' };
  const row = { slug: 'acme', name: 'Acme Health', system: 'workday', target, enabled: true, disabledReason: null };
  const [source] = await putSources(db, [{ ...row, everyMinutes: 60, notes: null }]);
  await enqueueVisit(queues, source!.id);
  const visits = () => db.selectFrom('visits').selectAll().execute();
  const ended = async () => (await visits()).some(visit => visit.ended_at !== null);
  let deaths = 0;
  try {
    while (!(await ended())) {
      const options = JSON.stringify({ databaseUrl: database.url, redisUrl: null, origin: server.origin });
      const worker = spawn(process.execPath, [SCRIPT, options], { stdio: ['ignore', 'inherit', 'inherit'] });
      child = worker;
      while (worker.signalCode === null && !(await ended())) await sleep(20);
      if (worker.signalCode === 'SIGKILL') deaths += 1;
      // As if the time had passed after which a dead worker's turn on the host ends.
      await db
        .updateTable('host_limits')
        .set({ held_until: new Date(0) })
        .execute();
    }
    expect(deaths).toBe(3);
    expect(await visits()).toMatchObject([
      { outcome: 'failed', reason: expect.stringContaining('The process ended in the middle of this visit: 3 times') },
    ]);
    const after = await db.selectFrom('sources').selectAll().executeTakeFirstOrThrow();
    expect(after.cooling_until!.getTime()).toBeGreaterThan(Date.now() + 3_600_000);
    child?.kill('SIGTERM');
    expect(await once(child!, 'exit')).toEqual([0, null]);
  } finally {
    await queues.close();
    await server.close();
    await database.drop();
  }
});
