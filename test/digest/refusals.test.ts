import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyReturned, readEvent, readReturned } from '../../src/digest/bounces.ts';
import { digestHealth } from '../../src/digest/mail-health.ts';
import { runDigest } from '../../src/digest/run.ts';
import { sendReady } from '../../src/digest/send.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { mailSite } from '../web/subscribe/site.ts';
import { dsn } from './dsn.ts';
import { answer, type MailServer, mailServer, parsed } from './mail-server.ts';
import { active, emptied, iso, KEYS, later, MONDAY, senderOf } from './support.ts';

let t: TestDatabase;
let server: MailServer | null = null;
let now = later(MONDAY, 2);
beforeAll(async () => {
  t = await testDatabase();
});
beforeEach(async () => {
  await emptied(t.db);
  now = later(MONDAY, 2);
});
afterEach(async () => {
  await server?.close();
  server = null;
});
afterAll(() => t.drop());

type Behaviour = NonNullable<Parameters<typeof mailServer>[0]>;

/** A pass with one posting to tell to everybody at a server that behaves so. */
async function pass(behaviour: Behaviour, emails: readonly string[] = ['a@example.org']) {
  server = await mailServer(behaviour);
  for (const email of emails) await active(t.db, email, 'path=sales');
  await insertPostings(t.db, [{ id: 'one', paths: ['sales'], first_seen: iso(-1) }]);
  const sender = await senderOf(t.db, { SMTP_URL: server.url }, () => now);
  const report = await runDigest(sender);
  return { sender, report, server };
}
const deliveries = async () =>
  (
    await t.db
      .selectFrom('deliveries as d')
      .innerJoin('subscriptions as s', 's.id', 'd.subscription_id')
      .select(['s.email', 'd.status'])
      .orderBy('s.email')
      .execute()
  ).map(row => `${row.email} ${row.status}`);
const states = async () => (await t.db.selectFrom('subscriptions').select('state').orderBy('email').execute()).map(row => row.state);
const suppressed = async () => (await t.db.selectFrom('suppressions').select('reason').execute()).map(row => row.reason);
const saying = (reply: string) => answer(Number(reply.slice(0, 3)), reply.slice(4));

describe('a reply', () => {
  type Outcome = [status: string, state: string, suppressed: string[], alarm: boolean];
  const AT_ONCE: Outcome = ['failed', 'bounced', ['bounce'], false];
  const LATER: Outcome = ['ready', 'active', [], false];
  const ABOUT_US: Outcome = ['ready', 'active', [], true];
  const THIS_MAIL: Outcome = ['failed', 'active', [], false];
  const REPLIES: ['recipient' | 'text' | 'sender', string, Outcome][] = [
    ['recipient', '550 5.1.1 no such user', AT_ONCE],
    ['recipient', '550 5.1.2 no such domain', AT_ONCE],
    ['recipient', '550 5.2.1 disabled', AT_ONCE],
    ['recipient', '552 5.2.2 mailbox full', LATER],
    ['recipient', '450 4.2.0 greylisted', LATER],
    ['recipient', '451 4.7.650 rate limited due to IP reputation', LATER],
    ['recipient', '550 no', LATER],
    ['recipient', '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)', LATER],
    ['recipient', '554 5.7.1 IP on block list', ABOUT_US],
    ['recipient', '550 blocked using zen.spamhaus.org', ABOUT_US],
    ['text', '550 5.1.1 no such user', AT_ONCE],
    ['text', "554 delivery error: dd This user doesn't have a yahoo.com account (a@yahoo.com) [0]", AT_ONCE],
    ['text', '552 5.2.2 over quota', LATER],
    ['text', '550 5.7.26 unauthenticated', ABOUT_US],
    ['text', '552 5.3.4 too big', THIS_MAIL],
    ['text', '554 5.6.0 malformed', THIS_MAIL],
    ['text', '550 High probability of spam', ABOUT_US],
    ['recipient', '550 Administrative prohibition - envelope blocked', ABOUT_US],
    ['recipient', "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", ABOUT_US],
    ['sender', '552 5.3.4 Message size exceeds fixed limit', THIS_MAIL],
    ['sender', '552 too big', THIS_MAIL],
    ['sender', '552 5.3.1 disk full', ABOUT_US],
    ['sender', '550 5.7.1 you are blocked', ABOUT_US],
    ['sender', '550 5.1.1 no such sender', ABOUT_US],
  ];
  test.each(REPLIES)('to the %s of “%s” has its consequences', async (at, reply, [status, state, marks, alarm]) => {
    const said = saying(reply);
    await pass({
      ...(at === 'recipient' && { rcpt: () => said }),
      ...(at === 'text' && { data: () => said }),
      ...(at === 'sender' && { mail: () => said }),
    });
    expect(await deliveries()).toEqual([`a@example.org ${status}`]);
    expect([await states(), await suppressed()]).toEqual([[state], marks]);
    const health = await digestHealth(t.db, now);
    expect(health.ok).toBe(!alarm);
    if (alarm) expect(health.message).toMatch(/refuses? our mails/);
  });

  test('at the greeting that names a block list stops the pass, alarms, and marks nobody', async () => {
    const refused = saying('554 5.7.1 blocked using zen.spamhaus.org');
    const { report } = await pass({ options: { onConnect: (_session, done) => done(refused) } });
    expect(report.send).toMatchObject({ stopped: expect.stringContaining('554'), blocked: 0 });
    expect([await deliveries(), await states(), await suppressed()]).toEqual([['a@example.org ready'], ['active'], []]);
    expect(await digestHealth(t.db, now)).toMatchObject({ ok: false, refused_by: [{ scope: '' }] });
  });

  test('that a mail is too large for what the server announced does not hold up the others', async () => {
    const { report } = await pass({ options: { size: 500 } }, ['a@example.org', 'b@example.net']);
    expect(report.send).toMatchObject({ stopped: null, failed: 2 });
    expect(await states()).toEqual(['active', 'active']);
  });
});

