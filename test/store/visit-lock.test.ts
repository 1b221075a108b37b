import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { onSession } from '../../src/store/session.ts';
import { holdingSource } from '../../src/store/visit/lock.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database?.drop();
});

const never = new AbortController().signal;

async function pidOf(db: TestDatabase['db']): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
  return rows[0]?.pid ?? 0;
}

test('a visit whose session is ended from outside is told to stop at once, can write nothing more, and frees its source', async () => {
  const { db } = database;
  let reason: unknown;
  let written: unknown;
  const visit = holdingSource(db, 1, never, async (held, stop) => {
    const pid = await pidOf(held);
    expect(await holdingSource(db, 1, never, async () => 'both')).toBeNull();
    await sql`select pg_terminate_backend(${pid})`.execute(db);
    await vi.waitFor(() => expect(stop.aborted).toBe(true), 10_000);
    reason = stop.reason;
    written = await sql`select 1`.execute(held).catch(error => error);
    expect(await holdingSource(db, 1, never, async () => 'the next one')).toBe('the next one');
    return 'finished';
  });
  // What the work makes of it is its own; whatever it wrote after the loss failed.
  await expect(visit).resolves.toBe('finished');
  expect(reason).toMatchObject({ code: 'E_DB_DOWN' });
  expect(written).toMatchObject({ code: 'E_DB_DOWN' });
});

test('a visit that breaks off over its lost session is rejected with that reason, not with what it stumbled over', async () => {
  const { db } = database;
  const visit = holdingSource(db, 2, never, async (held, stop) => {
    await sql`select pg_terminate_backend(${await pidOf(held)})`.execute(db);
    await vi.waitFor(() => expect(stop.aborted).toBe(true), 10_000);
    throw new TypeError('whatever came of it');
  });
  await expect(visit).rejects.toMatchObject({ code: 'E_DB_DOWN' });
});

test('the signal of the caller stops the visit too, and the source is free after it, whatever became of it', async () => {
  const { db } = database;
  const caller = new AbortController();
  const visit = holdingSource(db, 3, caller.signal, async (_, stop) => {
    caller.abort(new Error('enough'));
    stop.throwIfAborted();
  });
  await expect(visit).rejects.toThrow('enough');
  expect(await holdingSource(db, 3, never, async () => 'free')).toBe('free');
});

test('writes that one visit begins at the same time come one after the other, each transaction by itself', async () => {
  const { db } = database;
  const seen = await holdingSource(db, 4, never, async held => {
    const steps: string[] = [];
    const write = (name: string, fails = false) =>
      held
        .transaction()
        .execute(async trx => {
          const number = async () => (await sql<{ id: string }>`select pg_current_xact_id()::text as id`.execute(trx)).rows[0]?.id;
          const first = await number();
          steps.push(`${name} begins`);
          await sql`select pg_sleep(0.05)`.execute(trx);
          expect(await number()).toBe(first);
          steps.push(`${name} ends`);
          if (fails) throw new Error(name);
          return first;
        })
        .catch(() => 'undone');
    const alone = () => sql<{ open: boolean }>`select pg_current_xact_id_if_assigned() is not null as open`.execute(held);
    const [one, two, besides, three] = await Promise.all([write('one'), write('two', true), alone(), write('three')]);
    return { steps, results: [one === three, two, besides.rows] };
  });
  expect(seen).toEqual({
    steps: ['one begins', 'one ends', 'two begins', 'two ends', 'three begins', 'three ends'],
    results: [false, 'undone', [{ open: false }]],
  });
});

test('a session is kept awake: one that the server would end for its silence lives on', async () => {
  const db = openDatabase(database.url, { max: 1 });
  try {
    const lived = await onSession(
      db,
      async (session, lost) => {
        // As a proxy between would do, which no setting of the session stops.
        await sql`set idle_session_timeout = '1s'`.execute(session);
        // Longer than the server's patience: without the pings the session is gone by then.
        await new Promise(resolve => setTimeout(resolve, 2_500));
        return !lost.aborted;
      },
      { pingMs: 200 },
    );
    expect(lived).toBe(true);
  } finally {
    await db.destroy();
  }
});

test('a connection that lies checked out and idle may be lost without anybody waiting on it, and the process lives', async () => {
  const { db } = database;
  await db.connection().execute(async held => {
    await sql`select pg_terminate_backend(${await pidOf(held)})`.execute(db);
    await vi.waitFor(() => expect(sql`select 1`.execute(held)).rejects.toMatchObject({ code: 'E_DB_DOWN' }), 10_000);
  });
  await db
    .transaction()
    .execute(async trx => {
      await sql`select pg_terminate_backend(${await pidOf(trx)})`.execute(db);
      await vi.waitFor(() => expect(sql`select 1`.execute(trx)).rejects.toMatchObject({ code: 'E_DB_DOWN' }), 10_000);
    })
    .catch(error => expect(error).toMatchObject({ code: 'E_DB_DOWN' }));
  expect((await sql<{ one: number }>`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
});

test('a statement and a transaction that rightly take long are no silence of the server', async () => {
  const lived = await onSession(
    database.db,
    async (session, lost) => {
      await sql`select pg_sleep(1.5)`.execute(session);
      await session.transaction().execute(async trx => {
        await sql`select 1`.execute(trx);
        await new Promise(resolve => setTimeout(resolve, 1_500));
        await sql`select 1`.execute(trx);
      });
      return !lost.aborted;
    },
    { pingMs: 100, answerMs: 500 },
  );
  expect(lived).toBe(true);
});

test.skipIf(process.env.TEST_DATABASE_URL)('a server that answers no ping any more has lost the session', async () => {
  await onSession(
    database.db,
    async (session, lost) => {
      const pid = await pidOf(session);
      process.kill(pid, 'SIGSTOP');
      try {
        await vi.waitFor(() => expect(lost.aborted).toBe(true), 15_000);
      } finally {
        process.kill(pid, 'SIGCONT');
      }
    },
    { pingMs: 100, answerMs: 500 },
  );
});
