import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pino from 'pino';
import { openQueues } from '../../src/queue/connection.ts';
import { startWorker } from '../../src/queue/worker.ts';
import { openDatabase } from '../../src/store/database.ts';

// A worker that notes when it leads and whom it visits, with the timing of a real one but for ticks that come often and take long.
const { databaseUrl, redisUrl } = JSON.parse(process.argv[2] ?? '') as { databaseUrl: string; redisUrl: string | null };
const SOURCES = Array.from({ length: 12 }, (_, n) => n + 1);
const db = openDatabase(databaseUrl, { max: 3 });
const queues = await openQueues({ REDIS_URL: redisUrl }, databaseUrl);

async function lead(what: string): Promise<void> {
  const { rows } = await sql<{ id: number }>`insert into leads (pid, what) values (${process.pid}, ${what}) returning id`.execute(db);
  await sleep(1_500);
  await sql`update leads set ended = clock_timestamp() where id = ${rows[0]?.id}`.execute(db);
}

const worker = await startWorker({
  queues,
  concurrency: 2,
  log: pino({ level: 'warn' }, pino.destination(2)),
  timing: { tickEveryMs: 1_000 },
  handlers: {
    visit: async sourceId => {
      await sleep(300);
      await sql`insert into made (source_id, pid) values (${sourceId}, ${process.pid})`.execute(db);
    },
    due: async () => {
      await lead('tick');
      // As the schedule does: a source is due until its visit is made.
      const made = await sql<{ source_id: number }>`select source_id from made`.execute(db);
      return SOURCES.filter(id => !made.rows.some(row => row.source_id === id));
    },
    digest: () => lead('digest'),
  },
});
process.once('SIGTERM', async () => {
  await worker.close();
  await queues.close();
  await db.destroy();
});
