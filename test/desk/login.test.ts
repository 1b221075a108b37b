import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { loginWaits, TooManyLogins } from '../../src/desk/login-waits.ts';
import { hashPassword, openCredential } from '../../src/desk/password.ts';
import { auditRows } from '../../src/store/desk/audit.ts';
import { runOmbre } from '../cli/ombre-process.ts';
import { testSite } from '../web/_site.ts';
import { formOf, testDesk } from './_desk.ts';
import { PASSWORD, PASSWORD_HASH } from './_password.ts';

describe('the waits after wrong passwords', () => {
  let now = 0;
  beforeEach(() => {
    now = 1_000_000;
  });
  const waits = () => loginWaits(() => now);
  const waitOf = (work: () => void): number => {
    try {
      work();
      return 0;
    } catch (error) {
      expect(error).toBeInstanceOf(TooManyLogins);
      return (error as TooManyLogins).retryAfter;
    }
  };

  test('begin with the third, grow twice as long with each, and end at a quarter of an hour', () => {
    const limit = waits();
    for (let i = 0; i < 2; i++) limit.begin('192.0.2.1');
    const told = Array.from({ length: 11 }, () => {
      limit.begin('192.0.2.1');
      const wait = waitOf(() => limit.begin('192.0.2.1'));
      now += wait * 1000;
      return wait;
    });
    expect(told).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  });

  test('count those that are checked at the same time', () => {
    const limit = waits();
    const taken = Array.from({ length: 50 }, () => waitOf(() => limit.begin('192.0.2.1'))).filter(wait => wait === 0);
    expect(taken).toHaveLength(3);
  });

  test('are those of one address, and of one /64 of IPv6', () => {
    const limit = waits();
    for (let i = 0; i < 3; i++) limit.begin(`2001:db8::${i + 1}`);
    expect(waitOf(() => limit.begin('2001:db8::ffff'))).toBe(2);
    expect(waitOf(() => limit.begin('192.0.2.1'))).toBe(0);
  });

  test('are those of all strangers together after twenty, and not those of who has logged in', () => {
    const limit = waits();
    limit.begin('192.0.2.1');
    limit.succeeded('192.0.2.1');
    for (let i = 0; i < 20; i++) limit.begin(`198.51.100.${i}`);
    expect(waitOf(() => limit.begin('203.0.113.1'))).toBe(2);
    expect(waitOf(() => limit.begin('192.0.2.1'))).toBe(0);
  });

  test('are forgotten after an hour without one', () => {
    const limit = waits();
    for (let i = 0; i < 3; i++) limit.begin('192.0.2.1');
    now += 3_600_000;
    for (let i = 0; i < 2; i++) expect(waitOf(() => limit.begin('192.0.2.1'))).toBe(0);
  });
});

test('whoever tries passwords is made to wait, told for how long, and the right one does not help meanwhile', async () => {
  const desk = await testDesk();
  try {
    const attempt = (password: string) => desk.ask('/admin/login', formOf(desk.origin, { password }));
    for (let i = 0; i < 3; i++) expect((await attempt(`guess ${i}`)).status).toBe(401);
    const { status, headers, text } = await attempt(PASSWORD);
    expect([status, headers.get('retry-after')]).toEqual([429, expect.stringMatching(/^[12]$/)]);
    expect(text).toContain('Too many passwords were wrong');
    expect(headers.getSetCookie()).toEqual([]);
    // Those that were not checked leave no row behind.
    expect((await auditRows(desk.db, { most: 10 })).map(({ what }) => what)).toEqual(Array(3).fill('desk.refuse_login'));
  } finally {
    await desk.close();
  }
});

describe('the password', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ombre-desk-'));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const open = (env: Record<string, string>) => openCredential(readConfig(env));

  test('is known by the hash that is made of it, and by no other', async () => {
    const line = await hashPassword('Zürich is a password');
    expect(line).not.toContain('Zürich');
    const credential = (await open({ ADMIN_PASSWORD_HASH: line }))!;
    // Composed by another keyboard.
    expect(await credential.matches('Zu\u0308rich is a password')).toBe(true);
    expect(await credential.matches('zürich is a password')).toBe(false);
  });

  test('may lie in a file, and without either there is no desk', async () => {
    const file = join(folder, 'admin.hash');
    await writeFile(file, `${PASSWORD_HASH}\n`);
    expect(await (await open({ ADMIN_PASSWORD_FILE: file }))!.matches(PASSWORD)).toBe(true);
    expect(await open({})).toBe(null);
  });

  test.each([
    ['a file that is not there', () => ({ ADMIN_PASSWORD_FILE: join(folder, 'none') }), /ADMIN_PASSWORD_FILE is .*a file that can be read/],
    [
      'a password in place of its hash',
      () => ({ ADMIN_PASSWORD_HASH: 'correct horse battery' }),
      /ADMIN_PASSWORD_HASH is "\*+"; allowed: a line/,
    ],
    ['a hash that costs nothing', () => ({ ADMIN_PASSWORD_HASH: PASSWORD_HASH.replace('16384', '2') }), /ADMIN_PASSWORD_HASH/],
    ['a hash that takes all memory', () => ({ ADMIN_PASSWORD_HASH: PASSWORD_HASH.replace('16384', '1073741824') }), /ADMIN_PASSWORD_HASH/],
  ])('is a mistake that names the setting where it is %s', async (_, env, told) => {
    await expect(async () => open(env())).rejects.toMatchObject({ code: 'E_CONFIG', message: expect.stringMatching(told) });
  });

  test('is made a line by a command that reads it from stdin, and refuses a short one', async () => {
    const short = await runOmbre(['admin', 'password'], {});
    expect([short.code, short.out, short.err]).toEqual([2, '', expect.stringContaining('allowed: 12 to 1000 characters')]);
  });
});

test('without a password nothing answers below /admin', async () => {
  const site = await testSite();
  try {
    for (const path of ['/admin', '/admin/login', '/admin/audit', '/admin/desk.css', '/admin/sources/x']) {
      for (const method of ['GET', 'POST', 'HEAD', 'DELETE']) {
        const { status } = await fetch(site.origin + path, { method, headers: { accept: 'text/html' } });
        expect([path, method, status]).toEqual([path, method, 404]);
      }
    }
  } finally {
    await site.close();
  }
});
