import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { followRules, retag } from '../../src/app/rules-version.ts';
import { visitor } from '../../src/app/visitor.ts';
import { defaultRules } from '../../src/classify/compile/compile.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { openQueues, type Queues } from '../../src/queue/connection.ts';
import { enqueueRetag } from '../../src/queue/visits.ts';
import { startWorker } from '../../src/queue/worker.ts';
import { announceVersion, putInForce, versionInForce } from '../../src/store/tags/rules-versions.ts';
import { putSources, type Source } from '../../src/store/visit/sources.ts';
import { type BoardServer, boardEngine, serve, workdayBoard } from '../support/boards.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { runOmbre } from './ombre-process.ts';

const { version } = defaultRules();
const OTHER = '999-other';
const log = pino({ level: 'silent' });
const never = new AbortController().signal;

let database: TestDatabase;
let server: BoardServer;
let source: Source;
const titles = ['Utilization Review Therapist', 'Line Cook'];

beforeAll(async () => {
  database = await testDatabase();
  server = await serve(
    workdayBoard(
      () => [0, 1],
      n => titles[n] ?? '',
    ),
  );
  const target = { host: 'acme.wd5.myworkdayjobs.com', tenant: 'acme', site: 'External' };
  const row = { slug: 'acme', name: 'Acme Health', system: 'workday', target, enabled: true, disabledReason: null };
  [source] = (await putSources(database.db, [{ ...row, everyMinutes: 60, notes: null }])) as [Source];
});
afterAll(async () => {
  await server?.close();
  await database?.drop();
});
beforeEach(async () => {
  await database.db.deleteFrom('rules_versions').execute();
  server.requests.length = 0;
});

async function visit() {
  const fetcher = boardEngine(server.origin);
  try {
    return await visitor({ db: database.db, systems: await loadSystems() }, fetcher)(source.id, never);
  } finally {
    await fetcher.close();
  }
}

const postings = () => database.db.selectFrom('postings').selectAll().orderBy('key').execute();
/** As if the other version had tagged everything and triaged the titles the other way round. */
async function turnedRound(): Promise<void> {
  await database.db.updateTable('postings').set({ triage_version: OTHER }).execute();
  await database.db
    .updateTable('postings')
    .set({ rules_version: OTHER, relevance: 'clinical' })
    .where('relevance', 'is not', null)
    .execute();
  await database.db.updateTable('postings').set({ triage: 'drop' }).where('title', '=', 'Utilization Review Therapist').execute();
}

describe('a visit', () => {
  it('puts its version in force where there is none, and decides by its own rules then', async () => {
    await visit();
    expect(await versionInForce(database.db)).toBe(version);
    expect((await postings()).map(row => [row.triage, row.triage_version, row.rules_version])).toEqual([
      ['keep', version, version],
      ['drop', version, null],
    ]);
  });

  it('by a version that is not in force leaves tags and triage as the other one decided, and asks for no page again', async () => {
    await visit();
    await turnedRound();
    await putInForce(database.db, OTHER);
    server.requests.length = 0;
    for (let times = 0; times < 3; times += 1) await visit();
    expect((await postings()).map(row => [row.triage, row.triage_version, row.rules_version])).toEqual([
      ['drop', OTHER, OTHER],
      ['drop', OTHER, null],
    ]);
    expect(server.requests.filter(request => request.startsWith('GET') && !request.endsWith('robots.txt'))).toEqual([]);
  });

  it('by the version in force decides titles anew that another one has dropped', async () => {
    await turnedRound();
    await putInForce(database.db, version);
    await visit();
    expect((await postings())[0]).toMatchObject({
      triage: 'keep',
      triage_version: version,
      relevance: 'nonclinical',
      rules_version: version,
    });
  });
});

