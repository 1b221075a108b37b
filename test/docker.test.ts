import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readConfig, SETTINGS } from '../src/config.ts';
import { mailSettings } from '../src/digest/settings.ts';
import { environmentOf, instructions, instructionsOf as of, ours, services, volumes, writableFolders } from './support/compose.ts';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

/** A version down to its patch, so that two builds on two days are the same. */
const PINNED = /^[\w./-]+:v?\d+\.\d+\.\d+(-[\w.]+)?$|^postgres:\d+\.\d+(-[\w.]+)?$/;

/** `node src/main.ts NAME …` → NAME; fails on any other shape. */
function commandOf(words: readonly string[]): string {
  expect(words.slice(0, 2)).toEqual(['node', 'src/main.ts']);
  return words[2] ?? '';
}

describe('the compose file', () => {
  test('has Postgres, Redis, a mailbox, the API and a worker', () => {
    expect(Object.keys(services)).toEqual(expect.arrayContaining(['postgres', 'redis', 'mailpit', 'api', 'worker', 'migrate']));
  });

  test.each(Object.entries(services))('%s: its image is pinned by a full version', (_, { image }) => {
    expect(image).toMatch(PINNED);
  });

  test.each(ours)('%s: runs a command that exists, with settings that exist', (_, { command, environment, healthcheck }) => {
    const commands = [command, healthcheck?.test?.slice(1)].filter(words => words !== undefined).map(commandOf);
    for (const name of commands) expect(existsSync(new URL(`../src/cli/${name}.ts`, import.meta.url)), `ombre ${name}`).toBe(true);
    for (const name of Object.keys(environment)) expect(Object.keys(SETTINGS)).toContain(name);
  });

  test.each(ours)('%s: every setting it names is handed on under that very name, or leads to another service', (_, { environment }) => {
    for (const [name, value] of Object.entries(environment)) {
      for (const [, variable] of String(value).matchAll(/\$\{(\w+)/g)) expect([name, 'POSTGRES_PASSWORD']).toContain(variable);
      const host = /^\w+:\/\/(?:[^@]*@)?([\w-]+):\d+/.exec(String(value))?.[1];
      if (name.endsWith('_URL') && host !== undefined) expect(Object.keys(services)).toContain(host);
    }
  });

  test.each(Object.entries(services))('%s: is watched, unless it ends by itself', (name, { build, healthcheck }) => {
    if (name === 'migrate') expect(healthcheck?.disable).toBe(true);
    // The image of ours brings a check of its own for what serves HTTP.
    else if (healthcheck === undefined) expect([build, name]).toEqual(['.', 'api']);
    else expect(healthcheck.test?.[0]).toBe('CMD');
  });

  test.each(['api', 'worker'])('%s: has every setting that mails need, so that they go to the mailbox of this file', async name => {
    const config = readConfig(environmentOf(services[name]!));
    expect((await mailSettings(config)).smtpUrl).toBe('smtp://mailpit:1025');
    expect(config.TRUST_PROXY).toEqual([]);
    expect(readConfig(environmentOf(services[name]!, { TRUST_PROXY: 'uniquelocal' })).TRUST_PROXY).toEqual(['uniquelocal']);
  });

  test('gives api and worker one key of links, in a volume that both have', () => {
    const places = ['api', 'worker'].map(name => {
      const { DIGEST_KEYS, DIGEST_KEYS_FILE = '' } = environmentOf(services[name]!);
      expect(DIGEST_KEYS).toBe('');
      return [DIGEST_KEYS_FILE, writableFolders(services[name]!).get(path.dirname(DIGEST_KEYS_FILE))];
    });
    expect(places[0]).toEqual(places[1]);
    expect(Object.keys(volumes)).toContain(places[0]?.[1]);
  });

  test('keeps the registry in a volume that the worker may write, seeded from a folder of the image that the user of the image owns', () => {
    const { SOURCES_DIR = '' } = environmentOf(services.worker!);
    expect(Object.keys(volumes)).toContain(writableFolders(services.worker!).get(SOURCES_DIR));
    for (const folder of writableFolders(services.worker!).keys()) {
      if (folder !== '/tmp')
        expect(of('RUN').join('\n')).toMatch(
          new RegExp(`(--owner=node --group=node|chown --recursive node:node)[^&]* ${folder}( |$)`, 'm'),
        );
    }
  });

  test.each(ours)('%s: writes nowhere but where a volume or a folder in memory is', (_, service) => {
    expect(service.read_only).toBe(true);
    const folders = [...writableFolders(service).keys()];
    for (const [name, value] of Object.entries(environmentOf(service)))
      if (value.startsWith('/'))
        expect(
          folders.some(folder => value === folder || value.startsWith(`${folder}/`)),
          name,
        ).toBe(true);
  });

  test('asks the running worker for its health, and not a new process for the parts it runs on', () => {
    expect(services.worker?.healthcheck?.test).toEqual(['CMD', 'node', 'src/main.ts', 'health']);
  });

  test('serves what is there also while Redis or the mailbox are down', () => {
    expect(Object.keys(services.api!.depends_on)).toEqual(['migrate']);
  });

  test.each(Object.entries(services))('%s: waits for services that exist, by a check they have', (_, { depends_on }) => {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      const other = services[name];
      expect(other, name).toBeDefined();
      if (condition === 'service_healthy') expect(other?.healthcheck?.test).toBeDefined();
    }
  });

  test('keeps what must survive in volumes that are declared, and publishes ports on loopback only', () => {
    for (const { volumes: used, ports } of Object.values(services)) {
      for (const volume of used) expect(Object.keys(volumes)).toContain(volume.split(':')[0]);
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
    expect(services.postgres?.volumes).toHaveLength(1);
    expect(services.redis?.volumes).toHaveLength(1);
  });

  test('has the version of package.json on our image', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string };
    for (const [, { image }] of ours) expect(image).toBe(`ombre:${version}`);
  });
});

