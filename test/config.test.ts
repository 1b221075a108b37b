import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeConfig, readConfig, SETTINGS } from '../src/config.ts';

const message = (env: Record<string, string>) => {
  try {
    readConfig(env);
  } catch (error) {
    return (error as Error).message;
  }
  return null;
};

describe('the settings', () => {
  test('are all at their defaults in an empty environment', () => {
    const config = readConfig({});
    for (const [name, row] of Object.entries(SETTINGS)) expect(config[name as keyof typeof config], name).toEqual(row.default);
  });

  test('set to nothing are as if not set', () => {
    expect(readConfig({ DATABASE_URL: '', PORT: '' })).toEqual(readConfig({}));
  });

  test('are read by their type', () => {
    const config = readConfig({
      PORT: '8080',
      ALLOW_PRIVATE_HOSTS: ' 127.0.0.1:80, ,localhost:81 ',
      SOURCES_DIR: 'elsewhere',
      REDIS_URL: 'redis://r',
    });
    expect(config).toMatchObject({
      PORT: 8080,
      ALLOW_PRIVATE_HOSTS: ['127.0.0.1:80', 'localhost:81'],
      SOURCES_DIR: 'elsewhere',
      REDIS_URL: 'redis://r',
    });
  });

  test.each(['nginx', '10.0.0.0/99', '127.0.0.1, *', 'true'])('refuse the proxies %j in one sentence, naming what is allowed', value => {
    const [, wrong] = /([^, ]+)$/.exec(value) ?? [];
    expect(message({ TRUST_PROXY: value })).toBe(
      `A setting has a value that is not allowed: TRUST_PROXY is "${wrong}"; allowed: addresses, ranges such as 10.0.0.0/8, loopback, linklocal, uniquelocal`,
    );
  });

  test.each(['-1', '65536', '80.5', '1e3', ' 80', '0x50', 'eighty', 'NaN'])('refuse the port %j, naming it and what is allowed', value => {
    expect(message({ PORT: value })).toBe(
      `A setting has a value that is not allowed: PORT is ${JSON.stringify(value)}; allowed: a whole number from 0 to 65535`,
    );
  });

  test.each([
    ['DATABASE_URL', 'notaurl', '"********"'],
    ['DATABASE_URL', 'mysql://root:geheim@db/ombre', '"mysql://********"'],
    ['DATABASE_URL', 'postgres://ombre:ge#heim@db/ombre', '"postgres://********"'],
    ['REDIS_URL', 'localhost:6379', '"********"'],
    ['REDIS_URL', 'http://:geheim@localhost', '"http://********"'],
  ])('refuse %s = %s without repeating what is secret in it', (name, value, shown) => {
    const said = message({ [name]: value });
    expect(said).toContain(`${name} is ${shown}; allowed: a URL that begins with ${name === 'REDIS_URL' ? 'redis' : 'postgres'}://`);
    expect(said).not.toContain('heim');
  });

  test.each([
    ['DATABASE_URL', 'postgres://ombre@127.0.0.1:5432/ombre?sslmode=require'],
    ['DATABASE_URL', 'POSTGRESQL://ombre:p%23w@[::1]/ombre'],
    ['DATABASE_URL', 'postgres://ombre@/ombre?host=/var/run/postgresql'],
    ['REDIS_URL', 'rediss://user:secret@cache.example:6380/2'],
  ])('take %s = %s', (name, value) => {
    expect(message({ [name]: value })).toBeNull();
  });

  test.each([
    ['LOG_LEVEL', 'loud'],
    ['LOG_LEVEL', 'INFO '],
    ['PUBLIC_URL', 'notaurl'],
    ['PUBLIC_URL', 'jobs.example.org'],
    ['PUBLIC_URL', 'ftp://jobs.example.org'],
    ['PUBLIC_URL', 'https://jobs.example.org/?a=b'],
    ['PUBLIC_URL', 'https://user:hush@jobs.example.org'],
    ['BOT_CONTACT', 'me'],
    ['FEED_DOMAIN', 'https://jobs.example.org'],
    ['BOUNCE_DOMAIN', 'bounce@example.org'],
  ])('refuse %s=%j, naming both and what is allowed', (name, value) => {
    expect(message({ [name]: value })).toMatch(`A setting has a value that is not allowed: ${name} is ${JSON.stringify(value)}; allowed: `);
  });

  test.each([
    ['LOG_LEVEL', 'silent'],
    ['PUBLIC_URL', 'https://jobs.example.org'],
    ['PUBLIC_URL', 'http://localhost:8080/'],
    ['PUBLIC_URL', 'https://example.org/jobs'],
    ['BOT_CONTACT', 'mailto:crawler@example.org'],
    ['BOT_CONTACT', 'crawler@example.org'],
    ['FEED_DOMAIN', 'localhost'],
    ['BOUNCE_DOMAIN', 'bounce.example.org'],
  ])('take %s=%j', (name, value) => {
    expect(readConfig({ [name]: value })).toMatchObject({ [name]: value });
  });

  test('are at defaults that their own form allows', () => {
    const defaults = Object.entries(SETTINGS).filter(([, row]) => row.type === 'string' && row.default !== null);
    for (const [name, row] of defaults) expect(message({ [name]: String(row.default) }), name).toBeNull();
  });

  test('take every whole number within the bounds of the row and none outside', () => {
    const { min, max } = SETTINGS.MAX_BODY_MB;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), value => {
        const allowed = value >= min && value <= max;
        expect(message({ MAX_BODY_MB: String(value) }) === null).toBe(allowed);
      }),
    );
  });

  test('refuse private hosts in production', () => {
    expect(message({ NODE_ENV: 'production', ALLOW_PRIVATE_HOSTS: '127.0.0.1:80' })).toContain('ALLOW_PRIVATE_HOSTS');
    expect(message({ NODE_ENV: 'production' })).toBeNull();
  });

  test('cannot be changed once read', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });

  test('are described one by one, with secrets masked and where each came from', () => {
    const rows = describeConfig({ DATABASE_URL: 'postgres://u:hush@h/d', PORT: '8080' });
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(SETTINGS));
    expect(rows).toContainEqual({ name: 'DATABASE_URL', value: '********', from: 'environment' });
    expect(rows).toContainEqual({ name: 'SMTP_URL', value: null, from: 'default' });
    expect(rows).toContainEqual({ name: 'PORT', value: 8080, from: 'environment' });
    expect(JSON.stringify(rows)).not.toContain('hush');
  });

  // The path of a file is none; what is in it is never shown.
  test('that can hold a password are secrets', () => {
    for (const [name, row] of Object.entries(SETTINGS)) {
      if (/_URL$|PASSWORD|TOKEN|SECRET|KEY/.test(name) && name !== 'PUBLIC_URL' && !name.endsWith('_FILE'))
        expect(row, name).toHaveProperty('secret', true);
    }
  });

  test('each have a sentence of help', () => {
    for (const [name, { help }] of Object.entries(SETTINGS)) expect(help, name).toMatch(/^[A-Za-z].{10,}\.$/);
  });
});
