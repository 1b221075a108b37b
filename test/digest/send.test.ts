import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runDigest } from '../../src/digest/run.ts';
import { type Sender, sendReady } from '../../src/digest/send.ts';
import { smtpChannel } from '../../src/digest/smtp.ts';
import { subscribe } from '../../src/digest/subscribe.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { answer, header, type MailServer, mailServer, parsed } from './mail-server.ts';
import { active, emptied, iso, KEYS, later, MONDAY, outbox, senderOf } from './support.ts';

let t: TestDatabase;
let server: MailServer | null = null;
beforeAll(async () => {
  t = await testDatabase();
});
beforeEach(() => emptied(t.db));
afterEach(async () => {
  await server?.close();
  server = null;
});
afterAll(() => t.drop());

const sales = (id: string, more = {}) => ({ id, title: `Account manager ${id}`, paths: ['sales' as const], first_seen: iso(-1), ...more });

async function start(behaviour: Parameters<typeof mailServer>[0] = {}): Promise<MailServer> {
  server = await mailServer(behaviour);
  return server;
}

/** One subscriber with one posting to be told of, and the pass that is due to tell it. */
async function pass(url: string, env: Record<string, string> = {}, more: Partial<Sender> = {}) {
  await active(t.db, 'a@example.org', 'credential=OTA&path=sales');
  await insertPostings(t.db, [sales('one', { verdicts: { OTA: 'named' } })]);
  const sender = { ...(await senderOf(t.db, { SMTP_URL: url, ...env })), ...more };
  return { sender, report: await runDigest(sender) };
}

