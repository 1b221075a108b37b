import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { isRaise } from '../../src/digest/again.ts';
import { runDigest } from '../../src/digest/run.ts';
import type { Pay } from '../../src/posting/posting.ts';
import { changeSubscription } from '../../src/store/digest/subscriptions.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings, type TestPosting } from '../support/postings.ts';
import { type MailServer, mailServer, parsed } from './mail-server.ts';
import { active, emptied, iso, later, MONDAY, senderOf } from './support.ts';

let t: TestDatabase;
let server: MailServer;
let now = later(MONDAY, 2);
beforeAll(async () => {
  [t, server] = await Promise.all([testDatabase(), mailServer()]);
});
afterAll(async () => {
  await server.close();
  await t.drop();
});
beforeEach(async () => {
  await emptied(t.db);
  server.accepted.length = 0;
  now = later(MONDAY, 2);
});

const year = (min: number | null, max: number | null): Pay => ({ min, max, currency: 'USD', interval: 'year' });
const post = (id: string, more: Partial<TestPosting> = {}) =>
  insertPostings(t.db, [{ id, paths: ['sales'], first_seen: iso(-1), pay: year(60_000, 70_000), ...more }]);
/** A pass on the day after; the subjects of the mails it sends. */
async function nextDay(days = 1): Promise<string[]> {
  now = later(now, days * 24);
  const before = server.accepted.length;
  await runDigest(await senderOf(t.db, { SMTP_URL: server.url }, () => now));
  return (await Promise.all(server.accepted.slice(before).map(parsed))).map(mail => mail.subject!);
}
const lastText = async () => (await parsed(server.accepted.at(-1)!)).text!;
const close = (id: string) => sql`update postings set closed_at = ${now}, updated_at = ${now} where id = ${id}`.execute(t.db);
/** Opens a posting as a visit does that finds it again. */
const reopen = (id: string) =>
  sql`update postings set closed_at = null, closed_reason = null, reopened_at = ${now}, updated_at = ${now} where id = ${id}`.execute(t.db);
const pay = (id: string, amount: Pay | null) =>
  sql`update postings set pay = ${amount && JSON.stringify(amount)}::jsonb, updated_at = ${now} where id = ${id}`.execute(t.db);

describe('a posting that was told and closed', () => {
  test('is told as open again when it was away for a week, once in thirty days', async () => {
    await active(t.db, 'a@example.org', 'path=sales');
    await post('one');
    await nextDay(0);
    await close('one');
    expect(await nextDay(8)).toEqual([]);
    await reopen('one');
    expect(await nextDay()).toEqual(['1 sales job open again: Posting one']);
    expect(await lastText()).toContain('Posting one\n  Open again\n  $60,000 to $70,000 a year');
    expect(await lastText()).not.toContain('Found ');
    expect(await nextDay()).toEqual([]);
    await close('one');
    await nextDay(8);
    await reopen('one');
    expect(await nextDay()).toEqual([]);
    await close('one');
    await nextDay(25);
    await reopen('one');
    expect(await nextDay()).toEqual(['1 sales job open again: Posting one']);
  });

  test('is no news when its board loses it for some days, or when nobody was told', async () => {
    await active(t.db, 'a@example.org', 'path=sales');
    await post('one');
    await nextDay(0);
    await close('one');
    await nextDay(3);
    await reopen('one');
    expect(await nextDay()).toEqual([]);
    await post('two', { closed_at: iso(-1) });
    now = later(now, 8 * 24);
    await reopen('two');
    expect(await nextDay()).toEqual(['1 new sales job: Posting two']);
  });

  test('is open again once for an address, and after a change of the filter not new', async () => {
    const id = await active(t.db, 'a@example.org', 'path=sales');
    await active(t.db, 'a@example.org', 'q=posting', { hour: 18 });
    await post('one');
    await nextDay(0);
    await close('one');
    await nextDay(9);
    await reopen('one');
    expect(await nextDay(0.1)).toEqual([]);
    await changeSubscription(t.db, id, {
      every: 'daily',
      weekday: 1,
      hour: 7,
      zone: 'UTC',
      query: 'path=sales,writing',
      next_due_at: later(now, 20),
    });
    const subjects = [...(await nextDay(0.5)), ...(await nextDay(0.5)), ...(await nextDay())];
    expect(subjects).toEqual(['1 writing or sales job open again: Posting one']);
  });
});

describe('a posting whose pay rises', () => {
  test('is told once more with both pays, also when it is old, and not for each raise', async () => {
    await active(t.db, 'a@example.org', 'path=sales');
    await active(t.db, 'b@example.org', 'path=sales&pay_min=75000');
    await post('one', { first_seen: iso(-24 * 13) });
    expect(await nextDay(0)).toEqual(['1 new sales job: Posting one']);
    await sql`update postings set first_seen = first_seen - interval '20 days'`.execute(t.db);
    await pay('one', year(65_000, 80_000));
    expect(await nextDay()).toEqual(['1 sales job with higher pay: Posting one']);
    expect(server.accepted.at(-1)!.to).toEqual(['a@example.org']);
    expect(await lastText()).toContain('  Pay raised: $60,000 to $70,000 → $65,000 to $80,000 a year\n');
    await pay('one', year(70_000, 90_000));
    expect(await nextDay()).toEqual([]);
    await pay('one', year(80_000, 95_000));
    expect(await nextDay(31)).toEqual(['1 sales job with higher pay: Posting one']);
  });

  test('is no news when it falls again before the mail, and is told as open again when it is both', async () => {
    await active(t.db, 'a@example.org', 'path=sales');
    await post('falls');
    await post('both');
    await nextDay(0);
    await close('both');
    await nextDay(8);
    await pay('falls', year(80_000, 90_000));
    await reopen('both');
    await pay('both', year(66_000, 77_000));
    expect(await nextDay(0.1)).toEqual([]);
    await pay('falls', year(60_000, 70_000));
    await post('fresh', { first_seen: iso(24 * 8) });
    expect(await nextDay()).toEqual(['1 new sales job and 1 open again: Posting fresh and 1 more']);
    expect(await lastText()).toContain('  Open again\n  Pay raised: $60,000 to $70,000 → $66,000 to $77,000 a year\n');
    expect(await nextDay()).toEqual([]);
  });

  test.each([
    [year(60_000, 70_000), year(62_000, 70_000), true],
    [year(60_000, null), year(62_000, 80_000), true],
    [year(60_000, 70_000), year(60_600, 70_500), false],
    [year(60_000, 70_000), year(50_000, 90_000), false],
    [year(null, 70_000), year(65_000, 70_000), false],
    [year(60_000, 70_000), { min: 40, max: 50, currency: 'USD', interval: 'hour' } as Pay, false],
    [year(60_000, 70_000), { ...year(80_000, 90_000), currency: 'CAD' }, false],
    [null, year(60_000, 70_000), false],
  ])('from %o to %o is a raise: %s', (before, after, raised) => {
    expect(isRaise(before, after)).toBe(raised);
  });
});

test('a posting that comes to match because its verdict changed is told while it is news, and after two weeks it is not', async () => {
  await active(t.db, 'a@example.org', 'credential=OTA&path=sales');
  await post('young', { verdicts: { OTA: 'barred' } });
  await post('old', { verdicts: { OTA: 'barred' }, first_seen: iso(-24 * 20) });
  expect(await nextDay(0)).toEqual([]);
  await sql`update postings set verdict_ota = 'named', updated_at = ${now}`.execute(t.db);
  expect(await nextDay()).toEqual(['1 new sales job for a COTA: Posting young']);
});
