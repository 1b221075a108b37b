import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runDigest } from '../../src/digest/run.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { CONFIRM, mailSite } from '../web/subscribe/site.ts';
import { parsed } from './mail-server.ts';
import { emptied, outbox } from './support.ts';

let t: TestDatabase;
let site: Awaited<ReturnType<typeof mailSite>>;
beforeAll(async () => {
  t = await testDatabase();
  site = await mailSite(t);
});
afterAll(async () => {
  await site.close();
  await t.drop();
});
beforeEach(async () => {
  await emptied(t.db);
  site.server.accepted.length = 0;
  site.clock.hours = 0;
});

const wish = (filter: string, email = 'ann@example.org') =>
  site.post('/subscribe', { email, filter, cadence: 'daily', hour: '7', zone: 'UTC' });
const mails = () => site.server.accepted;
const active = async () =>
  (await t.db.selectFrom('subscriptions').select('query').where('state', '=', 'active').orderBy('query').execute()).map(row => row.query);
/** The world is so many hours older: what is stored moves into the past, as the pages take the present. */
async function pass(hours = 0): Promise<void> {
  if (hours > 0) {
    const ago = sql.raw(`interval '${hours} hours'`);
    await sql`update deliveries set due_at = due_at - ${ago}, available_at = available_at - ${ago}, ended_at = ended_at - ${ago}`.execute(
      t.db,
    );
    await sql`update subscriptions set consent_at = consent_at - ${ago}, asked_at = asked_at - ${ago}, confirm_expires_at = confirm_expires_at - ${ago}`.execute(
      t.db,
    );
    await sql`update suppressions set at = at - ${ago}`.execute(t.db);
  }
  await runDigest(site.sender);
}

describe('a second wish of an address', () => {
  test('is asked about at once when the first was confirmed: a used confirmation counts no more', async () => {
    await wish('credential=OTA');
    await pass();
    await site.post(await site.link(mails()[0]!, CONFIRM), {});
    expect((await wish('path=ergonomics')).status).toBe(202);
    expect((await wish('work_mode=remote')).status).toBe(202);
    await pass();
    expect(mails()).toHaveLength(2);
    const text = (await parsed(mails()[1]!)).text!;
    expect(text).toContain('asked Ombre for these 2 emails');
    await site.post(await site.link(mails()[1]!, CONFIRM), {});
    expect(await active()).toEqual(['credential=OTA', 'path=ergonomics', 'work_mode=remote']);
  });

  test('within the hour waits, and one mail then asks about all that waits', async () => {
    await wish('path=sales');
    await pass();
    await wish('path=writing');
    await wish('path=ergonomics');
    await pass();
    expect(mails()).toHaveLength(1);
    await pass(1.1);
    expect(mails()).toHaveLength(2);
    await pass(3);
    expect(mails()).toHaveLength(2);
    await site.post(await site.link(mails()[1]!, CONFIRM), {});
    expect(await active()).toEqual(['path=ergonomics', 'path=sales', 'path=writing']);
  });

  test('that waits goes out as soon as the first is confirmed', async () => {
    await wish('path=sales');
    await pass();
    await wish('path=writing');
    await pass();
    await site.post(await site.link(mails()[0]!, CONFIRM), [
      ['shown', 'none'],
      ['wish', (await t.db.selectFrom('subscriptions').select('id').where('query', '=', 'path=sales').executeTakeFirstOrThrow()).id],
    ]);
    expect(await active()).toEqual(['path=sales']);
    await pass();
    expect(mails()).toHaveLength(2);
  });

  test('can be unticked on the page, and only what stays ticked begins', async () => {
    await wish('path=sales');
    await wish('path=writing');
    await pass();
    expect(mails()).toHaveLength(1);
    const link = await site.link(mails()[0]!, CONFIRM);
    const page = await site.page(link);
    const ids = [...page.matchAll(/name="wish" value="([^"]+)"/g)].map(([, id]) => id!);
    expect(ids).toHaveLength(2);
    const done = await site.post(link, [...ids.map(id => ['shown', id] as [string, string]), ['wish', ids[1]!]]);
    expect(await done.text()).toContain('You’re subscribed');
    expect(await active()).toEqual(['path=writing']);
    expect(await t.db.selectFrom('subscriptions').select('state').execute()).toEqual([{ state: 'active' }]);
    expect((await site.post(link, {})).status).toBe(410);
  });

  test('for the same filter takes the new rhythm and is asked about again, in case the first mail was lost', async () => {
    await wish('path=sales');
    await pass();
    await site.api({ email: 'ann@example.org', filter: 'path=sales', cadence: 'weekly', weekday: 5, hour: 18, zone: 'America/Chicago' });
    await pass(1.1);
    expect(mails()).toHaveLength(2);
    expect((await parsed(mails()[1]!)).text).toContain('every Friday at 6 p.m.');
    expect(await t.db.selectFrom('subscriptions').select('every').execute()).toEqual([{ every: 'weekly' }]);
  });

  test('is not lost while no mail can be sent for days: its link works when it arrives', async () => {
    await wish('path=sales');
    await sql`update subscriptions set confirm_expires_at = now() - interval '1 day'`.execute(t.db);
    await pass();
    await site.post(await site.link(mails()[0]!, CONFIRM), {});
    expect(await active()).toEqual(['path=sales']);
  });
});

