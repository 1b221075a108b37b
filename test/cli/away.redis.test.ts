import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findRedis, type RedisServer, startRedis } from '../queue/redis-server.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type OmbreProcess, quietRegistry, startOmbre } from './ombre-process.ts';

const binary = await findRedis();

if (binary === null) {
  console.log('redis-server is not installed: services without Redis are not tested here (apt-get install redis-server)');
}

describe.skipIf(binary === null)('a Redis that goes away', () => {
  let redis: RedisServer;
  let database: TestDatabase;
  let home: string;
  let sources: string;

  beforeAll(async () => {
    [redis, database, home] = await Promise.all([startRedis(binary ?? ''), testDatabase(), mkdtemp(join(tmpdir(), 'ombre-redis-away-'))]);
    sources = await quietRegistry(home);
  });
  afterAll(async () => {
    await redis?.stop();
    await database?.drop();
    await rm(home, { recursive: true, force: true });
  });

  function ombre(command: string, env: Record<string, string> = {}): OmbreProcess {
    const settings = { OMBRE_HOME: home, SOURCES_DIR: sources, DATABASE_URL: database.url, REDIS_URL: redis.url };
    const started = startOmbre([command], { ...settings, ...env });
    onTestFinished(() => {
      if (started.child.exitCode === null && started.child.signalCode === null) started.child.kill('SIGKILL');
    });
    return started;
  }

  const status = async (address: string, path: string) => (await fetch(address + path)).status;
  const lines = (text: string, what: RegExp) => text.split('\n').filter(line => what.test(line));
  const warnings = (text: string) => lines(text, /"level":[45]0/);

  test('leaves the site up, whether it is away from the beginning or later, and is back by itself', async () => {
    let api: OmbreProcess | undefined;
    let address = '';
    const expectAway = async () => {
      await api?.until(async () => (await status(address, '/readyz')) === 503);
      expect(await (await fetch(`${address}/readyz`)).text()).toContain('"name":"queue","ok":false');
      expect(await status(address, '/healthz')).toBe(200);
      expect(await status(address, '/api/v1/postings')).toBe(200);
    };
    await redis.restart(async () => {
      api = ombre('api');
      address = await api.address();
      await expectAway();
    });
    await api?.until(async () => (await status(address, '/readyz')) === 200);
    await redis.restart(expectAway);
    await api?.until(async () => (await status(address, '/readyz')) === 200);
    await api?.until(() => lines(api?.said() ?? '', /redis is back/).length === 2);
    expect(lines(api?.said() ?? '', /redis is away/), api?.said()).toHaveLength(2);
    // Besides, /readyz says each time that it turned unwell, and the new key for the mails is told.
    expect(warnings(api?.said() ?? '').length, api?.said()).toBeLessThan(6);
    expect(await api?.ended('SIGTERM')).toBe(0);
  }, 90_000);

  test('is waited for by start, whose site is up meanwhile, in one line every half minute', async () => {
    let start: OmbreProcess | undefined;
    await redis.restart(async () => {
      start = ombre('start');
      const address = await start.address();
      await start.until(() => start?.said().includes('waiting for the queue') ?? false);
      expect(await status(address, '/api/v1/postings')).toBe(200);
      expect(warnings(start.said()), start.said()).toHaveLength(1);
    });
    const address = (await start?.address()) ?? '';
    await start?.until(async () => (await status(address, '/readyz')) === 200);
    expect(await start?.ended('SIGTERM')).toBe(0);
  }, 90_000);

  test('ends a worker with one sentence when START_WAIT_SECONDS are over', async () => {
    await redis.restart(async () => {
      const worker = ombre('worker', { START_WAIT_SECONDS: '1' });
      expect(await worker.ended()).toBe(3);
      expect(lines(worker.said(), /^ombre: The queue does not answer: redis \(connect ECONNREFUSED/)).toHaveLength(1);
      expect(lines(worker.said(), /./).length, worker.said()).toBeLessThan(4);
    });
  }, 60_000);
});
