import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SETTINGS } from '../src/config.ts';

const read = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');

const Service = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).optional(),
  depends_on: z
    .record(z.string(), z.object({ condition: z.enum(['service_healthy', 'service_completed_successfully', 'service_started']) }))
    .default({}),
});
const { services, volumes } = z
  .object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.unknown()) })
  .parse(parse(read('docker-compose.yml'), { merge: true }));

/** The instructions of the Dockerfile, continued lines joined, comments gone. */
const instructions = read('Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter(line => line.trim() !== '')
  .map(line => ({ name: line.split(' ')[0] as string, rest: line.slice(line.indexOf(' ') + 1) }));
const of = (name: string) => instructions.filter(instruction => instruction.name === name).map(({ rest }) => rest);

const ours = Object.entries(services).filter(([, service]) => service.build !== undefined);
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
    expect(of('FROM')).toEqual([expect.stringMatching(/^node:24\.\d+\.\d+-[a-z]+-slim$/)]);
  });

  test('runs on the Node that an installation elsewhere brings with it', () => {
    const lock = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });
    const { packages } = lock.parse(JSON.parse(read('package-lock.json')));
    expect(of('FROM')[0]).toContain(`node:${packages['node_modules/node']?.version}-`);
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
      .matchAll(/(\w+)=/g))
      expect([...Object.keys(SETTINGS), 'NODE_ENV']).toContain(name);
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
