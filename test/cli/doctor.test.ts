import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runChecks } from '../../src/app/doctor/checks.ts';
import { readConfig, SETTINGS } from '../../src/config.ts';
import { PASSWORD_HASH } from '../desk/_password.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';
import { runOmbre } from './ombre-process.ts';

type Doctor = {
  settings: { name: string; value: unknown; from: string }[];
  checks: { name: string; ok: boolean; message: string; remedy: string | null }[];
};

let database: TestDatabase;
let home: string;
beforeAll(async () => {
  database = await emptyDatabase();
  home = await mkdtemp(join(tmpdir(), 'ombre-doctor-'));
});
afterAll(async () => {
  await database.drop();
  await rm(home, { recursive: true });
});

const settings = (env: Record<string, string>) => ({ DATABASE_URL: database.url, OMBRE_HOME: home, ...env });

/** The command as people run it. */
const ombre = (args: string[], env: Record<string, string> = {}) => runOmbre(args, settings(env));

const look = (env: Record<string, string> = {}) => runChecks(readConfig(settings(env)));
const named = (checks: readonly { name: string }[], name: string) => checks.find(check => check.name === name);

describe('ombre doctor', () => {
  test('asks for the migrations, and is content once they are applied', async () => {
    expect(named(await look(), 'postgres')).toMatchObject({ ok: false, remedy: 'run `ombre migrate`' });
    const first = await ombre(['migrate', '--json']);
    expect(JSON.parse(first.out).applied).toContain('0001_skeleton');
    expect((await ombre(['migrate'])).out).toBe('Nothing to apply: the database is up to date.\n');
    const after = await look();
    expect(named(after, 'postgres')).toMatchObject({ ok: true, remedy: null });
    expect(named(after, 'queue')).toMatchObject({ ok: true, remedy: null });
  });

  test('shows every setting, where it came from, and no secret', async () => {
    const { out } = await ombre(['doctor']);
    for (const name of Object.keys(SETTINGS)) expect(out).toMatch(new RegExp(`^${name} `, 'm'));
    expect(out).toMatch(/^DATABASE_URL +\*{8} +environment$/m);
    expect(out).toMatch(/^PORT +3000 +default$/m);
    expect(out).not.toContain(`${new URL(database.url).password}@`);
  });

  test('names each part that is down with a remedy, and ends with 3', async () => {
    const { code, out } = await ombre(['doctor', '--json'], {
      DATABASE_URL: 'postgres://ombre:x@127.0.0.1:1/ombre',
      REDIS_URL: 'redis://127.0.0.1:1',
      SMTP_URL: 'smtp://127.0.0.1:1',
      CHROMIUM_PATH: '/dev/null/chromium',
      SOURCES_DIR: '/dev/null/sources',
    });
    expect(code).toBe(3);
    const { settings: shown, checks } = JSON.parse(out) as Doctor;
    expect(shown).toContainEqual({ name: 'SMTP_URL', value: '********', from: 'environment' });
    for (const name of ['postgres', 'queue', 'smtp', 'browser', 'sources']) {
      expect(named(checks, name), name).toMatchObject({ ok: false, remedy: expect.stringMatching(/.{10}/) });
    }
    expect(named(checks, 'disk')).toMatchObject({ ok: true, message: expect.stringMatching(/^\d+ MB free/) });
    // A database that is away is told of once, and not by everything that is kept in it.
    expect(checks.map(({ name }) => name)).toEqual(['postgres', 'queue', 'browser', 'smtp', 'disk', 'sources']);
  });

  test('ends with 1 when all parts answer but one needs attention', async () => {
    expect((await ombre(['doctor'], { SOURCES_DIR: '/dev/null/sources' })).code).toBe(1);
  });

  test('greets the mail server when one is set, and looks for none otherwise', async () => {
    const server = createServer(socket => {
      socket.write('220 mail.example ESMTP\r\n');
      socket.on('data', data => socket.write(data.toString().startsWith('QUIT') ? '221 bye\r\n' : '250 mail.example\r\n'));
      // The client may go without a goodbye.
      socket.on('error', () => socket.destroy());
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(named(await look({ SMTP_URL: `smtp://127.0.0.1:${port}` }), 'smtp')).toMatchObject({ ok: true });
    server.close();
    expect(named(await look(), 'smtp')).toBeUndefined();
  });

  test('tells whether the desk is on where a password is set, and is silent of it otherwise', async () => {
    expect(named(await look(), 'desk')).toBeUndefined();
    expect(named(await look({ ADMIN_PASSWORD_FILE: '/dev/null/hash' }), 'desk')).toMatchObject({
      ok: false,
      message: expect.stringContaining('ADMIN_PASSWORD_FILE is "/dev/null/hash"'),
    });
    expect(named(await look({ ADMIN_PASSWORD_HASH: PASSWORD_HASH }), 'desk')).toMatchObject({ ok: true });
  });

  test('ends with 2 and names the setting when one has a value that is not allowed', async () => {
    const { code, out, err } = await ombre(['doctor', '--json'], { PORT: 'eighty' });
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('PORT is "eighty"');
  });
});
