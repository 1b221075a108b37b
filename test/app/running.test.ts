import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkQueue } from '../../src/app/doctor/queue.ts';
import { checkRunning } from '../../src/app/doctor/running.ts';
import { startHeartbeat } from '../../src/app/heartbeat.ts';
import { lookAtHeartbeat } from '../../src/app/heartbeat-file.ts';
import { serveApi } from '../../src/app/serving.ts';
import { readConfig } from '../../src/config.ts';
import { markOfKeys, openKeyring } from '../../src/digest/keys.ts';
import { openQueues, type Queues } from '../../src/queue/connection.ts';
import { pingQueue } from '../../src/queue/ping.ts';
import { keepTicking } from '../../src/queue/ticking.ts';
import { startWorker } from '../../src/queue/worker.ts';
import { beat, stopBeating, workersSeen } from '../../src/store/heartbeats.ts';
import { noteProxy } from '../../src/store/proxy-sightings.ts';
import { runOmbre } from '../cli/ombre-process.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const me = { id: ID, host: 'here', pid: 7, digestKey: null };
const silent = pino({ level: 'silent' });
let t: TestDatabase;
let home: string;
let queues: Queues;
beforeAll(async () => {
  t = await testDatabase();
  home = await mkdtemp(join(tmpdir(), 'ombre-running-'));
  queues = await openQueues(readConfig({}), t.url);
});
afterAll(async () => {
  await queues.close();
  await t.drop();
  await rm(home, { recursive: true });
});
beforeEach(async () => {
  await sql`truncate heartbeats, proxy_sightings`.execute(t.db);
});

const settings = (env: Record<string, string> = {}) => readConfig({ DATABASE_URL: t.url, OMBRE_HOME: home, PORT: '0', ...env });
const look = async (name: string, env: Record<string, string> = {}) =>
  (await checkRunning(settings(env), t.url)).find(check => check.name === name);
const agesBy = (interval: string) => sql`update heartbeats set beaten_at = now() - ${interval}::interval`.execute(t.db);

async function until(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await new Promise(resolve => setTimeout(resolve, 50));
}

