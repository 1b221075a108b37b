import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { runDigest } from '../../src/digest/run.ts';
import { subscribe } from '../../src/digest/subscribe.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { type Got, type MailServer, mailServer, parsed } from './mail-server.ts';
import { active, emptied, iso, KEYS, later, MONDAY, senderOf } from './support.ts';

/** What ends a line somewhere: in SMTP, in MIME, in Unicode, and written as an encoded word. */
const BREAKS: [what: string, text: string][] = [
  ['CR and LF', '\r\n'],
  ['LF', '\n'],
  ['CR', '\r'],
  ['an empty line', '\r\n\r\n'],
  ['NEL', '\u0085'],
  ['a line separator', '\u2028'],
  ['a vertical tab', '\u000B'],
  ['an escaped line', '%0d%0a'],
  ['an encoded word', '=?utf-8?Q?=0D=0A?='],
  ['a dot that ends the mail', '\r\n.\r\nMAIL FROM:<x@evil.example>\r\n'],
];
const EVIL = 'evil.example';

let t: TestDatabase;
let server: MailServer;
let rcpts: string[] = [];
beforeAll(async () => {
  t = await testDatabase();
});
beforeEach(async () => {
  await emptied(t.db);
  rcpts = [];
  server = await mailServer({
    rcpt: address => {
      rcpts.push(address);
      return null;
    },
  });
});
afterEach(() => server.close());
afterAll(() => t.drop());

/** The lines of a mail's head, unfolded: each a header of its own. */
function headLines({ raw }: Got): string[] {
  const [head = ''] = raw.split('\r\n\r\n');
  return head.replace(/\r\n[ \t]+/g, ' ').split(/\r\n|\r|\n/);
}

async function expectHarmless(mail: Got): Promise<void> {
  expect(mail.to).toEqual(['a@example.org']);
  expect(mail.raw.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const names = headLines(mail).map(line => /^([A-Za-z-]+):/.exec(line)?.[1]?.toLowerCase());
  expect(names).not.toContain(undefined);
  expect(new Set(names).size).toBe(names.length);
  for (const name of ['bcc', 'cc', 'reply-to', 'x-evil', 'resent-to']) expect(names).not.toContain(name);
  const { to, cc, bcc, headers } = await parsed(mail);
  expect([to?.map(one => one.address), cc ?? [], bcc ?? []]).toEqual([['a@example.org'], [], []]);
  for (const { key } of headers) expect(key).not.toMatch(/evil/);
}

describe.each(BREAKS)('%s', (_what, br) => {
  const evil = (word: string) => `${word}${br}Bcc: b@${EVIL}${br}X-Evil: yes${br}${br}Hello`;

  test('in the title, the employer and the place of a posting make no header and no recipient of a digest', async () => {
    await active(t.db, 'a@example.org', 'path=sales');
    await insertPostings(t.db, [
      {
        id: 'one',
        title: evil('Account manager'),
        company: evil('Acme'),
        places: [{ raw: evil('Springfield'), city: evil('Springfield'), region: 'IL', country: 'US' }],
        paths: ['sales'],
        first_seen: iso(-1),
        text: `You sell. ${evil('A COTA')}`,
      },
    ]);
    const report = await runDigest(await senderOf(t.db, { SMTP_URL: server.url }));
    expect(report.send).toMatchObject({ sent: 1 });
    expect(server.got).toHaveLength(1);
    await expectHarmless(server.got[0]!);
    expect(rcpts).toEqual(['a@example.org']);
  });

  test('in what a subscription asks for make no header and no recipient, and hold up nobody else', async () => {
    await active(t.db, 'evil@example.org', `path=sales&q=${encodeURIComponent(evil('manager'))}`);
    await active(t.db, 'a@example.org', 'path=sales');
    await insertPostings(t.db, [
      { id: 'one', title: evil('Account manager'), paths: ['sales'], first_seen: iso(-1), text: evil('manager') },
    ]);
    await runDigest(await senderOf(t.db, { SMTP_URL: server.url }));
    const [mail, ...more] = server.got.filter(({ to }) => to[0] === 'a@example.org');
    await expectHarmless(mail!);
    expect(more).toEqual([]);
    for (const other of server.got) expect(headLines(other).filter(line => /^(bcc|x-evil):/i.test(line))).toEqual([]);
    expect(rcpts.filter(to => !['a@example.org', 'evil@example.org'].includes(to))).toEqual([]);
  });

  test.each([`a@example.org${br}Bcc: b@${EVIL}`, `a@example.org>${br}RCPT TO:<b@${EVIL}`])(
    'in an address are refused where it is asked for, and in the table bring a mail to nobody and hold up nobody else: %j',
    async email => {
      const ground = { db: t.db, keys: KEYS, now: later(MONDAY, 0) };
      await expect(subscribe(ground, { email, filter: 'path=sales' }, 'api')).rejects.toMatchObject({ code: 'E_ENTRY' });
      await insertPostings(t.db, [{ id: 'one', title: 'Account manager', paths: ['sales'], first_seen: iso(-1) }]);
      await active(t.db, email, 'path=sales');
      await active(t.db, 'b@example.org', 'path=sales');
      const { send } = await runDigest(await senderOf(t.db, { SMTP_URL: server.url }));
      expect(send).toMatchObject({ sent: 1, stopped: null });
      expect(rcpts).toEqual(['b@example.org']);
    },
  );
});
