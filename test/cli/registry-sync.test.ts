import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runChecks } from '../../src/app/doctor/checks.ts';
import { syncRegistry } from '../../src/app/registry.ts';
import { readConfig } from '../../src/config.ts';
import { loadSystems } from '../../src/crawlers/systems.ts';
import { dueSources } from '../../src/store/visit/schedule.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings } from '../support/postings.ts';
import { MAIN, runOmbre } from './ombre-process.ts';

const systems = await loadSystems();
let database: TestDatabase;
let home: string;
beforeEach(async () => {
  database = await testDatabase();
  home = await mkdtemp(path.join(tmpdir(), 'ombre-registry-'));
});
afterEach(async () => {
  await database.drop();
  await rm(home, { recursive: true });
});

type Row = { slug: string; board?: string; more?: string };
const yaml = (rows: Row[]) =>
  rows
    .map(
      ({ slug, board = slug, more = '' }) =>
        `- slug: ${slug}\n  name: ${slug}\n  system: greenhouse\n  target: { board: ${board} }\n${more}`,
    )
    .join('\n');
const named = (...slugs: string[]): Row[] => slugs.map(slug => ({ slug }));
const many = (count: number) => named(...Array.from({ length: count }, (_, n) => `employer-${String(n).padStart(2, '0')}`));

