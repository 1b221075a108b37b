import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../src/postgres/server/cluster.ts';
import { type PostgresServer, startPostgres } from '../queue/postgres-server.ts';
import { createDatabase, onServer, withDatabase } from '../support/server.ts';
import { type OmbreProcess, quietRegistry, startOmbre } from './ombre-process.ts';

let postgres: PostgresServer;
let home: string;
let sources: string;
let serial = 0;

beforeAll(async () => {
  [postgres, home] = await Promise.all([startPostgres(), mkdtemp(join(tmpdir(), 'ombre-away-'))]);
  sources = await quietRegistry(home);
}, 120_000);
afterAll(async () => {
  await postgres?.stop();
  await rm(home, { recursive: true, force: true });
});

function ombre(command: string, env: Record<string, string>): OmbreProcess {
  const started = startOmbre([command], { OMBRE_HOME: home, SOURCES_DIR: sources, ...env });
  onTestFinished(() => {
    if (started.child.exitCode === null && started.child.signalCode === null) started.child.kill('SIGKILL');
  });
  return started;
}

/** Settings of a command on an empty database of its own. */
async function onPostgres(): Promise<Record<string, string>> {
  serial += 1;
  const name = `away_${serial}`;
  await onServer(postgres.url, client => createDatabase(client, name));
  return { DATABASE_URL: withDatabase(postgres.url, name) };
}

const status = async (address: string, path: string) => (await fetch(address + path)).status;
const lines = (text: string, what: RegExp) => text.split('\n').filter(line => what.test(line));

describe('a Postgres that is not there when a service begins', () => {
  test.each(['start', 'worker', 'api'])('is waited for by %s for START_WAIT_SECONDS, and then told in one sentence', async command => {
    const port = await freePort();
    const process = ombre(command, { DATABASE_URL: `postgres://ombre:secret@127.0.0.1:${port}/ombre`, START_WAIT_SECONDS: '2' });
    expect(await process.ended()).toBe(3);
    expect(lines(process.said(), /waiting for Postgres/)).toHaveLength(1);
    expect(lines(process.said(), /^ombre: Postgres does not answer: connect ECONNREFUSED/)).toHaveLength(1);
    expect(process.said()).not.toMatch(/ at .*\.(?:ts|js):\d|secret/);
  });

  test.each([
    ['an unknown database', (url: string) => withDatabase(url, 'nobody_made_this'), 3],
    ['a wrong password', (url: string) => url.replace('ombre:ombre@', 'ombre:wrong@'), 3],
    ['encryption that the server does not offer', (url: string) => `${url}?sslmode=require`, 3],
    ['another scheme', (url: string) => url.replace(/^postgres/, 'mysql'), 2],
  ])('is not waited for when the address has %s', async (_, wrong, code) => {
    const process = ombre('worker', { DATABASE_URL: wrong(postgres.url), START_WAIT_SECONDS: '600' });
    expect(await process.ended()).toBe(code);
    expect(lines(process.said(), /waiting/)).toEqual([]);
    expect(lines(process.said(), /^ombre: /)).toHaveLength(1);
  });

  test.each(['feed', 'migrate'])('is not waited for by a command that does one thing: %s', async command => {
    const port = await freePort();
    const process = ombre(command, { DATABASE_URL: `postgres://ombre@127.0.0.1:${port}/ombre`, START_WAIT_SECONDS: '600' });
    expect(await process.ended()).toBe(3);
    expect(lines(process.said(), /^ombre: Postgres does not answer/)).toHaveLength(1);
  });

  test('lets a service that waits for it be stopped at once, without an error', async () => {
    const port = await freePort();
    const process = ombre('start', { DATABASE_URL: `postgres://ombre@127.0.0.1:${port}/ombre` });
    await process.until(() => process.said().includes('waiting for Postgres'));
    expect(await process.ended('SIGTERM')).toBe(0);
    expect(lines(process.said(), /./)).toHaveLength(1);
  });
});

describe('a site whose Postgres goes away', () => {
  test('says so with 503 and a line or two, is there again with it, and stops at once when told to meanwhile', async () => {
    const process = ombre('api', await onPostgres());
    const address = await process.address();
    await process.until(async () => (await status(address, '/readyz')) === 200);
    await postgres.restart(async () => {
      await process.until(async () => (await status(address, '/readyz')) === 503);
      for (let n = 0; n < 10; n += 1) expect(await status(address, '/api/v1/postings')).toBe(503);
      expect(await status(address, '/healthz')).toBe(200);
      const problem = await (await fetch(`${address}/api/v1/postings`)).text();
      expect(problem).toContain('Postgres does not answer');
      expect(problem).not.toContain('ECONNREFUSED');
    });
    await process.until(async () => (await status(address, '/readyz')) === 200);
    // One for Postgres, one for the queue, one or two for what /readyz saw.
    const told = lines(process.said(), /"level":[45]0/).filter(line => !line.includes('made a new key'));
    expect(told.length, told.join('\n')).toBeLessThan(5);
    expect(lines(process.said(), /Postgres is back/)).toHaveLength(1);
    await postgres.restart(async () => {
      const begun = Date.now();
      expect(await process.ended('SIGTERM')).toBe(0);
      expect(Date.now() - begun).toBeLessThan(15_000);
    });
  }, 90_000);
});

test('start tells that its port is taken before it reads the registry or visits anything', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await sleep(0);
  const settings = await onPostgres();
  const process = ombre('start', { ...settings, PORT: String((other.address() as AddressInfo).port) });
  expect(await process.ended()).toBe(3);
  expect(lines(process.said(), /^ombre: The port is taken/)).toHaveLength(1);
  const queues = "select count(*)::int as n from information_schema.schemata where schema_name = 'ombre_queue'";
  const { rows } = await onServer(settings.DATABASE_URL ?? '', client => client.query<{ n: number }>(queues));
  expect(rows).toEqual([{ n: 0 }]);
});

test('a private Postgres that dies under start is started again at the same port, and given up when it dies again and again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ombre-kept-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const ombre = startOmbre(['start'], { OMBRE_HOME: folder, SOURCES_DIR: sources });
  onTestFinished(() => {
    if (ombre.child.exitCode === null && ombre.child.signalCode === null) ombre.child.kill('SIGKILL');
  });
  const address = await ombre.address();
  const data = join(folder, 'postgres', 'data');
  const server = async () => Number((await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
  const kill = async () => {
    const pid = await server();
    // Process 0 would be every process of this test.
    expect(pid).toBeGreaterThan(1);
    process.kill(pid, 'SIGKILL');
    return pid;
  };
  const ready = () => status(address, '/readyz').then(code => code === 200);
  await ombre.until(ready);
  for (let n = 0; n < 5; n += 1) {
    const pid = await kill();
    await ombre.until(async () => (await server()) !== pid && (await ready()));
  }
  await kill();
  expect(await ombre.ended()).toBe(3);
  expect(lines(ombre.said(), /^ombre: Postgres does not answer: the private PostgreSQL .* died 6 times/)).toHaveLength(1);
}, 180_000);
