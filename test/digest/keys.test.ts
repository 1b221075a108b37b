import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { findKeyring, makeToken, markOfKeys, openKeyring, readToken } from '../../src/digest/keys.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const secret = (letter: string) => letter.repeat(32);
let home: string;
let file: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'ombre-keys-'));
  file = join(home, 'deep', 'digest.keys');
});
afterEach(() => rm(home, { recursive: true }));

const settings = (env: Record<string, string> = {}) => readConfig({ OMBRE_HOME: home, DIGEST_KEYS_FILE: file, ...env });

test('many that start at once without a key end up with one and the same, whole and readable by its owner only', async () => {
  const made: string[] = [];
  const keyrings = await Promise.all(Array.from({ length: 30 }, () => openKeyring(settings(), place => made.push(place))));
  expect(new Set(keyrings.map(markOfKeys)).size).toBe(1);
  expect(made).toEqual([file]);
  expect(await readdir(join(home, 'deep'))).toEqual(['digest.keys']);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(readToken(await openKeyring(settings()), 'manage', makeToken(keyrings[7]!, 'manage', ID))).toBe(ID);
});

test('nobody ever reads half of a key that another one is making', async () => {
  // Few at a time and often: that is when one looks between the making of a file and its writing.
  for (let round = 0; round < 100; round++) {
    const config = settings({ DIGEST_KEYS_FILE: '', OMBRE_HOME: join(home, String(round)) });
    const keyrings = await Promise.all(Array.from({ length: 5 }, () => openKeyring(config)));
    expect(new Set(keyrings.map(markOfKeys)).size).toBe(1);
    expect(await readdir(config.OMBRE_HOME)).toEqual(['digest.key']);
  }
});

test('DIGEST_KEYS goes before the file, and a file may hold older keys below the one in use', async () => {
  await openKeyring(settings());
  const [, older = ''] = /^own:(\S+)$/m.exec(await readFile(file, 'utf8')) ?? [];
  await writeFile(file, `new:${secret('n')}\nown:${older}\n\n`);
  expect((await openKeyring(settings())).map(({ id }) => id)).toEqual(['new', 'own']);
  expect((await openKeyring(settings({ DIGEST_KEYS: `env:${secret('e')}` }))).map(({ id }) => id)).toEqual(['env']);
});

test('looking for keys makes none', async () => {
  expect(await findKeyring(settings())).toBeNull();
  expect(await readdir(home)).toEqual([]);
});

test('the mark of a key differs for each key, and tells nothing of it', async () => {
  const [a, b] = await Promise.all(['a', 'b'].map(letter => openKeyring(settings({ DIGEST_KEYS: `k1:${secret(letter)}` }))));
  expect(markOfKeys(a!)).not.toBe(markOfKeys(b!));
  expect(markOfKeys(a!)).not.toContain('aaaa');
});

test.each([
  ['is empty', ''],
  ['holds no key', 'hello\n'],
  ['has two keys of one name', `k:${secret('a')}\nk:${secret('b')}\n`],
])('a file that %s is refused with one sentence that names the setting and not the key', async (_, text) => {
  file = join(home, 'digest.keys');
  await writeFile(file, text);
  const refused = await openKeyring(settings()).catch((error: Error) => error.message);
  expect(refused).toMatch(/^A setting has a value that is not allowed: DIGEST_KEYS_FILE is /);
  expect(refused).not.toContain('aaaa');
});

test('a place where no file can be made is named with the setting', async () => {
  await writeFile(join(home, 'deep'), 'a file, and no folder');
  await expect(openKeyring(settings())).rejects.toThrow(/DIGEST_KEYS_FILE is .*allowed: a place where .*ENOTDIR/);
});
