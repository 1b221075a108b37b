import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runChecks } from '../../src/app/doctor/checks.ts';
import { readConfig } from '../../src/config.ts';
import { header, type MailServer, mailServer, parsed } from '../digest/mail-server.ts';
import { findRedis, type RedisServer, startRedis } from '../queue/redis-server.ts';
import { environmentOf, instructionsOf, services, writableFolders } from '../support/compose.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';

/** Generous, because the machine may be busy: nothing here waits for a time, but for something to be so. */
const PATIENCE_MS = 150_000;
const APP = fileURLToPath(new URL('../../', import.meta.url));
/** A registry that asks nobody: its only row is switched off. */
const REGISTRY = `- slug: example-board
  name: "Example Board"
  system: greenhouse
  target: { board: "example" }
  disabled: "nobody is asked in a test"
`;

/** Tagged by the worker's own rules before anybody is told of it. */
const POSTING = {
  id: 'one',
  title: 'Territory Sales Manager, Rehabilitation Equipment',
  text: 'You sell rehabilitation equipment to hospitals and clinics, meet a sales quota and demonstrate products. A licensed occupational therapist or physical therapist is preferred.',
};

let database: TestDatabase;
let redis: RedisServer | null = null;
let mailbox: MailServer;
let machine: string;
let port: number;
const running: ChildProcess[] = [];