describe('a domain that refuses us as a sender', () => {
  const blocking = (address: string) => (address.endsWith('@blocked.example') ? saying('554 5.7.1 IP on block list') : null);

  test('gets nothing for a while, the others get theirs, and its own mails arrive when it takes them again', async () => {
    let blocked = true;
    const asked: string[] = [];
    const emails = ['a@blocked.example', 'b@blocked.example', 'c@other.example', 'd@third.example'];
    const { sender, server } = await pass(
      {
        rcpt: address => {
          asked.push(address);
          return blocked ? blocking(address) : null;
        },
      },
      emails,
    );
    expect(server.accepted.map(mail => mail.to[0]).sort()).toEqual(['c@other.example', 'd@third.example']);
    expect(await digestHealth(t.db, now)).toMatchObject({ ok: false, refused_by: [{ scope: 'blocked.example' }] });
    const before = asked.length;
    now = later(now, 0.2);
    await sendReady(sender);
    expect(asked).toHaveLength(before);
    blocked = false;
    now = later(now, 0.2);
    await sendReady(sender);
    expect(server.accepted.map(mail => mail.to[0]).sort()).toEqual(emails);
    expect([await states(), await suppressed()]).toEqual([emails.map(() => 'active'), []]);
    expect(await digestHealth(t.db, now)).toMatchObject({ ok: true, refused_by: [] });
  });

  test('is held ever longer while it goes on refusing, and its mails stay due for days', async () => {
    const { sender } = await pass({ rcpt: blocking }, ['a@blocked.example']);
    const tries: number[] = [];
    const start = now;
    for (let hour = 0; hour < 48; hour += 0.25) {
      now = later(start, hour);
      if ((await sendReady(sender)).blocked > 0) tries.push(hour);
    }
    expect(tries.length).toBeGreaterThan(2);
    expect(tries.length).toBeLessThan(8);
    expect([await deliveries(), await states(), await suppressed()]).toEqual([['a@blocked.example ready'], ['active'], []]);
  });

  test('does not hold up the others there when it is about one mailbox', async () => {
    const { sender, server } = await pass(
      { rcpt: address => (address.startsWith('private') ? saying('550 5.7.1 I take no mail from you') : null) },
      ['a@big.example', 'b@big.example'],
    );
    await active(t.db, 'private@big.example', 'path=sales');
    await active(t.db, 'late@big.example', 'path=sales');
    now = later(now, 0.1);
    await runDigest(sender);
    await runDigest(sender);
    expect(server.accepted.map(mail => mail.to[0]).sort()).toEqual(['a@big.example', 'b@big.example', 'late@big.example']);
  });

  test('stops the pass when three do so one after the other: then it is not about one of them', async () => {
    let asked = 0;
    const emails = Array.from({ length: 12 }, (_, i) => `a@d${i}.example`);
    const { report } = await pass(
      {
        rcpt: () => {
          asked += 1;
          return saying('554 5.7.1 Relay access denied');
        },
      },
      emails,
    );
    expect(report.send.stopped).toContain('554');
    expect(asked).toBeLessThan(8);
    expect(new Set(await states())).toEqual(new Set(['active']));
  });
});