describe('doctor', () => {
  test('says when workers live and none of them keeps the schedule', async () => {
    const queue = () => checkQueue(settings(), t.url);
    // Nobody works: somebody's will.
    expect(await queue()).toMatchObject({ ok: true });
    await beat(t.db, me);
    expect(await queue()).toMatchObject({ ok: false, message: expect.stringContaining('no tick is planned') });
    const ticking = await keepTicking(queues.ticks, 'tick', 60_000, { log: silent, onError: () => undefined });
    ticking.stop();
    expect(await queue()).toMatchObject({ ok: true });
    await sql`update ombre_queue.job set process_at_ms = process_at_ms - 600000, added_at_ms = added_at_ms - 600000 where queue = 'ticks'`.execute(
      t.db,
    );
    // The first one waits already, the next for its time.
    expect(await queue()).toMatchObject({
      ok: false,
      message: expect.stringContaining('No worker asks for due sources: the tick has waited since 20'),
      remedy: expect.stringContaining('--no-schedule'),
    });
  });

  test('finds nothing amiss where no worker has run, or the last one was stopped as it should be', async () => {
    expect(await look('worker')).toMatchObject({ ok: true, message: 'no worker has run on this database yet' });
    await beat(t.db, me);
    expect(await look('worker')).toMatchObject({ ok: true, message: '1 worker gives a sign of life' });
    await stopBeating(t.db, ID);
    expect(await look('worker')).toMatchObject({ ok: true, message: expect.stringContaining('the last one was stopped') });
  });

  test('says since when a worker that has not stopped was not seen, as long as no other one lives', async () => {
    await beat(t.db, me);
    await agesBy('17 minutes');
    expect(await look('worker')).toMatchObject({ ok: false, message: expect.stringContaining('no worker has been seen for 17 minutes') });
    await beat(t.db, { ...me, id: ID.replace(/1$/, '2') });
    expect(await look('worker')).toMatchObject({ ok: true });
  });

  test('says when a running worker makes links with another key', async () => {
    const one = { DIGEST_KEYS: `k1:${'a'.repeat(32)}` };
    const other = { DIGEST_KEYS: `k1:${'b'.repeat(32)}` };
    await beat(t.db, { ...me, digestKey: markOfKeys(await openKeyring(settings(one))) });
    expect(await look('keys', one)).toBeUndefined();
    expect(await look('keys', other)).toMatchObject({ ok: false, remedy: expect.stringContaining('DIGEST_KEYS_FILE') });
  });

  test('is told by the API, another process, of a proxy that TRUST_PROXY does not name, until it does', async () => {
    const api = await serveApi(settings(), t.url, () => pingQueue(queues));
    try {
      expect(await look('proxy')).toBeUndefined();
      await fetch(`${api.address}/healthz`, { headers: { 'x-forwarded-for': '192.0.2.1' } });
      await until(async () => (await look('proxy')) !== undefined);
      expect(await look('proxy')).toMatchObject({
        ok: false,
        message: expect.stringContaining('127.0.0.1 sends x-forwarded-for'),
        remedy: expect.stringContaining('set TRUST_PROXY to 127.0.0.1'),
      });
      expect(await look('proxy', { TRUST_PROXY: 'loopback' })).toBeUndefined();
    } finally {
      await api.close();
    }
  });

  test('calls it no fault when a visitor from afar sends such a header, because anybody can', async () => {
    await noteProxy(t.db, { peer: '203.0.113.9', header: 'x-forwarded-for' });
    expect(await look('proxy')).toMatchObject({ ok: true, message: expect.stringContaining('203.0.113.9') });
  });
});

describe('a worker', () => {
  test('beats while its queue gives out jobs, says once when it cannot, and stops beating when it stops', async () => {
    const logged: string[] = [];
    const log = pino({}, { write: (line: string) => logged.push(JSON.parse(line).msg) });
    const worker = await startWorker({ queues, concurrency: 1, log: silent, handlers: { visit: async () => undefined } });
    expect(worker.isTaking()).toBe(true);
    let taking = false;
    const parts = { queues, worker: { isTaking: () => taking && worker.isTaking() }, digestKey: null };
    const heartbeat = startHeartbeat({ config: settings(), db: t.db, log }, parts);
    await until(async () => logged.length > 0);
    expect(logged).toEqual([expect.stringContaining('the queue gives out no jobs')]);
    expect([await lookAtHeartbeat(settings()), (await workersSeen(t.db)).alive]).toMatchObject([{ ok: false }, 0]);
    taking = true;
    await until(async () => (await lookAtHeartbeat(settings())).ok);
    expect((await workersSeen(t.db)).alive).toBe(1);
    await worker.close();
    expect(worker.isTaking()).toBe(false);
    await heartbeat.close();
    expect([await lookAtHeartbeat(settings()), await workersSeen(t.db)]).toMatchObject([
      { ok: false },
      { alive: 0, last: { stopped: true } },
    ]);
  });

  test('is asked by `ombre health`, which ends with 3 for a sign of life that is missing, old, or from before the clock was set back', async () => {
    const health = () => runOmbre(['health'], { OMBRE_HOME: home });
    const file = join(home, 'worker.heartbeat');
    await rm(file, { force: true });
    expect(await health()).toEqual({ code: 3, out: '', err: `ombre: No worker gives a sign of life: ${file} is not there\n` });
    await writeFile(file, '');
    expect(await health()).toMatchObject({ code: 0, err: '' });
    for (const minutes of [-2, 2]) {
      const then = new Date(Date.now() + minutes * 60_000);
      await utimes(file, then, then);
      expect((await health()).code).toBe(3);
    }
    await rm(file);
  });
});