describe('a digest', () => {
  test('arrives once with both parts, the reason and headers that let a program unsubscribe', async () => {
    const { url, accepted } = await start();
    await active(t.db, 'a@example.org', 'credential=OTA&path=sales');
    const text = 'You review charts. A COTA or a PTA is welcome here. Apply today.';
    const evidence = { OTA: [{ field: 'text' as const, start: 21, end: 25, text: 'COTA' }] };
    const pay = { min: 60_000, max: 70_000, currency: 'USD', interval: 'year' as const };
    await insertPostings(t.db, [
      sales('one', { verdicts: { OTA: 'named' }, evidence, text, pay, work_mode: 'remote' }),
      sales('two', { verdicts: { OTA: 'open' } }),
    ]);
    const sender = await senderOf(t.db, { SMTP_URL: url });
    expect(await runDigest(sender)).toMatchObject({ planned: 1, compose: { composed: 1, skipped: 0 }, send: { sent: 1 } });
    expect(await runDigest(sender)).toMatchObject({ planned: 0, send: { sent: 0 } });
    expect(await outbox(t.db)).toEqual(['a@example.org digest sent']);
    expect(accepted).toHaveLength(1);
    expect(accepted[0]).toMatchObject({ to: ['a@example.org'], from: 'digest@jobs.example' });

    const mail = await parsed(accepted[0]!);
    const [{ id }] = (await t.db.selectFrom('deliveries').select('id').execute()) as [{ id: string }];
    expect(mail.messageId).toBe(`<digest.${id}@jobs.example>`);
    expect(mail.subject).toBe('2 new sales jobs for a COTA: Account manager one and 1 more');
    expect(header(mail, 'list-unsubscribe')).toMatch(/^<https:\/\/jobs\.example\/u\/k1\.[\w-]{46}>$/);
    expect(header(mail, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(header(mail, 'list-id')).toBe('Ombre digest <digest.jobs.example>');
    expect(header(mail, 'auto-submitted')).toBe('auto-generated');
    expect(mail.headers.filter(({ key }) => key === 'list-unsubscribe')).toHaveLength(1);
    for (const part of [mail.text!, mail.html!]) {
      for (const told of [
        'Account manager one',
        'sales jobs for a COTA',
        'Remote',
        '$60,000 to $70,000',
        'They name COTA (1)',
        'No license needed (1)',
        'https://jobs.example/jobs/one',
        '1 Example Street',
        'Unsubscribe',
      ])
        expect(part).toContain(told);
      expect(part).toContain(header(mail, 'list-unsubscribe')!.slice(1, -1));
    }
    expect(accepted[0]!.raw.indexOf('text/plain')).toBeLessThan(accepted[0]!.raw.indexOf('text/html'));
    expect(mail.html).not.toMatch(/<img|<script|<link|url\(/i);
  });

  test('with nothing new is no mail, and its delivery says so', async () => {
    const { url, accepted } = await start();
    await active(t.db, 'a@example.org', 'path=sales');
    expect(await runDigest(await senderOf(t.db, { SMTP_URL: url }))).toMatchObject({ planned: 1, compose: { skipped: 1 } });
    expect(await outbox(t.db)).toEqual(['a@example.org digest skipped']);
    expect(accepted).toEqual([]);
  });

  test('holds the newest 20 at first and 25 later, 5 of one employer, and links to the rest', async () => {
    const { url, accepted } = await start();
    const id = await active(t.db, 'a@example.org', 'path=sales');
    const many = (from: string, n: number, hours: number, company: (i: number) => string) =>
      Array.from({ length: n }, (_, i) => sales(`${from}${i}`, { company: company(i), first_seen: iso(hours - i / 100) }));
    await insertPostings(t.db, [...many('x', 8, -1, () => 'Acme'), ...many('y', 30, -2, i => `Employer ${i}`)]);
    let now = later(MONDAY, 2);
    const sender = await senderOf(t.db, { SMTP_URL: url }, () => now);
    await runDigest(sender);
    const places = async () =>
      await t.db
        .selectFrom('digest_items')
        .select([sql<string>`coalesce(place, 'none')`.as('place'), sql<number>`count(*)`.as('n')])
        .where('subscription_id', '=', id)
        .groupBy('place')
        .execute();
    const first = await places();
    expect(first.find(row => row.place === 'mailed')?.n).toBe(20);
    const mail = await parsed(accepted[0]!);
    expect(mail.text!.match(/Apply at Acme:/g)).toHaveLength(5);
    expect(mail.subject).toMatch(/^38 new sales jobs: /);
    expect(mail.text).toContain('20 below, 18 more behind the link at the end.');
    expect(mail.text).toMatch(/The other 18 on one page:\nhttps:\/\/jobs\.example\/digests\//);
    expect(mail.text).toContain('See all open sales jobs:\nhttps://jobs.example/jobs?path=sales');
    await insertPostings(
      t.db,
      many('z', 40, -3, i => `Other ${i}`),
    );
    now = later(MONDAY, 26);
    await runDigest(sender);
    expect((await parsed(accepted[1]!)).text!.match(/Apply at Other \d+:/g)).toHaveLength(25);
    expect((await places()).find(row => row.place === 'none')).toBeUndefined();
  });

  test('leaves out what has closed since it matched', async () => {
    const { url, accepted } = await start();
    await active(t.db, 'a@example.org', 'path=sales', { hour: 12 });
    await insertPostings(t.db, [sales('stays'), sales('goes')]);
    let now = later(MONDAY, 2);
    const sender = await senderOf(t.db, { SMTP_URL: url }, () => now);
    await runDigest(sender);
    await sql`update postings set closed_at = now(), updated_at = now() where id = 'goes'`.execute(t.db);
    now = later(MONDAY, 7);
    await runDigest(sender);
    const text = (await parsed(accepted[0]!)).text!;
    expect(text).toContain('manager stays');
    expect(text).not.toContain('goes');
  });

  test('of titles made to break it is inert and small', async () => {
    const { url, accepted } = await start();
    await active(t.db, 'a@example.org', 'path=sales');
    const evil = `<img src=x onerror=alert(1)>"'><script>alert(1)</script>\u202egnp.\r\nBcc: evil@example.org\r\n\r\n`;
    await insertPostings(
      t.db,
      Array.from({ length: 20 }, (_, i) =>
        sales(`e${i}`, { title: `${evil}${'&<'.repeat(400)}`, company: `${i}${evil}${'"'.repeat(2000)}`, url: 'javascript:alert(1)' }),
      ),
    );
    await runDigest(await senderOf(t.db, { SMTP_URL: url }));
    expect(accepted).toHaveLength(1);
    expect(accepted[0]!.to).toEqual(['a@example.org']);
    const mail = await parsed(accepted[0]!);
    expect(mail.bcc).toBeUndefined();
    expect(header(mail, 'bcc')).toBeUndefined();
    expect(mail.subject!.length).toBeLessThanOrEqual(120);
    expect(mail.subject).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(mail.html).not.toMatch(/<(img|script)|javascript:/i);
    expect(Buffer.byteLength(mail.html!)).toBeLessThanOrEqual(100_000);
  });

  test('is signed over its unsubscribe headers when there is a key', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ombre-dkim-'));
    try {
      const file = join(folder, 'dkim.pem');
      await writeFile(file, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }));
      const { url, accepted } = await start();
      await pass(url, { DKIM_FILE: file, BOUNCE_DOMAIN: 'bounces.jobs.example' });
      const signature = header(await parsed(accepted[0]!), 'dkim-signature')!.replace(/\s+/g, '');
      expect(signature).toContain('d=jobs.example');
      expect(signature.toLowerCase()).toMatch(/h=[^;]*list-unsubscribe:list-unsubscribe-post/);
      expect(accepted[0]!.from).toMatch(/^bounce\+k1\.[\w-]{46}@bounces\.jobs\.example$/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('goes into a folder when no server is set', async () => {
    const home = await mkdtemp(join(tmpdir(), 'ombre-outbox-'));
    try {
      await active(t.db, 'a@example.org', 'path=sales');
      await insertPostings(t.db, [sales('one')]);
      await runDigest(await senderOf(t.db, { OMBRE_HOME: home }));
      const [file] = await readdir(join(home, 'outbox'));
      const mail = await PostalMime.parse(await readFile(join(home, 'outbox', file!), 'utf8'));
      expect(mail.to).toEqual([{ name: '', address: 'a@example.org' }]);
      expect(mail.text).toContain('Account manager one');
      expect(await outbox(t.db)).toEqual(['a@example.org digest written']);
    } finally {
      await rm(home, { recursive: true });
    }
  });
});

test('a filter that has matched nothing for 60 days is told once', async () => {
  const { url, accepted } = await start();
  await active(t.db, 'a@example.org', 'path=sales', { gathered_at: later(MONDAY, -61 * 24) });
  await active(t.db, 'b@example.org', 'path=sales', { gathered_at: later(MONDAY, -59 * 24) });
  const sender = await senderOf(t.db, { SMTP_URL: url });
  expect(await runDigest(sender)).toMatchObject({ quiet: 1 });
  expect(await runDigest(sender)).toMatchObject({ quiet: 0 });
  expect(accepted.map(mail => mail.to)).toEqual([['a@example.org']]);
  expect((await parsed(accepted[0]!)).subject).toContain('60 days');
});

describe('a server that', () => {
  const rows = () => t.db.selectFrom('deliveries').select(['status', 'deferrals', 'interrupted', 'response', 'available_at']).execute();
  const state = () => t.db.selectFrom('subscriptions').select('state').executeTakeFirstOrThrow();
  const suppressed = () => t.db.selectFrom('suppressions').select('reason').execute();

  test('cannot be reached stops the pass, and the mail waits as if nothing had been', async () => {
    const { report } = await pass('smtp://127.0.0.1:1');
    expect(report.send.stopped).toMatch(/ECONNREFUSED/);
    expect(await rows()).toMatchObject([{ status: 'ready', deferrals: 0, interrupted: 0 }]);
  });

  test('says 421 stops the pass before others are tried', async () => {
    let asked = 0;
    const { url } = await start({
      rcpt: () => {
        asked += 1;
        return answer(421, 'too busy');
      },
    });
    for (let i = 0; i < 20; i++) await active(t.db, `s${i}@example.org`, 'path=sales');
    const { report } = await pass(url);
    expect(report.send.stopped).toContain('421');
    expect(asked).toBeLessThanOrEqual(4);
    expect(new Set((await rows()).map(row => `${row.status} ${row.deferrals}`))).toEqual(new Set(['ready 0']));
  });

  test('says 450 gets it again later, at growing distances, and in the end no more', async () => {
    const { url, accepted } = await start({ rcpt: () => answer(450, 'try later') });
    let now = later(MONDAY, 2);
    const { sender } = await pass(url, {}, { clock: () => now });
    expect(await rows()).toMatchObject([{ status: 'ready', deferrals: 1 }]);
    expect(await sendReady(sender)).toMatchObject({ later: 0 });
    const waits: number[] = [];
    for (let tries = 0; tries < 10; tries++) {
      const [row] = await rows();
      if (row!.status !== 'ready') break;
      waits.push((row!.available_at.getTime() - now.getTime()) / 60_000);
      now = row!.available_at;
      await sendReady(sender);
    }
    expect(waits).toEqual([5, 15, 60, 240, 480, 720]);
    expect(await rows()).toMatchObject([{ status: 'failed' }]);
    expect(await state()).toEqual({ state: 'active' });
    expect(accepted).toEqual([]);
  });

  test('says 550 to the recipient is never asked again about that address', async () => {
    const { url, got } = await start({ rcpt: () => answer(550, 'no such user a@example.org') });
    const { sender } = await pass(url);
    expect(await rows()).toMatchObject([{ status: 'failed' }]);
    expect((await rows())[0]!.response).toContain('550');
    expect((await rows())[0]!.response).not.toContain('a@example.org');
    expect(await state()).toEqual({ state: 'bounced' });
    expect(await suppressed()).toEqual([{ reason: 'bounce' }]);
    await subscribe({ db: t.db, keys: KEYS, now: later(MONDAY, 48) }, { email: 'A@example.org', filter: 'path=sales' }, 'web');
    await sendReady({ ...sender, clock: () => later(MONDAY, 48) });
    expect(got).toEqual([]);
    expect(await outbox(t.db)).toContain('A@example.org confirm cancelled');
  });

  test('refuses the text for good three times in a row ends the subscription', async () => {
    const { url } = await start({ data: () => answer(554, 'transaction failed') });
    let now = later(MONDAY, 2);
    const { sender } = await pass(url, {}, { clock: () => now });
    for (let n = 1; n < 3; n++) {
      expect(await state()).toEqual({ state: 'active' });
      await insertPostings(t.db, [sales(`more${n}`, { verdicts: { OTA: 'named' } })]);
      now = later(now, 24);
      await runDigest(sender);
    }
    expect((await rows()).map(row => row.status)).toEqual(['failed', 'failed', 'failed']);
    expect(await state()).toEqual({ state: 'bounced' });
    expect(await suppressed()).toEqual([]);
  });

  test('drops the connection after the text gets it once more under the same Message-ID, and not a third time', async () => {
    const { url, got } = await start({ data: () => 'drop' });
    let now = later(MONDAY, 2);
    const { sender } = await pass(url, {}, { clock: () => now });
    expect(await rows()).toMatchObject([{ status: 'ready', interrupted: 1 }]);
    for (let n = 0; n < 3; n++) {
      now = later(now, 1);
      await sendReady(sender);
    }
    expect(await rows()).toMatchObject([{ status: 'unknown', interrupted: 2 }]);
    expect(got).toHaveLength(2);
    expect(new Set((await Promise.all(got.map(parsed))).map(mail => mail.messageId)).size).toBe(1);
  });

  test('is slow is waited for no longer than is set', async () => {
    const { url, got } = await start({
      data: async () => {
        await sleep(1500);
        return null;
      },
    });
    await pass(url, {}, { channel: () => smtpChannel(url, { connect: 1000, answer: 300 }) });
    expect(await rows()).toMatchObject([{ status: 'ready', interrupted: 1 }]);
    expect(got).toHaveLength(1);
  });

  test('speaks no TLS where TLS is asked for gets nothing', async () => {
    const { url, got } = await start();
    const { report } = await pass(url.replace('smtp:', 'smtps:'));
    expect(report.send.stopped).not.toBeNull();
    expect(await rows()).toMatchObject([{ status: 'ready', deferrals: 0, interrupted: 0 }]);
    expect(got).toEqual([]);
  });

  test('lets nobody in without a password gets nothing, and nobody is marked', async () => {
    const { url, got } = await start({ options: { authOptional: false, onAuth: (_auth, _session, done) => done(new Error('wrong')) } });
    const { report } = await pass(url.replace('//', '//user:wrong@'));
    expect(report.send.stopped).toContain('535');
    expect(await rows()).toMatchObject([{ status: 'ready', deferrals: 0 }]);
    expect(got).toEqual([]);
  });
});

describe('two senders at once', () => {
  test('send each mail once', async () => {
    const { url, accepted } = await start();
    for (let i = 0; i < 40; i++) await active(t.db, `s${i}@example.org`, 'path=sales');
    await insertPostings(t.db, [sales('one')]);
    const sender = await senderOf(t.db, { SMTP_URL: url });
    await Promise.all([runDigest(sender), runDigest(sender), runDigest(sender)]);
    await runDigest(sender);
    expect(accepted.map(mail => mail.to[0]).sort()).toEqual(Array.from({ length: 40 }, (_, i) => `s${i}@example.org`).sort());
  });
});