/** A registry in a folder of its own, as one machine has it. */
async function registry(name: string, files: Record<string, string>): Promise<string> {
  const folder = path.join(home, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  for (const [file, text] of Object.entries(files)) await writeFile(path.join(folder, file), text);
  return folder;
}

/** What a worker does with a registry when it starts: what it logs, and what it then does every minute. */
async function start(folder: string): Promise<{ log: { level: number; msg: string }[]; tick: () => Promise<void> }> {
  const log: { level: number; msg: string }[] = [];
  const logger = pino({ base: null }, { write: line => void log.push(JSON.parse(line)) });
  const config = readConfig({ SOURCES_DIR: folder, DATABASE_URL: database.url });
  return { log, tick: await syncRegistry({ config, db: database.db, log: logger, systems }) };
}

/** Starts with these rows, and stores one open posting of each source. */
async function stored(rows: Row[]): Promise<string> {
  const folder = await registry('whole', { 'rows.yaml': yaml(rows) });
  await start(folder);
  await insertPostings(
    database.db,
    rows.map(({ slug }) => ({ id: `posting-of-${slug}`, title: `Job at ${slug}`, source: slug, url: `https://${slug}.example/1` })),
  );
  await later();
  return folder;
}

/** As if every source had been visited just now. */
const later = () =>
  sql`update sources set next_visit_at = now() + interval '1 day', created_at = now() - interval '1 day'`.execute(database.db);
const graceIsOver = () =>
  sql`update sources set missing_since = missing_since - interval '4 days', retire_at = retire_at - interval '4 days'`.execute(database.db);
const closed = async () =>
  (await database.db.selectFrom('postings').select(['id', 'closed_reason']).where('closed_at', 'is not', null).orderBy('id').execute()).map(
    ({ id, closed_reason }) => `${id}: ${closed_reason}`,
  );
const states = async () =>
  Object.fromEntries(
    (await database.db.selectFrom('sources').selectAll().orderBy('slug').execute()).map(source => [
      source.slug,
      source.removed_at ? 'removed' : source.missing_since ? (source.retire_at ? 'missing' : 'held') : 'there',
    ]),
  );
const loud = (log: { level: number; msg: string }[]) => log.filter(({ level }) => level >= 50).map(({ msg }) => msg);

describe('rows that vanish at once', () => {
  test.each([
    ['an empty folder', async () => registry('now', {}), 12],
    ['a folder without any row', async () => registry('now', { 'rows.yaml': '# nothing\n' }), 12],
    ['a file with a syntax error', async () => registry('now', { 'rows.yaml': '- slug: "unclosed\n' }), 12],
    ['another folder', async () => registry('now', { 'rows.yaml': yaml(named('somebody-else')) }), 12],
    ['half of the rows', async () => registry('now', { 'rows.yaml': yaml(many(6)) }), 6],
  ])('by %s close nothing, ever, and are told loudly', async (_, folder, gone) => {
    await stored(many(12));
    const { log, tick } = await start(await folder());
    await graceIsOver();
    await tick();
    expect(await closed()).toEqual([]);
    expect(Object.values(await states()).filter(state => state === 'held')).toHaveLength(gone);
    expect(loud(log).filter(message => /HELD: \d+ of 12 sources have no row/.test(message))).toHaveLength(1);
  });

  test('are there again with their rows, as if nothing had been', async () => {
    const whole = await stored(many(12));
    await start(await registry('now', {}));
    const { log } = await start(whole);
    expect(Object.values(await states()).every(state => state === 'there')).toBe(true);
    expect(loud(log)).toEqual([]);
    expect(await dueSources(database.db)).toEqual([]);
  });

  test('do not let the grace of a few run that went before', async () => {
    await stored(many(12));
    await start(await registry('now', { 'rows.yaml': yaml(many(11)) }));
    await start(await registry('now', {}));
    await graceIsOver();
    const { tick } = await start(await registry('now', {}));
    await tick();
    expect(await closed()).toEqual([]);
  });
});

describe('a registry that cannot be read', () => {
  test.each([
    [
      'a multiplied alias',
      `- &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefgh'].map((name, n) => `- &${name} [${`*${'abcdefg'[n]},`.repeat(10)}]`).join('\n')}\n- { slug: acme, name: Acme, system: greenhouse, target: *h }\n`,
    ],
    ['a thousandfold nested list', `- ${'['.repeat(50_000)}\n`],
  ])('for %s is a logged problem, and nothing is retired', async (_, text) => {
    await stored(many(3));
    const { log } = await start(await registry('now', { 'bomb.yaml': text, 'rows.yaml': yaml(many(2)) }));
    expect(log.some(({ level, msg }) => level >= 40 && msg.startsWith('registry: '))).toBe(true);
    expect(log.every(({ msg }) => !msg.includes('\n'))).toBe(true);
    expect(await states()).toMatchObject({ 'employer-00': 'there', 'employer-01': 'there', 'employer-02': 'held' });
  });

  test('for a folder in the place of a file is a logged problem too', async () => {
    await stored(many(3));
    const folder = await registry('now', { 'rows.yaml': yaml(many(2)) });
    await mkdir(path.join(folder, 'more.yaml'));
    const { log } = await start(folder);
    expect(log.some(({ msg }) => /registry: more.yaml line 1: cannot be read: EISDIR/.test(msg))).toBe(true);
    expect(await states()).toMatchObject({ 'employer-02': 'held' });
  });
});

describe('a row that vanishes', () => {
  test('closes nothing for days, is visited meanwhile, and is retired then', async () => {
    await stored(many(3));
    const { log, tick } = await start(await registry('now', { 'rows.yaml': yaml(many(2)) }));
    await tick();
    expect(await closed()).toEqual([]);
    expect(await states()).toMatchObject({ 'employer-02': 'missing' });
    expect(log.filter(({ level }) => level === 40).map(({ msg }) => msg)).toEqual([
      expect.stringMatching(/^registry: 1 of 3 sources have no row in .* \(employer-02\): their postings close some days after/),
    ]);
    const { days } = await database.db
      .selectFrom('sources')
      .select(sql<number>`extract(epoch from retire_at - now())::float / 86400`.as('days'))
      .where('slug', '=', 'employer-02')
      .executeTakeFirstOrThrow();
    expect(days).toBeGreaterThan(2.9);
    expect(days).toBeLessThanOrEqual(3);
    await sql`update sources set next_visit_at = now() - interval '1 minute'`.execute(database.db);
    expect(await dueSources(database.db)).toHaveLength(3);

    await graceIsOver();
    await tick();
    expect(await closed()).toEqual(['posting-of-employer-02: source_removed']);
    expect(await states()).toEqual({ 'employer-00': 'there', 'employer-01': 'there', 'employer-02': 'removed' });
    expect(await dueSources(database.db)).toHaveLength(2);
  });

  test('and returns in time is as it was', async () => {
    const whole = await stored(many(3));
    await start(await registry('now', { 'rows.yaml': yaml(many(2)) }));
    await start(whole);
    await graceIsOver();
    const { tick } = await start(whole);
    await tick();
    expect(await closed()).toEqual([]);
  });

  test('and returns late is due at once, with what only its removal had closed open again', async () => {
    const whole = await stored(many(3));
    await insertPostings(database.db, [{ id: 'filled', source: 'employer-02', closed_at: '2026-11-20T00:00:00Z' }]);
    const { tick } = await start(await registry('now', { 'rows.yaml': yaml(many(2)) }));
    await graceIsOver();
    await tick();
    await later();
    expect(await closed()).toEqual(['filled: not_listed', 'posting-of-employer-02: source_removed']);
    const { log } = await start(whole);
    expect(await closed()).toEqual(['filled: not_listed']);
    expect(log.some(({ msg }) => msg.includes('removed sources are back'))).toBe(true);
    const due = await dueSources(database.db);
    expect(due).toHaveLength(1);
    // It was the operator's doing and is no news of the employer.
    const { reopened_at, first_seen } = await database.db
      .selectFrom('postings')
      .selectAll()
      .where('id', '=', 'posting-of-employer-02')
      .executeTakeFirstOrThrow();
    expect([reopened_at, first_seen]).toEqual([null, new Date('2026-11-01T00:00:00Z')]);
  });

  test('shows what stood behind its postings, and hides it again when it returns', async () => {
    const twin = {
      title: 'Utilization reviewer',
      company: 'Acme Health',
      url: 'https://acme.example/1',
      text: 'Review requests for therapy from home.',
    };
    const whole = await registry('whole', { 'rows.yaml': yaml(many(3)) });
    await start(whole);
    await insertPostings(database.db, [
      { ...twin, id: 'shown', source: 'employer-02', first_seen: '2026-11-01T00:00:00Z' },
      { ...twin, id: 'behind', source: 'employer-01', first_seen: '2026-11-02T00:00:00Z', duplicate_of: 'shown' },
    ]);
    const behind = async () =>
      (await database.db.selectFrom('postings').select('duplicate_of').where('id', '=', 'behind').executeTakeFirstOrThrow()).duplicate_of;
    const { tick } = await start(await registry('now', { 'rows.yaml': yaml(many(2)) }));
    await graceIsOver();
    await tick();
    expect(await behind()).toBeNull();
    await start(whole);
    const shown = await database.db
      .selectFrom('postings')
      .select('id')
      .where('duplicate_of', 'is', null)
      .where('closed_at', 'is', null)
      .execute();
    expect(shown).toHaveLength(1);
  });

  test('under another slug is told, and its board is not read twice', async () => {
    await stored(many(3));
    const renamed = [...many(2), { slug: 'new-name', board: 'employer-02' }];
    const { log } = await start(await registry('now', { 'rows.yaml': yaml(renamed) }));
    expect(log.some(({ level, msg }) => level === 40 && /the board of employer-02 is read as new-name now/.test(msg))).toBe(true);
    await sql`update sources set next_visit_at = now() - interval '1 minute'`.execute(database.db);
    expect(await dueSources(database.db)).toHaveLength(3);
    expect(await closed()).toEqual([]);
  });

  test('is retired although its notes speak of a recording', async () => {
    await stored([...many(2), { slug: 'noted', more: '  notes: from a recording\n' }]);
    const { tick } = await start(await registry('now', { 'rows.yaml': yaml(many(2)) }));
    await graceIsOver();
    await tick();
    expect(await closed()).toEqual(['posting-of-noted: source_removed']);
  });

  test('whose visit ended after its removal leaves nothing open', async () => {
    await stored(many(3));
    const { tick } = await start(await registry('now', { 'rows.yaml': yaml(many(2)) }));
    await graceIsOver();
    await tick();
    await insertPostings(database.db, [{ id: 'late', source: 'employer-02' }]);
    await tick();
    expect(await closed()).toEqual(['late: source_removed', 'posting-of-employer-02: source_removed']);
  });
});

describe('two machines with different registries', () => {
  /** Changes with every write of a row. */
  const versions = async () =>
    (await sql<{ v: string }>`select slug || ' ' || xmin::text || ' ' || xmax::text as v from sources order by slug`.execute(database.db))
      .rows;

  test('leave what the newer one reads: the older one marks it when it starts, the running newer one takes that back', async () => {
    const newer = await start(await stored(many(3)));
    const older = await start(await registry('older', { 'rows.yaml': yaml(many(2)) }));
    expect(await states()).toMatchObject({ 'employer-02': 'missing' });
    await newer.tick();
    expect(await states()).toMatchObject({ 'employer-02': 'there' });
    const before = await versions();
    for (let minute = 0; minute < 3; minute += 1) {
      await older.tick();
      await newer.tick();
    }
    expect(await versions()).toEqual(before);
    expect(await closed()).toEqual([]);
  });

  test('write nothing when they start with rows that are stored as they are', async () => {
    const whole = await stored(many(3));
    const before = await versions();
    await start(whole);
    expect(await versions()).toEqual(before);
  });
});

const ombre = (args: string[], env: Record<string, string>) => runOmbre(args, { DATABASE_URL: database.url, OMBRE_HOME: home, ...env });

/** What `ombre doctor` looks at. */
const doctor = (folder: string) => runChecks(readConfig({ DATABASE_URL: database.url, OMBRE_HOME: home, SOURCES_DIR: folder }));

describe('the commands', () => {
  test('a worker that starts with an empty folder closes nothing, and says so', async () => {
    await stored(many(12));
    const SOURCES_DIR = await registry('now', {});
    const env = { PATH: process.env.PATH, DATABASE_URL: database.url, OMBRE_HOME: home, SOURCES_DIR };
    const worker = spawn(process.execPath, [MAIN, 'worker'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let log = '';
    worker.stderr.on('data', data => {
      log += data;
      if (log.includes('worker ready')) worker.kill('SIGTERM');
    });
    await once(worker, 'exit');
    expect(await closed()).toEqual([]);
    expect(log.match(/"level":50.*HELD: 12 of 12 sources have no row/g)).toHaveLength(1);
  });

  test('doctor and sources health tell of held sources in one sentence, and what to do', async () => {
    await stored(many(12));
    const SOURCES_DIR = await registry('now', {});
    await start(SOURCES_DIR);
    expect(await doctor(SOURCES_DIR)).toContainEqual({
      name: 'registry',
      ok: false,
      message: expect.stringMatching(/^HELD: 12 of 12 sources have no row in .*: the registry has no good row at all$/),
      remedy: expect.stringContaining('SOURCES_DIR'),
    });
    const health = await ombre(['sources', 'health', '--json'], { SOURCES_DIR });
    expect(JSON.parse(health.out)).toHaveLength(12);
    expect(JSON.parse(health.out)[0]).toMatchObject({ slug: 'employer-00', state: 'missing', remedy: expect.stringContaining('HELD') });
    expect(health.code).toBe(1);
    expect((await ombre(['sources', 'health'], { SOURCES_DIR })).out).toMatch(/^HELD: 12 of 12 sources have no row in the registry/m);
  });

  test('doctor is content when every stored source has its row, and not with a folder that has none', async () => {
    const SOURCES_DIR = await stored(many(2));
    expect(await doctor(SOURCES_DIR)).toContainEqual({
      name: 'registry',
      ok: true,
      message: '2 stored sources have their row',
      remedy: null,
    });
    expect(await doctor(await registry('now', {}))).toContainEqual(expect.objectContaining({ name: 'sources', ok: false }));
  });

  test('sources health tells when the postings of a missing source close, and of a renamed one', async () => {
    await stored(many(3));
    await start(await registry('now', { 'rows.yaml': yaml([...many(2), { slug: 'new-name', board: 'employer-02' }]) }));
    const health = JSON.parse((await ombre(['sources', 'health', '--json'], {})).out);
    const missing = health.find(({ slug }: { slug: string }) => slug === 'employer-02');
    expect(missing).toMatchObject({ state: 'missing', remedy: expect.stringMatching(/read as new-name now.*close at 20/) });
  });
});