test('refusals are in the metrics and in no words that strangers can read', async () => {
  await pass({ rcpt: () => saying('554 5.7.1 IP on block list') }, ['a@blocked.example']);
  const site = await mailSite(t);
  try {
    expect(await site.page('/metrics')).toContain('ombre_digests{state="refusing"} 1');
  } finally {
    await site.close();
  }
  expect((await digestHealth(t.db, now)).message).not.toContain('blocked.example');
});

test('putting mails off for days because of us ends no subscription; it becomes an alarm', async () => {
  const { sender } = await pass({ rcpt: () => saying('451 4.7.650 rate limited due to IP reputation') });
  for (let day = 0; day < 6; day++) {
    await insertPostings(t.db, [{ id: `d${day}`, paths: ['sales'], first_seen: now.toISOString() }]);
    for (let hour = 0; hour < 24; hour += 4) {
      now = later(now, 4);
      await runDigest(sender);
    }
  }
  expect([await states(), await suppressed()]).toEqual([['active'], []]);
  expect(await digestHealth(t.db, now)).toMatchObject({ ok: false, refused_by: [{ scope: 'example.org' }] });
});

describe('a bare 550', () => {
  test('is believed when it comes again days later, and not before', async () => {
    const { sender } = await pass({ rcpt: () => saying('550 no') });
    const tries = async (hours: number) => {
      now = later(now, hours);
      await insertPostings(t.db, [{ id: `p${now.getTime()}`, paths: ['sales'], first_seen: now.toISOString() }]);
      await runDigest(sender);
      return [await states(), await suppressed()];
    };
    expect(await tries(24)).toEqual([['active'], []]);
    expect(await tries(23)).toEqual([['active'], []]);
    expect(await tries(2)).toEqual([['bounced'], ['bounce']]);
  });

  test('is forgotten when a mail arrives in between', async () => {
    let refusing = true;
    const { sender, server } = await pass({ rcpt: () => (refusing ? saying('550 no') : null) });
    refusing = false;
    now = later(now, 49);
    await sendReady(sender);
    expect(server.accepted).toHaveLength(1);
    refusing = true;
    await insertPostings(t.db, [{ id: 'two', paths: ['sales'], first_seen: now.toISOString() }]);
    now = later(now, 24);
    await runDigest(sender);
    expect([await states(), await suppressed()]).toEqual([['active'], []]);
  });
});

