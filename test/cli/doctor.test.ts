import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SETTINGS } from '../../src/config.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
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

async function ombre(args: string[], env: Record<string, string> = {}): Promise<{ code: number; stdout: string; stderr: string }> {
  const settings = { PATH: process.env.PATH ?? '', DATABASE_URL: database.url, OMBRE_HOME: home, SOURCES_DIR: 'sources', ...env };
  return await new Promise(resolve => {
    execFile(process.execPath, [MAIN, ...args], { env: settings }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

async function doctor(env: Record<string, string> = {}): Promise<Doctor & { code: number }> {
  const { code, stdout } = await ombre(['doctor', '--json'], env);
  return { code, ...(JSON.parse(stdout) as Doctor) };
}

const check = ({ checks }: Doctor, name: string) => checks.find(one => one.name === name);

describe('ombre doctor', () => {
  test('asks for the migrations, and is content once they are applied', async () => {
    const before = await doctor();
    expect(check(before, 'postgres')).toMatchObject({ ok: false, remedy: 'run `ombre migrate`' });
    expect(before.code).toBe(1);

    const migrated = await ombre(['migrate', '--json']);
    expect(JSON.parse(migrated.stdout).applied).toContain('0001_skeleton');
    expect((await ombre(['migrate'])).stdout).toBe('Nothing to apply: the database is up to date.\n');

    const after = await doctor();
    expect(check(after, 'postgres')).toMatchObject({ ok: true, remedy: null });
    expect(check(after, 'queue')).toMatchObject({ ok: true });
  });

  test('shows every setting, where it came from, and no secret', async () => {
    const found = await doctor();
    expect(found.settings.map(({ name }) => name)).toEqual(Object.keys(SETTINGS));
    expect(found.settings).toContainEqual({ name: 'DATABASE_URL', value: '********', from: 'environment' });
    expect(found.settings).toContainEqual({ name: 'PORT', value: 3000, from: 'default' });
    expect((await ombre(['doctor'])).stdout).not.toContain(`${new URL(database.url).password}@`);
  });

  test('names each part that is down with a remedy, and ends with 3', async () => {
    const found = await doctor({
      DATABASE_URL: 'postgres://ombre:x@127.0.0.1:1/ombre',
      REDIS_URL: 'redis://127.0.0.1:1',
      SMTP_URL: 'smtp://127.0.0.1:1',
      CHROMIUM_PATH: '/dev/null/chromium',
      SOURCES_DIR: '/dev/null/sources',
    });
    expect(found.code).toBe(3);
    for (const name of ['postgres', 'queue', 'smtp', 'browser', 'sources']) {
      expect(check(found, name), name).toMatchObject({ ok: false, remedy: expect.stringMatching(/.{10}/) });
    }
    expect(check(found, 'disk')).toMatchObject({ ok: true, message: expect.stringMatching(/^\d+ MB free/) });
  });

  test('greets the mail server when one is set, and looks for none otherwise', async () => {
    const server = createServer(socket => {
      socket.write('220 mail.example ESMTP\r\n');
      socket.on('data', data => socket.write(data.toString().startsWith('QUIT') ? '221 bye\r\n' : '250 mail.example\r\n'));
      socket.on('error', () => undefined);
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(check(await doctor({ SMTP_URL: `smtp://127.0.0.1:${port}` }), 'smtp')).toMatchObject({ ok: true });
    server.close();
    expect(check(await doctor(), 'smtp')).toBeUndefined();
  });

  test('ends with 2 and names the setting when one has a value that is not allowed', async () => {
    const { code, stdout, stderr } = await ombre(['doctor', '--json'], { PORT: 'eighty' });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('PORT is "eighty"');
  });
});
