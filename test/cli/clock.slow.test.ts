import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkClock, skewText } from '../../src/app/doctor/clock.ts';
import { liveFetcher } from '../../src/app/fetchers.ts';
import { logger } from '../../src/app/stored.ts';
import { visitor } from '../../src/app/visitor.ts';
import { readConfig } from '../../src/config.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { nextVisit } from '../../src/pipeline/next-visit.ts';
import { putSources } from '../../src/store/visit/sources.ts';
import { type Answering, type BoardServer, serve } from '../support/boards.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { findFaketime, spawnAt } from '../support/faketime.ts';
import { jobSite } from '../support/job-site.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const DAY = 86_400_000;
const faketime = await findFaketime();
if (faketime === null)
  console.log('faketime is not installed: whole commands are not run under wrong clocks here (apt-get install faketime)');

let database: TestDatabase;
let server: BoardServer;
let answer: Answering;
let folder: string;
beforeAll(async () => {
  database = await testDatabase();
  server = await serve((...request) => answer(...request));
  folder = await mkdtemp(join(tmpdir(), 'ombre-clock-'));
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  await server.close();
  await database.drop();
  await rm(folder, { recursive: true });
});

const day = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
/** A site with one posting of yesterday, and one that says it is of next year. */
const site = () => {
  const postings = [
    { slug: 'utilization-review-therapist-1', title: 'Utilization Review Therapist', posted: day(-1) },
    { slug: 'utilization-review-therapist-2', title: 'Utilization Review Therapist', posted: day(300) },
  ];
  return jobSite(() => postings);
};
const target = (path = '') => ({ sitemap: `${server.origin}${path}/sitemap.xml` });

/** Every time that is stored, as days from the database's now. */
async function storedDays(): Promise<Record<string, number | null>[]> {
  const days = (column: string) => sql`(extract(epoch from ${sql.ref(column)} - now()) / 86400)::float8`.as(column);
  const { rows } = await sql<Record<string, number | null>>`
    select ${sql.join(
      [
        'next_visit_at',
        'cooling_until',
        'last_complete_at',
        'started_at',
        'ended_at',
        'first_seen',
        'last_seen',
        'updated_at',
        'posted_at',
      ].map(days),
    )}, (select max(extract(epoch from fetched_at - now()) / 86400)::float8 from robots_verdicts) as robots_fetched,
      (select max(extract(epoch from expires_at - now()) / 86400)::float8 from robots_verdicts) as robots_expires
    from sources s join visits v on v.source_id = s.id left join postings p on p.source_id = s.id`.execute(database.db);
  return rows;
}

async function empty(): Promise<void> {
  await sql`truncate sources, visits, postings, robots_verdicts, host_limits restart identity cascade`.execute(database.db);
}

const SOON = 1 / 24;
const RIGHT = {
  next_visit_at: expect.toSatisfy((days: number) => days > 0.9 && days <= 1),
  cooling_until: null,
  last_complete_at: expect.closeTo(0, 1),
  started_at: expect.closeTo(0, 1),
  ended_at: expect.closeTo(0, 1),
  first_seen: expect.closeTo(0, 1),
  last_seen: expect.closeTo(0, 1),
  updated_at: expect.closeTo(0, 1),
  posted_at: expect.toSatisfy((days: number | null) => days === null || (days > -2.5 && days < SOON)),
  robots_fetched: expect.closeTo(0, 1),
  robots_expires: expect.closeTo(1, 1),
};

