import { sql } from 'kysely';
import { lostSuite } from './lost-suite.ts';

const TABLES = { everything: ['job', 'scheduler', 'meta'], 'the plans': ['scheduler'], 'the jobs that wait': ['job'] };

lostSuite({
  name: 'postgres',
  fresh: async () => null,
  losses: ['everything', 'the plans', 'the jobs that wait'],
  lose: async ({ db }, what) => {
    for (const [loss, tables] of Object.entries(TABLES)) {
      if (loss === what) for (const table of tables) await sql`delete from ${sql.table(`ombre_queue.${table}`)}`.execute(db);
    }
  },
});
