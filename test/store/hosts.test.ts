import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { HostLease, HostLimiter } from '../../src/crawlers/engine/fetching.ts';
import { postgresHostLimiter } from '../../src/store/crawl/hosts.ts';
import { openDatabase } from '../../src/store/database.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const HOST = 'boards.example';
const never = new AbortController().signal;
const free = { notBefore: null };

describe('the host limiter', () => {
  let database: TestDatabase;
  /** As two processes: they share nothing but the database. */
  let here: HostLimiter;
  let there: HostLimiter;
  let thereDb: TestDatabase['db'];

  beforeAll(async () => {
    database = await testDatabase();
    thereDb = openDatabase(database.url, { max: 2 });
  });
  afterAll(async () => {
    await thereDb.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    await database.db.deleteFrom('host_limits').execute();
    here = postgresHostLimiter(database.db);
    there = postgresHostLimiter(thereDb);
  });

  function acquire(
    limiter: HostLimiter,
    options: { host?: string; spacingMs?: number; leaseMs?: number; signal?: AbortSignal } = {},
  ): Promise<HostLease> {
    const { host = HOST, spacingMs = 0, leaseMs = 60_000, signal = never } = options;
    return limiter.acquire(host, { spacingMs, leaseMs, signal });
  }

  /** Whether it stays unsettled over many more looks at the row than a free host would need. */
  async function isWaiting(promise: Promise<unknown>): Promise<boolean> {
    return Promise.race([promise.then(() => false), sleep(400, true)]);
  }

  async function databaseTime(): Promise<number> {
    const { rows } = await sql<{ ms: number }>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`.execute(database.db);
    return rows[0]!.ms;
  }

  async function row() {
    return database.db.selectFrom('host_limits').selectAll().where('host', '=', HOST).executeTakeFirstOrThrow();
  }

  test('lets one request at a time to a host, over all processes, and serves everybody who waits', async () => {
    let inFlight = 0;
    let served = 0;
    const request = async (limiter: HostLimiter) => {
      const lease = await acquire(limiter);
      inFlight++;
      expect(inFlight).toBe(1);
      await sleep(2);
      inFlight--;
      served++;
      await lease.release(free);
    };
    await Promise.all(Array.from({ length: 30 }, (_, index) => request(index % 2 === 0 ? here : there)));
    expect(served).toBe(30);
    expect(await row()).toMatchObject({ held_until: null, held_by: null });
  });

  test('serves the callers of one process in the order they came', async () => {
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3, 4, 5].map(async turn => {
        const lease = await acquire(here);
        order.push(turn);
        await lease.release(free);
      }),
    );
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  test('never starts a request sooner than the spacing after the end of the one before', async () => {
    const ended: number[] = [];
    const started: number[] = [];
    for (const limiter of [here, there, here, there]) {
      const lease = await acquire(limiter, { spacingMs: 80 });
      started.push(await databaseTime());
      ended.push(await databaseTime());
      await lease.release(free);
    }
    for (let index = 1; index < started.length; index++) expect(started[index]! - ended[index - 1]!).toBeGreaterThanOrEqual(80);
  });

  test('does not let one host wait for another', async () => {
    const first = await acquire(here, { host: 'one.example' });
    const second = await acquire(here, { host: 'two.example' });
    await Promise.all([first.release(free), second.release(free)]);
  });

  test('keeps everybody away until the moment a host asked for', async () => {
    const lease = await acquire(here);
    const notBefore = new Date(Date.now() + 3_600_000);
    await lease.release({ notBefore });
    const { next_allowed_at } = await row();
    expect(Math.abs(next_allowed_at.getTime() - notBefore.getTime())).toBeLessThan(60_000);

    const abort = new AbortController();
    const waiting = acquire(there, { signal: abort.signal });
    expect(await isWaiting(waiting)).toBe(true);
    abort.abort();
    await expect(waiting).rejects.toThrow();
  });

  test('never moves a later start to an earlier one', async () => {
    const slow = await acquire(here, { leaseMs: 1 });
    const next = await acquire(there);
    await next.release({ notBefore: new Date(Date.now() + 3_600_000) });
    const before = await row();
    await slow.release(free);
    expect(await row()).toEqual(before);
  });

  test('a holder that died keeps the host no longer than its lease', async () => {
    await acquire(here, { leaseMs: 300 });
    const { held_until } = await row();
    const lease = await acquire(there);
    expect(await databaseTime()).toBeGreaterThanOrEqual(held_until!.getTime());
    await lease.release(free);
    const again = await acquire(here);
    await again.release(free);
  });

  test('a holder whose lease ran out neither frees the next holder nor is its wish for rest lost', async () => {
    const slow = await acquire(here, { leaseMs: 1 });
    const next = await acquire(there);
    const held = await row();
    await slow.release({ notBefore: new Date(Date.now() + 3_600_000) });
    expect(await row()).toMatchObject({ held_by: held.held_by, held_until: held.held_until });
    await next.release(free);
    const after = await row();
    expect(after).toMatchObject({ held_by: null, held_until: null });
    expect(after.next_allowed_at.getTime()).toBeGreaterThan(Date.now() + 3_000_000);
  });

  test('a second release of the same lease changes nothing', async () => {
    const lease = await acquire(here);
    await lease.release(free);
    const next = await acquire(there);
    const held = await row();
    await lease.release({ notBefore: new Date(Date.now() + 3_600_000) });
    expect(await row()).toEqual(held);
    await next.release(free);
  });

  test.each([
    ['in the same process', () => here],
    ['in another process', () => there],
  ])('whoever is aborted while the host is held %s gets the reason and is not in the way', async (_, waiter) => {
    const lease = await acquire(here);
    const abort = new AbortController();
    const reason = new Error('the worker is closing');
    const waiting = acquire(waiter(), { signal: abort.signal });
    const after = acquire(waiter());
    expect(await isWaiting(waiting)).toBe(true);
    abort.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(await isWaiting(after)).toBe(true);
    await lease.release(free);
    await (await after).release(free);
    await vi.waitFor(async () => expect(await row()).toMatchObject({ held_by: null }));
  });

  test('takes nothing for a caller who was aborted before', async () => {
    const reason = new Error('too late');
    await expect(acquire(here, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(await database.db.selectFrom('host_limits').selectAll().execute()).toEqual([]);
  });

  test('a broken database is told to the caller, and the next caller gets its turn', async () => {
    const broken = openDatabase('postgres://ombre@127.0.0.1:1/nobody-listens-here', { max: 1 });
    const limiter = postgresHostLimiter(broken);
    const both = await Promise.allSettled([acquire(limiter), acquire(limiter)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await broken.destroy();
  });
});