describe.each([400, -400])('in a process whose clock is %i days off', offset => {
  const parts = async () => {
    const config = readConfig({ ALLOW_PRIVATE_HOSTS: new URL(server.origin).host, CRAWL_DELAY_MS: '0', LOG_LEVEL: 'silent' });
    return { config, log: logger(config), db: database.db, systems: await loadSystems() };
  };
  const visitOnce = async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offset * DAY });
    const made = await parts();
    const row = { slug: 'fern', name: 'Fernleaf', system: 'jsonld', target: target(), enabled: true, disabledReason: null };
    const [source] = await putSources(database.db, [{ ...row, everyMinutes: 1440, notes: null }]);
    const fetcher = liveFetcher(made);
    try {
      return await visitor(made, fetcher)(source!.id, new AbortController().signal);
    } finally {
      await fetcher.close();
      vi.useRealTimers();
    }
  };

  test("a visit stores the database's times, and no posting is of the future", async () => {
    await empty();
    answer = site();
    expect(await visitOnce()).toMatchObject({ outcome: 'complete', postings: { new: 2 } });
    expect(await storedDays()).toEqual([RIGHT, RIGHT]);
  });

  test('a host that asks for two hours is left alone for two hours', async () => {
    await empty();
    answer = () => ({ status: 503, text: 'later', headers: { 'retry-after': '7200' } });
    expect(await visitOnce()).toMatchObject({ outcome: 'failed' });
    const [row] = await storedDays();
    expect(row?.cooling_until).toBeCloseTo(2 / 24, 2);
    expect(nextVisit({ everyMinutes: 1440, failures: 0 }, { outcome: 'failed', code: 'E_THROTTLED', askedMs: 7_200_000 }).coolMs).toBe(
      7_200_000,
    );
  });

  test('doctor says by how much, and which of the two is ahead', async () => {
    const [check] = await checkClock(database.url, () => Date.now() + offset * DAY);
    expect(check).toMatchObject({ name: 'clock', ok: false, message: skewText(offset * DAY), remedy: expect.stringContaining('NTP') });
    expect(check?.message).toBe(`the clock of this machine is 400 days ${offset > 0 ? 'ahead of' : 'behind'} the database's`);
    expect(await checkClock(database.url)).toMatchObject([{ name: 'clock', ok: true }]);
  });
});

describe.skipIf(faketime === null)('commands under a clock 400 days ahead', () => {
  const env = () => ({
    DATABASE_URL: database.url,
    OMBRE_HOME: folder,
    SOURCES_DIR: folder,
    ALLOW_PRIVATE_HOSTS: new URL(server.origin).host,
    CRAWL_DELAY_MS: '0',
    LOG_LEVEL: 'warn',
  });
  const run = (offset: string | null, args: string[]) =>
    new Promise<{ code: number; stdout: string }>(resolve => {
      const clock = offset === null ? {} : { LD_PRELOAD: faketime!, FAKETIME: offset };
      execFile(process.execPath, [MAIN, ...args], { env: { ...process.env, ...env(), ...clock } }, (error, stdout) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout }),
      );
    });
  beforeAll(async () => {
    const { sitemap } = target();
    await writeFile(join(folder, 'sites.yaml'), `- slug: fern\n  name: Fernleaf\n  system: jsonld\n  target: { sitemap: "${sitemap}" }\n`);
  });

  test('a crawl stores right times, and its source is well and due in a day', { timeout: 90_000 }, async () => {
    await empty();
    answer = site();
    expect((await run('+400d', ['crawl', 'fern', '--json'])).code).toBe(0);
    expect(await storedDays()).toEqual([RIGHT, RIGHT]);
    const { code, stdout } = await run(null, ['sources', 'health', '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, [{ slug: 'fern', state: 'ok' }]]);
  });

  test('what an older version stored under such a clock does not keep a worker from visiting', { timeout: 90_000 }, async () => {
    await empty();
    answer = site();
    await run(null, ['crawl', 'fern', '--json']);
    const ahead = sql<Date>`now() + interval '400 days'`;
    await database.db.updateTable('sources').set({ next_visit_at: ahead, last_complete_at: ahead, cooling_until: ahead }).execute();
    await database.db.updateTable('visits').set({ started_at: ahead, ended_at: ahead }).execute();
    await database.db.updateTable('postings').set({ first_seen: ahead, last_seen: ahead, updated_at: ahead }).execute();
    const { code, stdout } = await run(null, ['sources', 'health', '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([1, [{ state: 'sick' }]]);

    const worker = spawnAt(faketime!, null, MAIN, ['worker'], env());
    try {
      const visits = () => database.db.selectFrom('visits').select('ended_at').where('ended_at', 'is not', null).execute();
      while ((await visits()).length < 2) await sleep(50);
    } finally {
      worker.kill('SIGTERM');
      await once(worker, 'exit');
    }
    for (const row of await storedDays()) expect(row).toEqual({ ...RIGHT, next_visit_at: expect.closeTo(1, 1) });
    expect((await run(null, ['sources', 'health'])).code).toBe(0);
  });

  test('doctor says that the clocks differ', { timeout: 90_000 }, async () => {
    const { code, stdout } = await run('+400d', ['doctor', '--json']);
    expect(code).toBe(1);
    const { checks } = JSON.parse(stdout) as { checks: { name: string; ok: boolean; message: string }[] };
    expect(checks.find(check => check.name === 'clock')).toMatchObject({
      ok: false,
      message: expect.stringContaining('400 days ahead of'),
    });
  });
});