describe('a flood of wishes', () => {
  const flood = async (email: (n: number) => string) => {
    const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => wish(`path=sales&max_years=${n % 50}`, email(n))));
    expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([202]));
    // The way back leads to the jobs that were asked for, whoever asked.
    const pages = answers.map(async answer => (await answer.text()).replace(/\/jobs\?[^"]+/, '/jobs?…'));
    expect(new Set(await Promise.all(pages)).size).toBe(1);
  };
  /** Confirmations that came in each of so many hours. */
  const hourly = async (hours: number) => {
    const counts: number[] = [];
    for (let hour = 0; hour < hours; hour++) {
      const before = mails().length;
      await pass(hour === 0 ? 0 : 1.01);
      counts.push(mails().length - before);
    }
    return counts;
  };

  test('for one address brings one mail', async () => {
    await flood(() => 'ann@example.org');
    expect(await hourly(5)).toEqual([1, 0, 0, 0, 0]);
  });

  test('for many spellings of one mailbox brings one an hour and three a day', async () => {
    await flood(n => `${n % 2 ? 'Ann' : 'ann'}+${n}@example.org`);
    const counts = await hourly(24);
    expect(Math.max(...counts)).toBe(1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  test('for dotted spellings at Gmail brings one an hour, too', async () => {
    await flood(n => `a${n & 1 ? '.' : ''}n${n & 2 ? '.' : ''}n@${n % 3 ? 'gmail.com' : 'googlemail.com'}`);
    expect(Math.max(...(await hourly(3)))).toBe(1);
  });

  test('that goes on by the hour brings three a day', async () => {
    const counts: number[] = [];
    for (let hour = 0; hour < 12; hour++) {
      await wish(`path=sales&max_years=${hour}`);
      const before = mails().length;
      await pass(1.01);
      counts.push(mails().length - before);
    }
    expect(Math.max(...counts)).toBe(1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
  });
});

test('the mail goes to the address as it was typed', async () => {
  await wish('path=sales', 'Ann.Lee+jobs@Gmail.com');
  await pass();
  expect(mails()[0]!.to).toEqual(['Ann.Lee+jobs@gmail.com']);
});

test('somebody whose mailbox was gone is asked again a week later, and the confirmation lifts the mark', async () => {
  await wish('path=sales');
  await sql`insert into suppressions select address_hash, 'bounce', now() from subscriptions`.execute(t.db);
  await pass();
  expect(await outbox(t.db)).toEqual(['ann@example.org confirm cancelled']);
  await pass(8 * 24);
  await wish('path=sales');
  await pass();
  expect(mails()).toHaveLength(1);
  await site.post(await site.link(mails()[0]!, CONFIRM), {});
  expect(await active()).toEqual(['path=sales']);
  expect(await t.db.selectFrom('suppressions').selectAll().execute()).toEqual([]);
});

describe('the confirmation mail', () => {
  test('says how many steps it takes', async () => {
    await wish('path=sales');
    await pass();
    const { html, text } = await parsed(mails()[0]!);
    expect(html).not.toContain('One click');
    expect(html).toContain('Opens a page with one button to press');
    expect(text).toContain('opens a page with one button to press');
  });
});

describe('a mistyped entry is told in words for people', () => {
  const ENTRIES: [Record<string, string>, RegExp][] = [
    [{ email: 'ann@gmail' }, /email address is not complete: after the @ an ending such as \.com/],
    [{ email: 'jörg@example.com' }, /before the @ has a letter that mails cannot be sent to/],
    [{ email: 'ann.example.org' }, /one @ in it/],
    [{ email: '' }, /email address is missing/],
    [{ email: 'ann@exam ple.org' }, /has a slip in it/],
    [{ zone: 'Mars' }, /time zone “Mars” is not one we know/],
    [{ hour: '25' }, /hour is “25”/],
  ];
  test.each(ENTRIES)('%j', async (more, told) => {
    const entry = { email: 'ann@example.org', filter: 'path=sales', zone: 'UTC', ...more };
    const page = await site.post('/subscribe', entry);
    const api = await site.api(entry);
    expect([page.status, api.status]).toEqual([400, 400]);
    const problem = (await api.json()) as { detail: string; field: string };
    expect(Object.keys(more)).toContain(problem.field);
    for (const text of [await page.text(), problem.detail]) {
      expect(text).toMatch(told);
      expect(text).not.toMatch(/file or line|is missing; allowed/i);
    }
  });

  test('but an international domain is taken and written as mail servers know it', async () => {
    expect((await wish('path=sales', 'ann@exämple.com')).status).toBe(202);
    await pass();
    expect(mails()[0]!.raw).toContain('To: ann@xn--exmple-cua.com');
  });
});