describe('a bare 550 of a domain', () => {
  const refusing = new Set<string>();
  const begin = (emails: readonly string[], refused: readonly string[]) => {
    refusing.clear();
    for (const email of refused) refusing.add(email);
    return pass({ rcpt: address => (refusing.has(address) ? saying('550 no') : null) }, emails);
  };
  const daily = async (sender: Parameters<typeof runDigest>[0], days: number) => {
    for (let day = 0; day < days; day++) {
      now = later(now, 24);
      await insertPostings(t.db, [{ id: `p${now.getTime()}`, paths: ['sales'], first_seen: now.toISOString() }]);
      await runDigest(sender);
    }
  };
  const [A, B] = ['a@big.example', 'b@big.example'];

  test('that several of its mailboxes get, with nothing taken in between, is about us, and nobody is believed gone', async () => {
    const { sender } = await begin([A, B], [A, B]);
    await runDigest(sender);
    await daily(sender, 5);
    expect([await states(), await suppressed()]).toEqual([['active', 'active'], []]);
    expect(await digestHealth(t.db, now)).toMatchObject({ ok: false, refused_by: [{ scope: 'big.example' }] });
    refusing.clear();
    await daily(sender, 2);
    expect(server!.accepted.map(mail => mail.to[0])).toEqual(expect.arrayContaining([A, B]));
    expect(await digestHealth(t.db, now)).toMatchObject({ refused_by: [] });
  });

  test('is believed of one mailbox when another one there took a mail since', async () => {
    const { sender } = await begin([A, B], [A]);
    await daily(sender, 3);
    expect([await states(), await suppressed()]).toEqual([['bounced', 'active'], ['bounce']]);
    expect(await digestHealth(t.db, now)).toMatchObject({ refused_by: [] });
  });

  test('is not believed while the only other reader there has got nothing since; the mail fails in the end and is told again', async () => {
    const { sender } = await begin([A], [A]);
    await active(t.db, B, 'path=education');
    await daily(sender, 10);
    expect([await states(), await suppressed()]).toEqual([['active', 'active'], []]);
    expect(await deliveries()).toContain(`${A} failed`);
  });

  test('in returned mails is read the same way', async () => {
    const { server } = await begin([A, B], []);
    for (const mail of server.accepted) {
      const returned = await readReturned(dsn((await parsed(mail)).messageId!, '5.0.0', 'failed', 'smtp; 550 no'), KEYS);
      await applyReturned(t.db, KEYS, returned!, now);
    }
    expect([await states(), await suppressed()]).toEqual([['active', 'active'], []]);
    expect(await digestHealth(t.db, now)).toMatchObject({ ok: false, refused_by: [{ scope: 'big.example' }] });
  });
});

describe('a mail that failed for what it is', () => {
  const REFUSED = saying('552 5.3.4 Message size exceeds fixed limit');
  test.each(['data', 'mail', 'return'] as const)('(%s) is told by the next one', async way => {
    let refuses = true;
    const said = () => (refuses ? REFUSED : null);
    const { sender, server } = await pass({ ...(way === 'data' && { data: said }), ...(way === 'mail' && { mail: said }) });
    if (way === 'return') {
      const report = dsn((await parsed(server.accepted[0]!)).messageId!, '5.3.4', 'failed');
      await applyReturned(t.db, KEYS, (await readReturned(report, KEYS))!, now);
    }
    refuses = false;
    now = later(now, 24);
    await runDigest(sender);
    expect((await parsed(server.accepted.at(-1)!)).text).toContain('/jobs/one');
    expect(server.accepted).toHaveLength(way === 'return' ? 2 : 1);
  });

  test('three times in a row ends the subscription, and what it was to tell counts as told', async () => {
    const { sender } = await pass({ data: () => REFUSED });
    for (let n = 0; n < 4; n++) {
      now = later(now, 24);
      await runDigest(sender);
    }
    expect(await states()).toEqual(['bounced']);
    expect(await deliveries()).toEqual(Array(3).fill('a@example.org failed'));
    expect(await t.db.selectFrom('digest_items').select('posting_id').where('delivery_id', 'is not', null).execute()).toHaveLength(1);
  });
});

test('a report of a delay is no return', async () => {
  const { server } = await pass({});
  const { messageId } = await parsed(server.accepted[0]!);
  for (const status of ['4.4.1', '4.7.0', '5.1.1']) {
    const returned = await readReturned(dsn(messageId!, status, 'delayed', `smtp; ${status[0]}50 no such user`), KEYS);
    expect(await applyReturned(t.db, KEYS, returned!, now)).toBe(true);
  }
  const rows = await t.db
    .selectFrom('deliveries as d')
    .innerJoin('subscriptions as s', 's.id', 'd.subscription_id')
    .select(['d.returned_at', 'd.untold', 's.failures', 's.state'])
    .execute();
  expect(rows).toEqual([{ returned_at: null, untold: false, failures: 0, state: 'active' }]);
});