describe('a worker', () => {
  let queues: Queues;
  beforeEach(async () => {
    await visit();
    queues = await openQueues({ REDIS_URL: null }, database.url);
    return () => queues.close();
  });
  const parts = () => ({ db: database.db, log });

  it('re-tags what another version has tagged as soon as it is in force', async () => {
    await database.db.updateTable('postings').set({ rules_version: 'before' }).where('rules_version', 'is not', null).execute();
    const worker = await startWorker({
      queues,
      concurrency: 1,
      log,
      handlers: { visit: async () => {}, retag: signal => retag(parts(), signal) },
    });
    const following = followRules(parts(), queues, { everyMs: 100 });
    try {
      await expect.poll(async () => (await postings())[0]?.rules_version, { timeout: 20_000 }).toBe(version);
    } finally {
      await following.close();
      await worker.close();
    }
  });

  it('hears the jobs of its own version only, so that none of another one swallows them', async () => {
    const theirs = await openQueues({ REDIS_URL: null }, database.url, { rulesVersion: OTHER });
    const ours = await openQueues({ REDIS_URL: null }, database.url, { rulesVersion: version });
    const heard: string[] = [];
    const working = (name: string, on: Queues) =>
      startWorker({ queues: on, concurrency: 1, log, handlers: { visit: async () => {}, retag: async () => void heard.push(name) } });
    const workers = [await working('theirs', theirs), await working('ours', ours)];
    try {
      for (let job = 1; job <= 4; job += 1) {
        await enqueueRetag(ours, version);
        await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(job);
        // What is asked for while the job before is still being put away is that job, and not heard again.
        await expect.poll(async () => (await ours.retags.getJobCounts('active')).active, { timeout: 20_000 }).toBe(0);
      }
      expect(new Set(heard)).toEqual(new Set(['ours']));
    } finally {
      await Promise.all(workers.map(worker => worker.close()));
      await Promise.all([theirs.close(), ours.close()]);
    }
  });

  it('asks for nothing and re-tags nothing while another version is in force, also when it gets a job from before', async () => {
    await turnedRound();
    await putInForce(database.db, OTHER);
    const following = followRules(parts(), queues, { everyMs: 50 });
    await expect.poll(() => announceVersion(database.db, version)).toBe(OTHER);
    await following.close();
    expect(await queues.retags.getJobCounts('waiting', 'active', 'delayed')).toMatchObject({ waiting: 0, active: 0 });
    await retag(parts(), never);
    expect((await postings())[0]).toMatchObject({ rules_version: OTHER, relevance: 'clinical' });
  });
});

describe('the command', () => {
  let home: string;
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'ombre-rules-'));
    return () => rm(home, { recursive: true });
  });

  const ombre = (...args: string[]) => runOmbre(args, { DATABASE_URL: database.url, OMBRE_HOME: home });

  it('rules apply puts its version in force and re-tags; with --all it reads everything again, and finds nothing to change', async () => {
    await visit();
    await turnedRound();
    await putInForce(database.db, OTHER);
    const applied = await ombre('rules', 'apply', '--json');
    expect([applied.code, JSON.parse(applied.out)]).toEqual([0, { read: 1, changed: 1, version }]);
    expect(await versionInForce(database.db)).toBe(version);
    expect(JSON.parse((await ombre('rules', 'apply', '--json')).out)).toEqual({ read: 0, changed: 0, version });
    const before = await postings();
    expect(JSON.parse((await ombre('rules', 'apply', '--all', '--json')).out)).toEqual({ read: 1, changed: 0, version });
    expect(await postings()).toEqual(before);
  });

  it('rules apply --all finds what code changed under an unchanged version', async () => {
    await database.db.updateTable('postings').set({ verdict_ot: 'barred' }).where('rules_version', 'is not', null).execute();
    expect(JSON.parse((await ombre('rules', 'apply', '--json')).out)).toMatchObject({ read: 0 });
    expect(JSON.parse((await ombre('rules', 'apply', '--all', '--json')).out)).toMatchObject({ read: 1, changed: 1 });
  });

  it('rules check tries every example, ends with 1 when one does not hold, and with 2 when a file has a mistake', async () => {
    const whole = await ombre('rules', 'check', '--json');
    expect([whole.code, JSON.parse(whole.out)]).toEqual([
      0,
      { rules: defaultRules().rules.length, examples: expect.any(Number), broken: [] },
    ]);
    const folder = join(home, 'rules');
    await cp(fileURLToPath(new URL('../../src/classify/rules', import.meta.url)), folder, { recursive: true });
    const rule = (role: string) =>
      `about: Rules of a test.\nrules:\n  - id: mine.title.one\n    meaning: A rule of the test.\n    where: [title]\n    phrases: [ride-along coach]\n    effect: { path: ergonomics, role: ${role}, weight: 9 }\n    must: [Ride-Along Coach, Office Ergonomist]\n    must_not: [Senior Ride-Along Coach]\n`;
    await writeFile(join(folder, 'mine.yaml'), rule('industrial-ergonomics'));
    const broken = await ombre('rules', 'check', '--rules', folder, '--json');
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.out).broken).toEqual([
      {
        file: 'mine.yaml',
        rule: 'mine.title.one',
        example: 'Office Ergonomist',
        expected: 'must',
        got: expect.stringMatching(/^not matched by this rule, but by ergonomics\.title\./),
      },
      {
        file: 'mine.yaml',
        rule: 'mine.title.one',
        example: 'Senior Ride-Along Coach',
        expected: 'must_not',
        got: 'matched by "Ride-Along Coach"',
      },
    ]);
    await writeFile(join(folder, 'mine.yaml'), rule('industrial-ergonomic'));
    const mistaken = await ombre('rules', 'check', '--rules', folder);
    expect([mistaken.code, mistaken.out]).toEqual([2, '']);
    expect(mistaken.err).toContain('mine.yaml line 7: rules.0.effect.role is "industrial-ergonomic"; allowed: office-ergonomics, ');
    await rm(join(folder, 'mine.yaml'));
    await mkdir(join(folder, 'mine.yaml'));
    expect((await ombre('rules', 'check', '--rules', folder)).code).toBe(2);
  });
});
