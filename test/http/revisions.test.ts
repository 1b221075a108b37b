import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revisionsOf, sharedRun } from '../../src/http/revisions.ts';
import { feedStamp } from '../../src/store/feed/changes.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';

it('shares a run among those who wait, and gives nobody an answer that was asked for before they came', async () => {
  let clock = 0;
  let runs = 0;
  const shared = sharedRun(async () => {
    runs++;
    const asked = clock;
    await sleep(1);
    return asked;
  });
  const answers: Promise<void>[] = [];
  for (let i = 0; i < 500; i++) {
    clock++;
    const came = clock;
    answers.push(shared().then(asked => expect(asked).toBeGreaterThanOrEqual(came)));
    if (i % 50 === 0) await sleep(1);
  }
  await Promise.all(answers);
  expect(runs).toBeLessThan(60);
});

it('goes on after a run that failed', async () => {
  let fails = true;
  const shared = sharedRun(async () => {
    await sleep(1);
    if (fails) throw new Error('away');
    return 'back';
  });
  const [first, second] = [shared(), shared()];
  await expect(first).rejects.toThrow('away');
  fails = false;
  await expect(second).resolves.toBe('back');
});

describe('what is kept', () => {
  let t: TestDatabase;
  beforeAll(async () => {
    t = await testDatabase();
    await insertPostings(t.db, [{ id: 'a' }]);
  });
  afterAll(() => t.drop());

  const change = (title: string) => sql`update postings set title = ${title}`.execute(t.db);
  const reader = (ms: number) => {
    let reads = 0;
    return async () => {
      reads++;
      await sleep(ms);
      return { reads };
    };
  };

  it('is read again after each change of what readers see, and after no other', async () => {
    const { kept } = revisionsOf(t.db, { slowMs: 5 });
    const read = reader(20);
    const reads = async () => (await kept('key', read)).reads;
    expect([await reads(), await reads()]).toEqual([1, 1]);
    await change('Another');
    expect(await reads()).toBe(2);
    await change('Another');
    await sql`update postings set last_seen = now(), missed = 1`.execute(t.db);
    await sql`update sources set next_visit_at = now(), failures = 2`.execute(t.db);
    await sql`insert into host_limits (host, next_allowed_at) values ('jobs.example', now())`.execute(t.db);
    expect(await reads()).toBe(2);
    await sql`update sources set last_complete_at = now()`.execute(t.db);
    expect(await reads()).toBe(3);
  });

  it('is of counts read slowly kept for a while, and what is made of them no longer than they', async () => {
    const { cached, held } = revisionsOf(t.db, { slowMs: 5 });
    const read = reader(40);
    const page = () => held(() => cached('page', async () => ({ counts: await cached('count', read) })));
    const first = await page();
    expect([first.value.counts.reads, first.until]).toEqual([1, Number.POSITIVE_INFINITY]);
    await change('Once more');
    const began = performance.now();
    const lagging = await page();
    expect(lagging.value.counts.reads).toBe(1);
    expect(lagging.until).toBeGreaterThan(began);
    // Thirty times as long as it took.
    await sleep(lagging.until - performance.now() + 5);
    expect((await page()).value.counts.reads).toBe(2);
  });

  it('of counts read fast is read again at once', async () => {
    const { cached } = revisionsOf(t.db, { slowMs: 1000 });
    const read = reader(1);
    await cached('count', read);
    await change('Fast');
    expect((await cached('count', read)).reads).toBe(2);
  });

  it('takes a bounded part of the memory', async () => {
    const { kept } = revisionsOf(t.db);
    let reads = 0;
    const large = (n: number) =>
      kept(`large ${n}`, async () => {
        reads++;
        return { text: 'x'.repeat(1_000_000) };
      });
    for (let n = 0; n < 30; n++) await large(n);
    await large(29);
    expect(reads).toBe(30);
    await large(0);
    expect(reads).toBe(31);
  });

  it('is raised once by a transaction, when it commits, and not by one that is rolled back', async () => {
    const stamp = () => feedStamp(t.db);
    const before = await stamp();
    await t.db.transaction().execute(async trx => {
      await sql`update postings set title = 'In a transaction'`.execute(trx);
      expect(await stamp()).toBe(before);
    });
    const [number, after] = [Number.parseInt(before, 10), Number.parseInt(await stamp(), 10)];
    expect(after).toBe(number + 1);
    const failed = t.db.transaction().execute(async trx => {
      await sql`update postings set title = 'In vain'`.execute(trx);
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    expect(Number.parseInt(await stamp(), 10)).toBe(after);
  });

  it('depends on every column of a posting that is not about how it was looked at', async () => {
    const { rows } = await sql<{ name: string }>`select attname::text as name from pg_attribute
      where attrelid = 'postings'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`.execute(t.db);
    const [trigger] = (
      await sql<{
        told: string;
      }>`select pg_get_triggerdef(oid) as told from pg_trigger where tgname = 'feed_revision_update' and tgrelid = 'postings'::regclass`.execute(
        t.db,
      )
    ).rows;
    const ignored = rows.map(({ name }) => name).filter(name => !new RegExp(`new\\.${name}\\b`).test(trigger!.told));
    expect(ignored.sort()).toEqual([
      'id',
      'key',
      'last_seen',
      'list_hash',
      'looked_at',
      'missed',
      'not_understood',
      'source_id',
      'triage',
      'triage_version',
    ]);
  });
});