beforeAll(async () => {
  database = await emptyDatabase();
  mailbox = await mailServer();
  const binary = await findRedis();
  if (binary) redis = await startRedis(binary);
  else console.warn('redis-server is not installed: the services are tried on the queue in Postgres instead');
  machine = await mkdtemp(path.join(tmpdir(), 'ombre-compose-'));
  port = await freePort();
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await redis?.stop();
  await mailbox.close();
  await database.drop();
  await rm(machine, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return free;
}

/** What the service gets from compose, with the other services where they are here and its folders where a volume or its container would have them. */
function environment(name: string): Record<string, string> {
  const service = services[name]!;
  const folders = [...writableFolders(service)];
  const place = (value: string) => {
    const [folder, volume] = folders.find(([mounted]) => value === mounted || value.startsWith(`${mounted}/`)) ?? ['', null];
    if (folder === '' && service.read_only) throw new Error(`${name} may not write ${value}`);
    return path.join(machine, volume ? `volumes/${volume}` : `containers/${name}${folder}`, value.slice(folder.length));
  };
  const local: Record<string, string> = {
    ...Object.fromEntries(
      Object.entries(environmentOf(service)).map(([key, value]) => [key, value.startsWith('/') ? place(value) : value]),
    ),
    DATABASE_URL: database.url,
    REDIS_URL: redis?.url ?? '',
    HOST: '127.0.0.1',
    PORT: String(port),
    // Each container has a network of its own; here they share one.
    METRICS_PORT: '0',
  };
  if (local.SMTP_URL === 'smtp://mailpit:1025') local.SMTP_URL = mailbox.url;
  return { PATH: process.env.PATH ?? '', ...local };
}

const program = (word = '') => (word === 'node' ? process.execPath : word);

/** Starts a service by its own command. */
function start(name: string): ChildProcess {
  const [word, ...args] = services[name]!.command!;
  const child = spawn(program(word), args, { cwd: APP, env: environment(name), stdio: ['ignore', 'inherit', 'inherit'] });
  running.push(child);
  return child;
}

async function exitOf(child: ChildProcess): Promise<number | null> {
  return child.exitCode ?? (await once(child, 'exit'))[0];
}

/** Exit code of the service's own health check: 0 is healthy. */
async function health(name: string): Promise<number> {
  const check =
    services[name]!.healthcheck?.test ??
    [
      ...instructionsOf('HEALTHCHECK')
        .join()
        .matchAll(/CMD (\[.*\])$/g),
    ].flatMap(([, words = '']) => ['CMD', ...JSON.parse(words)]);
  const [, word, ...args] = check;
  return new Promise(resolve => {
    execFile(program(word), args, { cwd: APP, env: environment(name) }, error => resolve(error ? Number(error.code) : 0));
  });
}

async function until<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    for (const child of running)
      if (child.exitCode !== null && child.exitCode !== 0) throw new Error(`a service ended with ${child.exitCode} before ${what}`);
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

const origin = () => `http://127.0.0.1:${port}`;
const mail = (n: number) => until(`mail ${n} arrived`, async () => mailbox.accepted[n - 1]);
/** A link of a mail, as far as it leads here: PUBLIC_URL is where people are, behind what compose publishes. */
const here = (link: string) => origin() + link.slice(environment('api').PUBLIC_URL!.length);

test('with compose’s own settings a reader subscribes, is asked, confirms and gets a digest, and the health checks see a worker that hangs', async () => {
  await mkdir(environment('worker').SOURCES_DIR!, { recursive: true });
  await writeFile(path.join(environment('worker').SOURCES_DIR!, 'one.yaml'), REGISTRY);

  expect(await exitOf(start('migrate'))).toBe(0);
  const api = start('api');
  await until('the API is healthy', async () => (await health('api')) === 0);
  expect(await health('worker')).not.toBe(0);

  const wish = { email: 'reader@example.org', filter: 'path=sales', cadence: 'daily', hour: '7', zone: 'UTC' };
  expect((await fetch(`${origin()}/subscribe`, { method: 'POST', body: new URLSearchParams(wish) })).status).toBe(202);
  const { rows } = await sql<{ now: Date }>`select now() as now`.execute(database.db);
  await insertPostings(database.db, [{ ...POSTING, first_seen: rows[0]!.now.toISOString() }]);
  const worker = start('worker');
  const asked = await parsed(await mail(1));
  expect(asked.from?.address).toBe('digest@ombre.example');
  const [confirm = ''] = /http\S+\/subscribe\/confirm\/\S+/.exec(asked.text ?? '') ?? [];
  expect((await fetch(here(confirm))).status).toBe(200);
  const confirmed = await fetch(here(confirm), { method: 'POST', body: new URLSearchParams() });
  expect([confirmed.status, await confirmed.text()]).toEqual([200, expect.stringContaining('You’re subscribed')]);

  // Its hour has come, once there is something to tell: what the worker's own rules say of the posting.
  const rulesOf = async () => (await database.db.selectFrom('postings').select('rules_version').executeTakeFirstOrThrow()).rules_version;
  await until('the worker has read the posting', async () => (await rulesOf()) !== 'test');
  await database.db.updateTable('subscriptions').set({ next_due_at: sql<Date>`now()` }).execute();

  await until('the worker is healthy', async () => (await health('worker')) === 0);
  worker.kill('SIGSTOP');
  await until('a worker that hangs is unhealthy', async () => (await health('worker')) !== 0);
  worker.kill('SIGCONT');
  await until('a worker that goes on is healthy again', async () => (await health('worker')) === 0);

  const digest = await parsed(await mail(2));
  expect([digest.to?.[0]?.address, digest.text]).toEqual(['reader@example.org', expect.stringContaining(POSTING.title)]);
  expect(digest.text).toContain(environment('worker').POSTAL_ADDRESS);
  const [, unsubscribe = ''] = /<(http[^>]+)>/.exec(header(digest, 'list-unsubscribe') ?? '') ?? [];
  // The worker made this link, and the API knows its key.
  expect((await fetch(here(unsubscribe))).status).toBe(200);

  const ready = await fetch(`${origin()}/readyz`);
  expect([ready.status, await ready.text()]).toEqual([200, expect.stringContaining('1 worker gives a sign of life')]);
  const checks = await runChecks(readConfig(environment('worker')));
  for (const name of ['postgres', 'queue', 'digest', 'worker', 'smtp', 'sources'])
    expect(
      checks.find(check => check.name === name),
      name,
    ).toMatchObject({ ok: true });
  expect(checks.find(check => check.name === 'keys')).toBeUndefined();

  worker.kill('SIGTERM');
  api.kill('SIGTERM');
  expect([await exitOf(worker), await exitOf(api)]).toEqual([0, 0]);
  expect(await health('worker')).not.toBe(0);
}, 400_000);