describe('a returned mail', () => {
  const RETURNS: [status: string, diagnostic: string, state: string, marks: string[], alarm: boolean][] = [
    ['5.1.1', '', 'bounced', ['bounce'], false],
    ['5.2.2', 'smtp; 552 5.2.2 mailbox full', 'active', [], false],
    ['5.7.1', 'smtp; 550 5.7.1 likely unsolicited mail', 'active', [], true],
    ['5.0.0', 'smtp; 550 5.7.1\r\n Service unavailable; blocked using zen.spamhaus.org', 'active', [], true],
    ['5.0.0', 'smtp; 550 5.1.1 no such user', 'bounced', ['bounce'], false],
    ['5.0.0', 'smtp; 550 no', 'active', [], false],
    ['5.3.4', '', 'active', [], false],
    ['4.4.7', '', 'active', [], false],
    ['4.7.0', 'smtp; 451 4.7.0 rate limited', 'active', [], true],
  ];
  test.each(RETURNS)('with status %s and “%s” has the consequences of such a reply', async (status, diagnostic, state, marks, alarm) => {
    const { server } = await pass({});
    const { messageId } = await parsed(server.accepted[0]!);
    const returned = await readReturned(dsn(messageId!, status, 'failed', diagnostic), KEYS);
    expect(await applyReturned(t.db, KEYS, returned!, now)).toBe(true);
    expect([await states(), await suppressed()]).toEqual([[state], marks]);
    expect((await digestHealth(t.db, now)).ok).toBe(!alarm);
  });

  test('as a provider’s event is read by its status and reason where it names them', async () => {
    const message_id = '<digest.11111111-2222-3333-4444-555555555555@jobs.example>';
    const kind = (more: object) => readEvent({ event: 'bounce', message_id, ...more })?.kind;
    expect(kind({})).toBe('mailbox');
    expect(kind({ status: '5.7.1' })).toBe('sender');
    expect(kind({ status: '5.2.2' })).toBe('soft');
    expect(kind({ reason: '550 blocked using zen.spamhaus.org' })).toBe('sender');
  });

  test('was read by nobody, so that the next mail tells its postings', async () => {
    const { sender, server } = await pass({});
    const returned = await readReturned(dsn((await parsed(server.accepted[0]!)).messageId!, '5.2.2', 'failed'), KEYS);
    await applyReturned(t.db, KEYS, returned!, now);
    now = later(now, 24);
    await runDigest(sender);
    expect(server.accepted).toHaveLength(2);
    expect((await parsed(server.accepted[1]!)).text).toContain('/jobs/one');
  });

  test('again and again ends the subscription, though the server takes each mail at first', async () => {
    const { sender, server } = await pass({});
    for (let n = 0; n < 5; n++) {
      expect(await states()).toEqual(['active']);
      const returned = await readReturned(dsn((await parsed(server.accepted.at(-1)!)).messageId!, '5.2.2', 'failed'), KEYS);
      await applyReturned(t.db, KEYS, returned!, now);
      now = later(now, 24);
      await runDigest(sender);
    }
    expect([await states(), await suppressed()]).toEqual([['bounced'], []]);
  });
});

describe('the date of a mail', () => {
  test('is that of its making, not of when it was due', async () => {
    const { server } = await pass({ rcpt: () => null });
    expect(new Date((await parsed(server.accepted[0]!)).date!).getTime()).toBe(Math.floor(now.getTime() / 1000) * 1000);
  });

  test('is that of the day after an outage, and the same when a mail whose answer was lost is sent again', async () => {
    const { sender } = await pass({ options: { onConnect: (_session, done) => done(saying('421 away')) } });
    await server!.close();
    now = later(now, 72);
    let cut = true;
    server = await mailServer({ data: () => (cut ? 'drop' : null) });
    const again = { ...sender, settings: { ...sender.settings, smtpUrl: server.url } };
    const made = now;
    await sendReady(again);
    cut = false;
    now = later(now, 1);
    await sendReady(again);
    const dates = (await Promise.all(server.got.map(parsed))).map(mail => new Date(mail.date!).toISOString().slice(0, 19));
    expect(dates).toEqual([made.toISOString().slice(0, 19), made.toISOString().slice(0, 19)]);
  });
});
