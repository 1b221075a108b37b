import { sql } from 'kysely';
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