describe('the image', () => {
  test('stands on an official Node 24 pinned by its full version', () => {
    expect(of('FROM')).toEqual(['${NODE_IMAGE}']);
    expect(of('ARG')).toEqual([expect.stringMatching(/^NODE_IMAGE=node:24\.\d+\.\d+-[a-z]+-slim(@sha256:[0-9a-f]{64})?$/)]);
  });

  test('runs on the Node that an installation elsewhere brings with it', () => {
    const lock = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });
    const { packages } = lock.parse(JSON.parse(read('package-lock.json')));
    expect(of('ARG')[0]).toContain(`node:${packages['node_modules/node']?.version}-`);
  });

  test('installs exactly the lock file, without what only tests need', () => {
    expect(of('RUN').join('\n')).toMatch(/npm ci --omit=dev/);
    expect(of('COPY')[0]).toContain('package-lock.json');
  });

  test('does not run as root', () => {
    expect(of('USER')).toEqual(['node']);
    const order = instructions.map(({ name }) => name);
    expect(order.lastIndexOf('USER')).toBeGreaterThan(order.lastIndexOf('RUN'));
  });

  test('starts a command that exists, with settings that exist, and can be asked how it is', () => {
    const [command = ''] = of('CMD');
    expect(existsSync(new URL(`../src/cli/${commandOf(JSON.parse(command))}.ts`, import.meta.url))).toBe(true);
    for (const [, name] of of('ENV')
      .join(' ')
      .matchAll(/(?<![-\w])([A-Z_]+)=/g))
      expect([...Object.keys(SETTINGS), 'NODE_ENV', 'NODE_OPTIONS']).toContain(name);
    expect(of('HEALTHCHECK')[0]).toContain('/healthz');
    expect(of('EXPOSE')).toEqual([String(SETTINGS.PORT.default)]);
  });

  test('copies every file the program reads at run time', () => {
    const ignored = read('.dockerignore').split('\n');
    for (const needed of ['src', 'migrations', 'sources', 'package.json', 'package-lock.json', '.npmrc'])
      expect(ignored).not.toContain(needed);
    expect(ignored).toEqual(expect.arrayContaining(['node_modules', '.git', '.env', '.ombre']));
  });
});
