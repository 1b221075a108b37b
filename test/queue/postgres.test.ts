import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openQueues } from '../../src/queue/connection.ts';
import { enqueueVisit } from '../../src/queue/visits.ts';
import { testDatabase } from '../support/database.ts';
import { queueSuite } from './suite.ts';

queueSuite('postgres', {
  fresh: async () => null,
  cutConnections: async ({ db }) => {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`.execute(
      db,
    );
  },
  takeLock: async ({ db }, jobId) => {
    await sql`update ombre_queue.job set lock_token = 'another', locked_until_ms = 0 where id = ${jobId}`.execute(db);
  },
  unreachable: port => ({ redisUrl: null, databaseUrl: `postgres://ombre@127.0.0.1:${port}/ombre` }),
});

test('the queue keeps its tables in a schema of its own, also when DATABASE_URL carries options', async () => {
  const { db, url, drop } = await testDatabase();
  const queues = await openQueues({ REDIS_URL: null }, `${url}?options=${encodeURIComponent('-c statement_timeout=60000')}`);
  await enqueueVisit(queues, 1);
  const { rows } = await sql`select queue, data from ombre_queue.job`.execute(db);
  expect(rows).toEqual([{ queue: 'visits', data: { sourceId: 1 } }]);
  await queues.close();
  await drop();
});
